"""MSAL for Python and azure-identity, unmodified, against the practice tenant."""

import os
import pathlib
import subprocess
import sys
import webbrowser

import msal
import requests
from azure.identity import CertificateCredential, ClientSecretCredential

BASE = os.environ["PRACTICE_BASE"]
TENANT = os.environ["PRACTICE_TENANT"]
ADMIN = os.environ["PRACTICE_ADMIN"]
PERSON = os.environ["PRACTICE_PERSON"]
FOLDER = pathlib.Path(os.environ["PRACTICE_FOLDER"])
AUTHORITY = f"{BASE}/{TENANT}"
GRAPH_COMMAND_LINE = "14d82eec-204b-4c2f-b7e8-296a70dab67e"
GRAPH = "00000003-0000-0000-c000-000000000000"
CALENDARS_READ = "798ee544-9d2d-430c-a058-570e29e34338"
SCOPES = ["User.Read", "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"]
DEFAULT = f"{BASE}/.default"


def check(name, condition, detail=""):
    print(f"{'ok' if condition else 'failed'} python: {name}{'' if condition else f': {detail}'}", flush=True)
    if not condition:
        sys.exit(1)


class Asks(webbrowser.BaseBrowser):
    """Tells the runner to open an address, in place of a desktop's browser."""

    def open(self, url, new=0, autoraise=True):
        print(f"open {ADMIN} {url}", flush=True)
        return True


def graph(token, method, path, body=None):
    answer = requests.request(method, f"{BASE}/v1.0{path}", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    if answer.status_code >= 400:
        check(f"{method} {path}", False, f"{answer.status_code} {answer.text}")
    return answer.json() if answer.content else None


def interactive():
    webbrowser.register("practice", None, Asks(), preferred=True)
    app = msal.PublicClientApplication(GRAPH_COMMAND_LINE, authority=AUTHORITY, instance_discovery=False)
    tokens = app.acquire_token_interactive(SCOPES, prompt="select_account", timeout=120)
    check("interactive sign-in", "access_token" in tokens, tokens)
    claims = tokens["id_token_claims"]
    check("id token", claims["preferred_username"] == ADMIN and claims["tid"] == TENANT, claims)
    me = graph(tokens["access_token"], "GET", "/me")
    check("who am I", me["userPrincipalName"] == ADMIN, me)
    account = app.get_accounts(ADMIN)[0]
    silent = app.acquire_token_silent(SCOPES, account)
    check("silent from the cache", silent and silent.get("token_source") == "cache", silent)
    renewed = app.acquire_token_silent(SCOPES, account, force_refresh=True)
    check("silent with the refresh token", renewed and renewed["access_token"] != tokens["access_token"], renewed)
    return tokens["access_token"]


def device_code():
    app = msal.PublicClientApplication(GRAPH_COMMAND_LINE, authority=AUTHORITY, instance_discovery=False)
    flow = app.initiate_device_flow(["User.Read"])
    check("device code", "user_code" in flow, flow)
    print(f"open {PERSON} {flow['verification_uri']} {flow['user_code']}", flush=True)
    flow["interval"] = 1
    tokens = app.acquire_token_by_device_flow(flow)
    check("device code sign-in", tokens.get("id_token_claims", {}).get("preferred_username") == PERSON, tokens)


def make_application(token, certificate):
    """Registers an application over Graph, as a set-up guide would: secret, certificate, permission, grant."""
    app = graph(token, "POST", "/applications", {"displayName": "Real client", "signInAudience": "AzureADMyOrg"})
    secret = graph(token, "POST", f"/applications/{app['id']}/addPassword", {"passwordCredential": {"displayName": "test"}})
    key = {"type": "AsymmetricX509Cert", "usage": "Verify", "key": certificate, "displayName": "CN=client"}
    graph(token, "PATCH", f"/applications/{app['id']}", {"keyCredentials": [key]})
    principal = graph(token, "POST", "/servicePrincipals", {"appId": app["appId"]})
    resource = graph(token, "GET", f"/servicePrincipals(appId='{GRAPH}')?$select=id")
    grant = {"principalId": principal["id"], "resourceId": resource["id"], "appRoleId": CALENDARS_READ}
    graph(token, "POST", f"/servicePrincipals/{resource['id']}/appRoleAssignedTo", grant)
    return app["appId"], secret["secretText"]


def certificate():
    """A key and a certificate; answers the PEM path and the certificate as Graph wants it."""
    pem = FOLDER / "client.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=client", "-keyout", pem, "-out", FOLDER / "client.crt"]
    subprocess.run(command, check=True, capture_output=True)
    text = (FOLDER / "client.crt").read_text()
    pem.write_text(pem.read_text() + text)
    body = "".join(line for line in text.splitlines() if not line.startswith("-"))
    return pem, body


def by_itself(client_id, secret, pem):
    def calendar(token, name):
        path = f"/users/{PERSON}/calendarView?startDateTime=2020-01-01T00:00:00Z&endDateTime=2040-01-01T00:00:00Z&$top=1"
        check(f"{name}: reads a calendar", len(graph(token, "GET", path)["value"]) == 1)

    app = msal.ConfidentialClientApplication(client_id, client_credential=secret, authority=AUTHORITY, instance_discovery=False)
    tokens = app.acquire_token_for_client([DEFAULT])
    check("MSAL with a secret", "access_token" in tokens, tokens)
    calendar(tokens["access_token"], "MSAL with a secret")
    key, public = pem.read_text().split("-----BEGIN CERTIFICATE-----")
    credential = {"private_key": key, "public_certificate": "-----BEGIN CERTIFICATE-----" + public}
    app = msal.ConfidentialClientApplication(client_id, client_credential=credential, authority=AUTHORITY, instance_discovery=False)
    tokens = app.acquire_token_for_client([DEFAULT])
    check("MSAL with a certificate", "access_token" in tokens, tokens)
    app = msal.ConfidentialClientApplication(client_id, client_credential="wrong", authority=AUTHORITY, instance_discovery=False)
    refused = app.acquire_token_for_client([DEFAULT])
    check("MSAL with a wrong secret", refused.get("error") == "invalid_client" and 7000215 in refused["error_codes"], refused)

    options = {"authority": BASE, "disable_instance_discovery": True}
    token = ClientSecretCredential(TENANT, client_id, secret, **options).get_token(DEFAULT)
    calendar(token.token, "azure-identity with a secret")
    token = CertificateCredential(TENANT, client_id, str(pem), **options).get_token(DEFAULT)
    calendar(token.token, "azure-identity with a certificate")


def main():
    token = interactive()
    device_code()
    pem, public = certificate()
    client_id, secret = make_application(token, public)
    by_itself(client_id, secret, pem)


main()
