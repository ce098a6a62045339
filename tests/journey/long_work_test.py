"""One person has long work done, more than is done at a time; everything that can be read is asked by another, and answers."""

import json
import os
import subprocess
import sys
import time
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "installer" / "demo"))

from browser import JSON, Browser  # noqa: E402
from office import open_office  # noqa: E402

PASSWORD = "grey tin ladder"
INSPECTION = "lewes-2012"
ROLES = ["administrator", "inspector", "safeguarding-lead", "analyst", "data-entry"]
LONG, LIMIT_S = 12, 120  # requests for a hundred tokens, each ten seconds of one core; how long Ben may be at it
NAMES = {"inspection": INSPECTION, "person": "ada", "format": "json", "file": "index.html"}
HAS_NO_END = "/v1/events"


class BesideOnePersonsLongWork(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        open_office(cls, "long")
        cls.collector.command("people", "join", lines=(cls.first_link, PASSWORD, PASSWORD))
        administrator = Browser(cls, "administrator")
        assert administrator.sign_in("administrator", PASSWORD).status == 201
        cls.ada, cls.ben = (cls.colleague(administrator, name) for name in ("ada", "ben"))
        cls.collector.create(INSPECTION, "Lewes", [TOP / "tests" / "fixtures" / "library-readers"], why_no_tokens=None)
        cls.collector.unlock(INSPECTION)

    @classmethod
    def colleague(cls, administrator, name):
        invited = administrator.ask("/v1/people", {"name": name, "roles": ROLES})
        assert invited.status == 201, invited.body
        browser = Browser(cls, name)
        secret = invited.json()["link"].rpartition(".")[2]
        assert browser.ask("/v1/people/joining", {"name": name, "secret": secret, "password": PASSWORD}).status == 201
        assert browser.sign_in(name, PASSWORD).status == 201
        return browser

    def ada_asks_for_tokens(self):
        done = subprocess.Popen(
            ["curl", "--silent", "--max-time", "600", "--output", os.devnull, "--cacert",
             self.collector.data / "keys" / "authority.pem", "--cookie", self.ada.jar, *JSON, "--data",
             json.dumps({"count": 100}), f"https://127.0.0.1:{self.people_port}/v1/inspections/{INSPECTION}/tokens"],
            stdout=subprocess.DEVNULL)
        self.addCleanup(done.wait)
        self.addCleanup(done.kill)
        return done

    def test_every_route_that_reads_answers(self):
        paths = json.loads(self.ben.ask("/v1/openapi.json").body)["paths"]
        targets = sorted(path for path, operations in paths.items() if "get" in operations and path != HAS_NO_END)
        self.assertGreater(len(targets), 30, "the description names them")
        long_work = [self.ada_asks_for_tokens() for _ in range(LONG)]
        time.sleep(1)
        began = time.monotonic()
        took_s, statuses = {}, {}
        for path in targets:
            target = path
            while "{" in target:
                name = target[target.index("{") + 1:target.index("}")]
                target = target.replace("{" + name + "}", NAMES.get(name, "none"))
            asked = time.monotonic()
            statuses[path] = self.ben.ask(target + "?reason=a%20test&questionnaire=library-readers").status
            took_s[path] = time.monotonic() - asked
        print(f"{len(targets)} routes beside long work: {time.monotonic() - began:.1f} s, the slowest "
              f"{max(took_s.values()):.2f} s ({max(took_s, key=took_s.get)})", flush=True)
        self.assertIsNone(long_work[-1].poll(), "Ada's work was over already: this says nothing")
        self.assertGreater(sum(work.poll() is None for work in long_work), 2, "and there was more than she has places")
        for path, status in statuses.items():
            with self.subTest(path):
                self.assertNotIn(status, (0, 401, 403, 408, 429), "nobody looked")
                self.assertLess(status, 500)
        self.assertGreater(sum(status == 200 for status in statuses.values()), 20, statuses)
        self.assertLess(time.monotonic() - began, LIMIT_S)


if __name__ == "__main__":
    unittest.main()
