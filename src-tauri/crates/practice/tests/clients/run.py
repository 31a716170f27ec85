#!/usr/bin/env python3
"""Lets Microsoft's own libraries work against the practice tenant, and calendar programs read our files. See README.md."""

import argparse
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

from browser import Browser
from front import Front, make_certificate

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[4]
WORK = ROOT / "target" / "clients"
SAMPLES = ROOT / "src-tauri" / "crates" / "watch" / "tests" / "it" / "reminders" / "samples"
ADMIN = "astrid.lindqvist@lindqvist-practice.example"
PERSON = "noor.haddad@lindqvist-practice.example"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tenant", type=pathlib.Path, default=ROOT / "target" / "debug" / "practice-tenant")
    parser.add_argument("--screenshots", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    python, node = install_python(), install_node()
    passed, failed = read_calendars(python, node)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        certificate, key = make_certificate(folder)
        front = Front(certificate, key)
        tenant, tenant_id = start_tenant(arguments.tenant, front)
        browser = Browser(arguments.screenshots)
        environment = {
            **os.environ,
            "REQUESTS_CA_BUNDLE": str(certificate), "NODE_EXTRA_CA_CERTS": str(certificate), "NO_PROXY": "localhost", "no_proxy": "localhost",
            "PRACTICE_BASE": f"https://localhost:{front.port}", "PRACTICE_TENANT": tenant_id, "PRACTICE_ADMIN": ADMIN, "PRACTICE_PERSON": PERSON,
            "PRACTICE_FOLDER": str(folder), "PYTHONUNBUFFERED": "1",
        }
        try:
            for command in ([python, HERE / "python" / "clients.py"], [node, WORK / "node" / "clients.mjs"]):
                good, bad = run_client(command, environment, browser)
                passed, failed = passed + good, failed + bad
        finally:
            browser.close()
            tenant.send_signal(signal.SIGTERM)
            if tenant.wait(10) != 0:
                print("failed the tenant did not stop cleanly")
                failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def read_calendars(python, node):
    """Other people's calendar programs read what Gatehouse writes: nobody signs in, so no browser is needed."""
    passed = failed = 0
    environment = {**os.environ, "CALENDAR_SAMPLES": str(SAMPLES), "PYTHONUNBUFFERED": "1"}
    for command in ([python, HERE / "python" / "calendars.py"], [node, WORK / "node" / "calendars.mjs"]):
        good, bad = run_client(command, environment, None)
        passed, failed = passed + good, failed + bad
    return passed, failed


def install_python():
    venv = WORK / "venv"
    requirements = HERE / "python" / "requirements.txt"
    stamp = venv / "installed.txt"
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [venv / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]
        subprocess.run(pip, check=True)
        stamp.write_text(requirements.read_text())
    return venv / "bin" / "python"


def install_node():
    folder = WORK / "node"
    folder.mkdir(parents=True, exist_ok=True)
    source = HERE / "node"
    lock = (source / "package-lock.json").read_text()
    stamp = folder / "installed.txt"
    for name in ("package.json", "package-lock.json", "clients.mjs", "calendars.mjs"):
        (folder / name).write_text((source / name).read_text())
    if not stamp.exists() or stamp.read_text() != lock:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True)
        stamp.write_text(lock)
    return "node"


def start_tenant(binary, front):
    base = f"https://localhost:{front.port}"
    tenant = subprocess.Popen(
        [binary, "--listen", "127.0.0.1:0", "--advertise-login", base, "--advertise-graph", base], stdout=subprocess.PIPE, text=True)
    line = tenant.stdout.readline()
    match = re.fullmatch(r"practice tenant at http://localhost:(\d+) \(tenant ([0-9a-f-]{36})\)\n", line)
    if not match:
        raise RuntimeError(f"unexpected first line: {line!r}")
    front.target = int(match[1])
    return tenant, match[2]


def run_client(command, environment, browser):
    """Runs one client. It prints `ok …`, `failed …`, and `open …` when it wants a person to sign in."""
    process = subprocess.Popen([str(part) for part in command], env=environment, stdout=subprocess.PIPE, text=True)
    passed = failed = 0
    for line in process.stdout:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "ok":
            passed += 1
        elif word == "failed":
            failed += 1
        elif word == "open":
            try:
                sign_in(browser, *rest.split(" "))
            except Exception as error:  # noqa: BLE001 - whatever went wrong in the browser is one failed check
                print(f"failed in the browser: {error}")
                failed += 1
                process.kill()
            continue
        print(line, end="", flush=True)
    if process.wait() != 0:
        print(f"failed {pathlib.Path(command[1]).name} ended with {process.returncode}")
        failed += 1
    return passed, failed


def sign_in(browser, who, address, user_code=None):
    """What a person does: pick the account, accept, and end on the application's own page."""
    tenant_page = browser.url
    browser.open(address)
    if user_code:
        browser.type("code", user_code)
        browser.press("next")
    own = address.split("/")[2]
    browser.wait_until(lambda: browser.has(f"account-{who}") or own not in tenant_page(), "neither the picker nor the way back")
    if own in tenant_page():
        browser.press(f"account-{who}")
    browser.wait_until(lambda: own not in tenant_page() or browser.has("accept") or browser.has("done"), "no consent page")
    if own in tenant_page() and browser.has("accept"):
        if browser.has("organization"):
            browser.press("organization")
        browser.press("accept")
    browser.wait_until(lambda: own not in tenant_page() or browser.has("done"), "the browser did not go back")


if __name__ == "__main__":
    sys.exit(main())
