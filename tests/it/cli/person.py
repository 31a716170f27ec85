#!/usr/bin/env python3
"""A person at the browser, without a browser: $BROWSER for the tests of the command line.

Opens the address it is given, picks the account $PERSON, and does on the consent page what $PERSON_DOES says: `accept`,
`cancel` (declines), or `leave` (closes the browser before signing in). From a page that only an admin gets past, both
return to the app; `revoke-` and a client ID takes back what that app was allowed. What each page said is added to the file $PERSON_SAW."""

import html.parser
import http.cookiejar
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

PERSON = os.environ["PERSON"]
DOES = os.environ.get("PERSON_DOES", "accept")
SAW = os.environ.get("PERSON_SAW", os.devnull)
# A button's id, in the order in which a person would want it.
WANTED = ["account-" + PERSON] + (["accept"] if DOES == "accept" else []) + ([DOES] if DOES.startswith("revoke-") else []) + ["cancel"]
# The page that carries the answer back to the app submits itself in a real browser.
CARRIES_ANSWER = {"code", "error", "id_token"}


class Forms(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.forms, self._open = [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self._open = {"action": attributes.get("action", ""), "method": attributes.get("method", "get").lower(), "fields": [], "buttons": []}
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "button" or (tag == "input" and attributes.get("type") == "submit"):
            self._open["buttons"].append(attributes)
        elif tag == "input" and attributes.get("type") != "checkbox" and attributes.get("name"):
            self._open["fields"].append((attributes["name"], attributes.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


def next_step(forms):
    for wanted in WANTED:
        for form in forms:
            for button in form["buttons"]:
                if button.get("id") == wanted:
                    return form, button
    for form in forms:
        if any(name in CARRIES_ANSWER for name, _ in form["fields"]):
            return form, None
    return None, None


def main():
    if DOES == "leave":
        return
    # Cookies marked Secure are kept on loopback too, as browsers do.
    policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(policy)))
    address, body = sys.argv[1], None
    for _ in range(10):
        try:
            answer = opener.open(urllib.request.Request(address, data=body))
        except urllib.error.HTTPError as error:
            answer = error
        page = answer.read().decode()
        with open(SAW, "a", encoding="utf-8") as saw:
            text = re.sub(r"(?s)<style.*?</style>|<[^>]+>", " ", page)
            saw.write(" ".join(text.split()) + "\n")
        form, button = next_step(Forms(page).forms)
        if form is None:
            return
        fields = list(form["fields"])
        if button and button.get("name"):
            fields.append((button["name"], button.get("value", "")))
        address = urllib.parse.urljoin(answer.geturl(), form["action"] or answer.geturl())
        query = urllib.parse.urlencode(fields)
        if form["method"] == "post":
            body = query.encode()
        else:
            address, body = address.split("?")[0] + "?" + query, None


main()
