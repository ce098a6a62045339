"""Two collectors on one PostgreSQL database have the same people: who signs in at one is known at the other, who signs out at
the other is gone from both, and wrong passwords are counted together."""

import json
import os
import shutil
import sys
import tempfile
import time
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "installer" / "demo"))

from browser import Browser, code_of  # noqa: E402
from postgres_server import PostgresServer, need_programs  # noqa: E402
from processes import Processes  # noqa: E402
from programs import Collector, free_port, program_in  # noqa: E402

PROGRAMS = Path(os.environ["PERSPECTIVE_PROGRAMS"])
DATABASE = "perspective"
PASSWORD, OTHER, WRONG = "grey tin ladder", "seven wet pianos", "wrong green kettle"
FREE = 4  # failures that cost nothing


class SharedSignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need_programs()
        cls.server = PostgresServer()
        cls.addClassCleanup(cls.server.end)
        cls.server.start()
        cls.server.make_database(DATABASE)
        cls.folder = Path(tempfile.mkdtemp(prefix="perspective-shared-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.people_port, cls.other_port = free_port(), free_port()
        cls.collector = cls.made("first")
        cls.first_link = next(line.strip() for line in cls.collector.command(
            "init", "--host", "127.0.0.1", "--port", str(free_port()), "--people-port", str(cls.people_port), "--store",
            cls.server.url(DATABASE)).splitlines() if "/join#" in line)
        cls.other = cls.copied("second")
        cls.collector.serve()
        cls.other.serve()
        cls.other.command("people", "join", lines=(cls.first_link, PASSWORD, PASSWORD))

    @classmethod
    def made(cls, name):
        logs = cls.folder / f"logs-{name}"
        logs.mkdir()
        processes = Processes(logs, {**os.environ, "PERSPECTIVE_ASSETS": str(TOP / "assets"), "HOME": str(cls.folder)})
        cls.addClassCleanup(processes.end_all)
        return Collector(processes, program_in(PROGRAMS, "perspective-collector"), cls.folder / name)

    @classmethod
    def copied(cls, name):
        """The same keys, other ports."""
        other = cls.made(name)
        other.data.mkdir(mode=0o700)
        shutil.copytree(cls.collector.data / "keys", other.data / "keys")
        settings = json.loads((cls.collector.data / "configuration.json").read_text())
        changed = {**settings, "port": free_port(), "people_port": cls.other_port}
        (other.data / "configuration.json").write_text(json.dumps(changed))
        return other

    def at_both(self, name):
        """One browser: cookies go to a host, whichever its port."""
        return Browser(self, name), Browser(self, name, self.other_port)

    def colleague(self, name):
        """Invited at one, joined at the other."""
        link = self.collector.command("people", "invite", name, "--role", "inspector").splitlines()[0]
        self.other.command("people", "join", lines=(link, PASSWORD, PASSWORD))

    def test_who_signs_in_at_one_is_known_at_the_other_until_they_sign_out_there(self):
        here, there = self.at_both("administrator")
        self.assertEqual(here.sign_in("administrator", PASSWORD).status, 201)
        self.assertEqual(there.ask("/v1/people/me").json()["name"], "administrator")
        kept = ("-H", f"Cookie: __Host-session={here.session()}")
        self.assertEqual(Browser(self, "copy").ask("/v1/people/me", None, *kept).status, 200)
        self.assertEqual(there.ask("/v1/people/me/sign-out", {}).status, 200)
        self.assertEqual(Browser(self, "copy").ask("/v1/people/me", None, *kept).status, 401, "at the first at once")

    def test_what_ends_access_at_one_ends_it_at_the_other(self):
        self.colleague("ines")
        here, there = self.at_both("ines")
        self.assertEqual(here.sign_in("ines", PASSWORD).status, 201)
        token = there.ask("/v1/people/me/tokens", {"name": "nightly", "rights": ["read-audit"], "days": 1,
                                                   "present": PASSWORD}).json()["token"]
        script, shown = Browser(self, "script"), ("-H", f"Authorization: Bearer {token}")
        self.assertEqual(script.ask("/v1/audit", None, *shown).status, 200)
        self.assertEqual(there.ask("/v1/people/me/password", {"present": PASSWORD, "next": OTHER}).status, 200)
        self.assertEqual(script.ask("/v1/audit", None, *shown).status, 401)
        self.assertEqual(here.ask("/v1/people/me").status, 200, "whoever changed it goes on at both")
        self.other.command("people", "disable", "ines")
        self.assertEqual(here.ask("/v1/people/me").status, 401)

    def test_wrong_passwords_are_counted_together(self):
        self.colleague("kate")
        known = Browser(self, "kate")
        self.assertEqual(known.sign_in("kate", PASSWORD).status, 201)
        for number in range(FREE):
            guesser = Browser(self, "guesser", (self.people_port, self.other_port)[number % 2])
            self.assertEqual(guesser.sign_in("kate", WRONG).status, 401, number)
        for port in (self.people_port, self.other_port):
            refused = Browser(self, "guesser", port).sign_in("kate", WRONG)
            if refused.status == 401:  # the second that she had to wait has passed
                refused = Browser(self, "guesser", port).sign_in("kate", WRONG)
            self.assertEqual(refused.status, 429, "two failures at each of two are four")
        there = Browser(self, "kate", self.other_port)
        self.assertEqual(there.sign_in("kate", PASSWORD).status, 201, "from the browser that the first knows")

    def test_a_code_counts_once_at_both(self):
        self.colleague("tess")
        here, there = self.at_both("tess")
        self.assertEqual(here.sign_in("tess", PASSWORD).status, 201)
        secret = there.ask("/v1/people/me/authenticator", {"present": PASSWORD}).json()["secret"]
        step = int(time.time()) // 30
        confirmed = here.ask("/v1/people/me/authenticator/first-code", {"code": code_of(secret, step)})
        self.assertEqual(confirmed.status, 201, confirmed.body)
        recovery = confirmed.json()["recovery_codes"][0]
        self.assertEqual(there.sign_in("tess", PASSWORD, recovery).status, 201)
        self.assertEqual(here.sign_in("tess", PASSWORD, recovery).status, 401)

    def test_the_audit_of_both_is_one_chain(self):
        for collector in (self.collector, self.other):
            collector.command("audit", "verify")
        entries = json.loads(self.other.command("audit", "list", "--all", "--json"))["entries"]
        self.assertEqual(entries[0]["what"], "person invited", "by init, of the first administrator")


if __name__ == "__main__":
    unittest.main()
