"""Chromium through chromedriver, over the plain WebDriver protocol (W3C)."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """One browser with a fresh profile."""

    def __init__(self, screenshots=None):
        self.screenshots = screenshots
        self._shots = 0
        self._driver = subprocess.Popen(
            [shutil.which("chromedriver") or "/usr/bin/chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self._driver.stdout:
            if match := re.search(r"started successfully on port (\d+)", line):
                self._base = f"http://127.0.0.1:{match[1]}"
                break
        self._profile = tempfile.mkdtemp(prefix="practice-browser-")
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                     "--disable-sync", "--ignore-certificate-errors", "--window-size=900,1000", f"--user-data-dir={self._profile}"]
        options = {"args": arguments}
        if binary := shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
            options["binary"] = binary
        capabilities = {"alwaysMatch": {"browserName": "chrome", "acceptInsecureCerts": True, "goog:chromeOptions": options}}
        answer = self._call("POST", "/session", {"capabilities": capabilities})
        self._session = f"/session/{answer['sessionId']}"

    def close(self):
        try:
            self._call("DELETE", self._session)
        finally:
            self._driver.terminate()
            self._driver.wait()
            shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, url):
        self._call("POST", self._session + "/url", {"url": url})

    def forget(self):
        """Signs everybody out of this browser."""
        self._call("DELETE", self._session + "/cookie")

    def url(self):
        return self._call("GET", self._session + "/url")

    def text(self):
        return self._call("POST", self._session + "/execute/sync", {"script": "return document.body.innerText", "args": []})

    def has(self, name):
        return self._find(name) is not None

    def press(self, name):
        """Presses the element with this id; waits until it is there."""
        element = self._wait_for(name)
        self._shoot()
        self._call("POST", f"{self._session}/element/{element}/click", {})

    def type(self, name, text):
        self._call("POST", f"{self._session}/element/{self._wait_for(name)}/value", {"text": text})

    def wait_until(self, condition, what, seconds=30):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what}; the page is {self.url()}: {self.text()[:300]!r}")
            time.sleep(0.05)

    def _wait_for(self, name):
        self.wait_until(lambda: self.has(name), f"no element #{name}")
        return self._find(name)

    def _find(self, name):
        found = self._call("POST", self._session + "/elements", {"using": "css selector", "value": f'[id="{name}"]'})
        return found[0][ELEMENT] if found else None

    def _shoot(self):
        if self.screenshots:
            self._shots += 1
            picture = self._call("GET", self._session + "/screenshot")
            (self.screenshots / f"{self._shots:02}.png").write_bytes(base64.b64decode(picture))

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, {"content-type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"].splitlines()[0]) from None
