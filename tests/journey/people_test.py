"""People of a collector, from the link that `init` prints to the day on which somebody is shut out: over TLS, with curl, as a
script or a browser would."""

import json
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "installer" / "demo"))

from browser import JSON, Browser, code_of  # noqa: E402
from office import open_office  # noqa: E402

PASSWORD, OTHER = "grey tin ladder", "seven wet pianos"
WRONG = "wrong green kettle"
FREE = 4  # failures that cost nothing


class PeopleOfACollector(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        open_office(cls, "people")
        cls.secrets = {PASSWORD, OTHER, WRONG, cls.first_link.rpartition(".")[2]}
        cls.join(cls.first_link, PASSWORD)
        cls.administrator = Browser(cls, "administrator")
        assert cls.administrator.sign_in("administrator", PASSWORD).status == 201

    @classmethod
    def join(cls, link, password):
        cls.secrets.add(link.rpartition(".")[2])
        return cls.collector.command("people", "join", lines=(link, password, password))

    @classmethod
    def colleague(cls, name, role):
        """Invited by the administrator over the network, joined by the API alone."""
        invited = cls.administrator.ask("/v1/people", {"name": name, "roles": [role]})
        assert invited.status == 201, invited.body
        secret = invited.json()["link"].rpartition(".")[2]
        cls.secrets.add(secret)
        browser = Browser(cls, name)
        joined = browser.ask("/v1/people/joining", {"name": name, "secret": secret, "password": PASSWORD})
        assert joined.status == 201, joined.body
        assert browser.sign_in(name, PASSWORD).status == 201
        cls.secrets.add(browser.session())
        return browser

    def audit(self):
        return [json.loads(entry["line"]) if "line" in entry else entry
                for entry in json.loads(self.collector.command("audit", "list", "--all", "--json"))["entries"]]

    def test_1_the_first_link_lets_one_person_in_once(self):
        me = self.administrator.ask("/v1/people/me").json()
        self.assertEqual(me["roles"], ["administrator"])
        again = self.administrator.ask("/v1/people/joining", {"name": "administrator", "secret": self.first_link.rpartition(
            ".")[2], "password": OTHER})
        self.assertEqual(again.status, 403)

    def test_2_cookies_and_answers_are_closed_to_other_sites(self):
        answer = Browser(self, "fresh").sign_in("administrator", PASSWORD)
        for cookie in answer.header("Set-Cookie"):
            with self.subTest(cookie.partition("=")[0]):
                self.assertTrue(cookie.startswith("__Host-"))
                for part in ("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"):
                    self.assertIn(part, cookie)
        self.assertEqual(answer.header("Cache-Control"), ["no-store"])
        self.assertIn("default-src 'none'", answer.header("Content-Security-Policy")[0])
        self.assertEqual(answer.header("X-Content-Type-Options"), ["nosniff"])
        self.assertEqual(answer.header("Referrer-Policy"), ["no-referrer"])
        self.assertIn("max-age=", answer.header("Strict-Transport-Security")[0])

    def test_3_a_change_from_another_site_is_refused(self):
        wish = {"name": "mallory", "roles": ["administrator"]}
        ask = self.administrator.ask
        self.assertEqual(ask("/v1/people", wish, "-H", "Sec-Fetch-Site: cross-site").status, 403)
        self.assertEqual(ask("/v1/people", wish, "-H", "Origin: https://evil.example").status, 403)
        self.assertEqual(ask("/v1/people", None, data=json.dumps(wish)).status, 403, "as a form sends it")
        names = [person["name"] for person in ask("/v1/people").json()["people"]]
        self.assertNotIn("mallory", names)
        self.assertEqual(ask("/v1/people/me").status, 200, "and the session goes on")

    def test_4_a_role_is_refused_what_is_not_its_own(self):
        analyst = self.colleague("ruth", "analyst")
        self.assertEqual(analyst.ask("/v1/inspections").status, 200)
        for path in ("/v1/people", "/v1/audit", "/v1/kiosks", "/v1/inspections/x/tally", "/v1/inspections/x/comments"):
            self.assertEqual(analyst.ask(path).status, 403, path)
        self.assertEqual(self.administrator.ask("/v1/inspections/x/tally").status, 403, "who runs machines reads no answers")
        self.assertEqual(Browser(self, "stranger").ask("/v1/inspections").status, 401)

    def test_5_a_token_does_what_it_was_made_for_until_it_is_revoked(self):
        inspector = self.colleague("ines", "inspector")
        wish = {"name": "nightly", "rights": ["read-audit"], "days": 1}
        self.assertEqual(inspector.ask("/v1/people/me/tokens", wish).status, 400, "not by an open session alone")
        made = inspector.ask("/v1/people/me/tokens", {**wish, "present": PASSWORD})
        self.assertEqual(made.status, 201, made.body)
        token = made.json()["token"]
        self.secrets.add(token)
        script, shown = Browser(self, "script"), ("-H", f"Authorization: Bearer {token}")
        self.assertEqual(script.ask("/v1/audit", None, *shown).status, 200)
        self.assertEqual(script.ask("/v1/kiosks", None, *shown).status, 403, "its owner may, it may not")
        self.assertEqual(script.ask("/v1/people/me/tokens", {"name": "more", "rights": ["read-audit"]}, *shown).status, 403)
        listed = json.loads(self.collector.command("token", "list", "--json"))["tokens"]
        self.assertEqual([(one["owner"], one["name"]) for one in listed], [("ines", "nightly")])
        self.collector.command("token", "revoke", "nightly", "--for", "ines")
        self.assertEqual(script.ask("/v1/audit", None, *shown).status, 401)
        second = inspector.ask("/v1/people/me/tokens", {**wish, "present": PASSWORD}).json()["token"]
        self.secrets.add(second)
        shown = ("-H", f"Authorization: Bearer {second}")
        self.assertEqual(script.ask("/v1/audit", None, *shown).status, 200)
        self.assertEqual(inspector.ask("/v1/people/me/password", {"present": PASSWORD, "next": OTHER}).status, 200)
        self.assertEqual(script.ask("/v1/audit", None, *shown).status, 401, "it ended with the password")

    def test_6_an_authenticator_is_asked_for_its_code(self):
        browser = self.colleague("tess", "data-entry")
        begun = browser.ask("/v1/people/me/authenticator", {"present": PASSWORD}).json()
        self.secrets.add(begun["secret"])
        step = int(time.time()) // 30
        confirmed = browser.ask("/v1/people/me/authenticator/first-code", {"code": code_of(begun["secret"], step)})
        self.assertEqual(confirmed.status, 201, confirmed.body)
        codes = confirmed.json()["recovery_codes"]
        self.secrets.update(codes)
        fresh = Browser(self, "tess-at-home")
        self.assertEqual(fresh.sign_in("tess", PASSWORD).status, 401)
        self.assertEqual(fresh.sign_in("tess", PASSWORD, code_of(begun["secret"], step)).status, 401, "taken already")
        self.assertEqual(fresh.sign_in("tess", PASSWORD, codes[0]).status, 201)
        self.assertEqual(Browser(self, "tess-again").sign_in("tess", PASSWORD, codes[0]).status, 401)

    def test_7_sessions_end(self):
        browser = self.colleague("sean", "inspector")
        kept = ("-H", f"Cookie: __Host-session={browser.session()}")
        self.assertEqual(Browser(self, "copy").ask("/v1/people/me", None, *kept).status, 200)
        self.assertEqual(browser.ask("/v1/people/me/sign-out", {}).status, 200)
        self.assertEqual(Browser(self, "copy").ask("/v1/people/me", None, *kept).status, 401)
        browser.sign_in("sean", PASSWORD)
        kept = ("-H", f"Cookie: __Host-session={browser.session()}")
        changed = browser.ask("/v1/people/me/password", {"present": PASSWORD, "next": OTHER})
        self.assertEqual(changed.status, 200, changed.body)
        self.assertEqual(Browser(self, "copy").ask("/v1/people/me", None, *kept).status, 401, "that of before")
        self.assertEqual(browser.ask("/v1/people/me").status, 200, "whoever changed it goes on")
        self.collector.command("people", "disable", "sean")
        self.assertEqual(browser.ask("/v1/people/me").status, 401)
        self.assertEqual(browser.sign_in("sean", OTHER).status, 401)

    def test_8_who_guesses_waits_and_shuts_no_colleague_out(self):
        known = self.colleague("kate", "inspector")
        elsewhere = ("--interface", "127.0.4.1")  # whose failures are its own: twenty of one address make it wait, too
        for number in range(FREE):
            self.assertEqual(Browser(self, "guesser").sign_in("kate", WRONG, options=elsewhere).status, 401, number)
            self.assertEqual(Browser(self, "guesser").sign_in("nobody", WRONG, options=elsewhere).status, 401, number)
        waits = 0
        for _ in range(6):
            answer = Browser(self, "guesser").sign_in("kate", WRONG, options=elsewhere)
            if answer.status == 429:
                waits += 1
                self.assertGreaterEqual(int(answer.header("Retry-After")[0]), 1)
        self.assertGreater(waits, 0)
        self.assertEqual(known.sign_in("kate", PASSWORD).status, 201, "from where she signed in before")

    def test_8_strangers_from_many_addresses_keep_nobody_out_who_is_known(self):
        known, strangers, goes_on = self.colleague("mira", "inspector"), [], threading.Event()

        def guess(number):
            while not goes_on.is_set():
                Browser(self, f"stranger-{number}").sign_in(f"name{number}.{time.monotonic_ns() % 10_000}", WRONG,
                                                            options=("--interface", f"127.0.3.{number}"))

        for number in range(1, 13):
            strangers.append(threading.Thread(target=guess, args=(number,), daemon=True))
            strangers[-1].start()
        self.addCleanup(lambda: (goes_on.set(), [stranger.join(90) for stranger in strangers]))
        time.sleep(2)
        took = []
        for _ in range(6):
            began = time.monotonic()
            self.assertEqual(known.sign_in("mira", PASSWORD).status, 201)
            took.append(time.monotonic() - began)
        print(f"beside {len(strangers)} strangers who guess without end somebody known signs in within "
              f"{max(took):.2f} s", flush=True)

    def test_9_each_port_has_its_own_routes(self):
        self.assertEqual(self.administrator.ask("/v1/enrolments", {}).status, 404)
        kiosks = subprocess.run(["curl", "-sk", "-o", "/dev/null", "-w", "%{http_code}", "-d", "{}", *JSON,
                                 f"https://127.0.0.1:{self.port}/v1/people/sessions"], capture_output=True, text=True,
                                timeout=60, check=False)
        self.assertEqual(kiosks.stdout, "404")
        self.assertEqual(self.administrator.ask("/v1/backups", {"file": "/tmp/x"}).status, 404)

    def test_z_the_audit_names_them_and_nothing_tells_their_secrets(self):
        done = {(entry["who"], entry["what"]) for entry in self.audit()}
        self.assertEqual(self.audit()[0]["what"], "person invited", "the first administrator, by init")
        self.assertEqual(self.audit()[0]["about"]["person"], "administrator")
        for one in (("administrator", "signed in"), ("administrator", "person invited"), ("ruth", "person joined"),
                    ("ines", "API token made"), ("sean", "signed out"), ("sean", "own password changed"),
                    ("tess", "own authenticator set up")):
            self.assertIn(one, done)
        self.assertTrue(any(what == "person disabled" for _, what in done))
        self.processes.end("collector")
        files = [path for path in [*self.folder.glob("*.log"), *self.collector.data.rglob("*")] if path.is_file()]
        self.assertIn("collector.sqlite", {path.name for path in files})
        for path in files:
            content = path.read_bytes()
            for secret in self.secrets:
                self.assertNotIn(secret.encode(), content, path.name)


if __name__ == "__main__":
    unittest.main()
