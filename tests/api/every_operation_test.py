"""A real collector is asked everything that it can be asked, by its own command line where that asks it, on both doors: each
question and each answer is as the doors' own OpenAPI documents say. PERSPECTIVE_PRISM names a program that puts prism between."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "installer" / "demo"), str(TOP / "tests" / "journey")]

from people_and_paper import Accounts, Paper, ask_about_comments  # noqa: E402
from people_port import PeoplesPort  # noqa: E402
from kiosk import BYTES, JSON, HandKiosk  # noqa: E402
from processes import Processes  # noqa: E402
from programs import Collector, free_port  # noqa: E402
from prism import through_prism  # noqa: E402
from witness import watched  # noqa: E402

PROGRAMS = Path(os.environ.get("PERSPECTIVE_PROGRAMS", TOP / "build" / "dev" / "bin"))
READERS = TOP / "tests" / "fixtures" / "library-readers"
HOVE, LEWES = "hove-2012", "lewes-2012"
TAKE_TWENTY = {"tryPrinting", "printProgramme"}  # inspections: tests/journey/programme_test.py has them
HAS_NO_END = {"waitForEvents"} if "PERSPECTIVE_PRISM" in os.environ else set()  # which prism waits for


class EveryOperation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="perspective-api-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "logs").mkdir()
        cls.processes = Processes(cls.folder / "logs", {**os.environ, "PERSPECTIVE_ASSETS": str(TOP / "assets")})
        cls.addClassCleanup(cls.processes.end_all)
        cls.collector = Collector(cls.processes, PROGRAMS / "perspective-collector", cls.folder / "c")
        cls.through = through_prism(cls.processes, cls.folder) if "PERSPECTIVE_PRISM" in os.environ else None
        people_port = free_port()
        said = cls.collector.command("init", "--host", "127.0.0.1", "--port", str(free_port()), "--people-port",
                                     str(people_port))
        cls.first_link = re.search(r"\S+/join#\S+", said).group()
        cls.collector.serve()
        cls.port = PeoplesPort(cls.processes, people_port, cls.collector.data / "keys" / "authority.pem", cls.through)
        cls.people = watched(cls.collector, cls.folder / "w", cls.through)
        cls.addClassCleanup(cls.people.end)
        cls.say = cls.collector.command
        cls.ask_all()

    @classmethod
    def ask_all(cls):
        cls.set_up_two_inspections()
        cls.kiosk = cls.enrol("Front office")
        cls.send_as_a_kiosk()
        cls.run_the_kiosks()
        cls.read_what_came()
        cls.look_after_the_keys()
        cls.look_after_people_and_paper()
        cls.look_after_the_service()
        cls.end_it()
        cls.ask_wrongly()

    @classmethod
    def ask(cls, method, target, body=None, headers=None, content=None):
        content = content if content is not None else b"" if body is None else json.dumps(body).encode()
        given = {**(JSON if content and not headers else {}), **(headers or {})}
        status, answered_with, answered = cls.people.send(method, target, given, content)
        return status, {name.lower(): value for name, value in answered_with}, answered

    @classmethod
    def set_up_two_inspections(cls):
        first, second = cls.collector.passphrases
        lines = (first, first, second, second)
        cls.say("inspection", "create", LEWES, "--area", "Lewes", "--questionnaire", READERS, "--languages", "en",
                "--smallest-batch", "1", "--draft", lines=lines)
        cls.say("inspection", "set", LEWES, "--fieldwork-ends", "2030-03-01", "--area", "Lewes town")
        cls.say("inspection", "open", LEWES)
        cls.say("inspection", "create", HOVE, "--area", "Hove", "--like", LEWES, "--no-tokens", "a test", lines=lines)
        cls.ask("GET", "/v1/questionnaires")
        cls.say("inspection", "list")
        if cls.through is None:
            cls.news = cls.ask("GET", "/v1/events")
        cls.say("inspection", "show", LEWES)
        cls.slips = cls.collector.issue_tokens(LEWES, 2)
        cls.say("inspection", "tokens", LEWES, "--count", "1", "--out", str(cls.folder / "slips.pdf"))
        cls.collector.tokens_json(LEWES)
        cls.ask("POST", f"/v1/inspections/{LEWES}/paper/forms", {"copies": 1})
        cls.statuses = []

    @classmethod
    def enrol(cls, name):
        kiosk = HandKiosk(cls.collector.invite(LEWES, name), cls.through)
        cls.addClassCleanup(shutil.rmtree, kiosk.folder, ignore_errors=True)
        assert kiosk.enrol() == 201
        return kiosk

    @classmethod
    def send_as_a_kiosk(cls):
        kiosk, package = cls.kiosk, f"/v1/packages/{LEWES}"
        kiosk.ask("GET", "/v1/authority")
        cls.keep_document("kiosks", kiosk.ask("GET", "/v1/openapi.json")[2])
        kiosk.ask("GET", "/v1/packages", headers={"Perspective-Waiting": "1"})
        _, headers, signed = kiosk.ask("GET", package)
        cls.statuses.append(kiosk.ask("GET", package, headers={"If-None-Match": headers["etag"]})[0])
        size = int(re.search(rb'"envelope_bytes":(\d+)', signed).group(1))
        cls.outcomes = json.loads(kiosk.send_bytes(LEWES, size)[2])["outcomes"]
        kiosk.send_bytes(LEWES, size + 1)
        kiosk.ask("POST", f"/v1/inspections/{LEWES}/tokens", os.urandom(64), BYTES)
        cls.ledger = json.dumps({"format": 1, "started": 1, "lost": 0, "stopped": 0, "timed_out": 0, "waiting": 0,
                                 "quarantined": 0, "sent": 1, "withdrawn": 0}).encode()
        cls.statuses += [kiosk.ask("POST", f"/v1/inspections/{LEWES}/ledger", cls.ledger, JSON)[0],
                         kiosk.ask("POST", "/v1/certificates")[0]]
        cls.bundle(size)

    @classmethod
    def bundle(cls, size):
        content = b"perspective bundle 2\n" + LEWES.encode() + b"\n\n\n" + os.urandom(16 + size)
        (cls.folder / "content").write_bytes(content)
        subprocess.run(["openssl", "cms", "-sign", "-binary", "-nodetach", "-noattr", "-md", "sha256", "-signer",
                        cls.kiosk.folder / "certificate.pem", "-inkey", cls.kiosk.folder / "key.pem", "-outform", "DER",
                        "-in", cls.folder / "content", "-out", cls.folder / "one.bundle"], check=True, capture_output=True)
        cls.collector.import_bundle(cls.folder / "one.bundle")

    @classmethod
    def run_the_kiosks(cls):
        cls.enrol("Back office")
        cls.say("kiosk", "allow", "Back office", HOVE)
        cls.say("kiosk", "disallow", "Back office", HOVE)
        cls.say("kiosk", "list")
        cls.say("kiosk", "show", "Back office")
        cls.say("kiosk", "revoke", "Back office")
        cls.say("kiosk", "invite", "--again", "Back office")

    @classmethod
    def read_what_came(cls):
        cls.collector.unlock(LEWES)
        cls.collector.tally(LEWES)
        cls.collector.tally_json(LEWES)
        cls.collector.section(LEWES)
        cls.read_files()
        cls.collector.comments(LEWES)
        cls.say("inspection", "reconcile", LEWES)
        words = (TOP / "assets" / "texts" / "en.words.txt").read_text().split()
        cls.collector.withdraw(LEWES, words[:4])
        cls.say("inspection", "lock", LEWES)

    @classmethod
    def read_files(cls):
        for form in ("xlsx", "ods"):
            cls.say("tally", LEWES, "--reason", "a test", "--format", form, "--out", cls.folder / f"tally.{form}")
        written = ("section", LEWES, "--full", "--reason", "a test", "--format")
        cls.say(*written, "odt", "--out", cls.folder / "section.odt")
        cls.say(*written, "docx", "--out", cls.folder / "section.docx")
        cls.say(*written, "docx", "--out", cls.folder / "again.docx", "--template", cls.folder / "section.docx")

    @classmethod
    def read_release_files(cls):
        for form in ("xlsx", "ods", "csv", "codebook", "json"):
            cls.say("release", "tables", LEWES, "--format", form, "--out", cls.folder / f"release-{form}")
        for form in ("odt", "docx"):
            cls.say("section", LEWES, "--release", "--format", form, "--out", cls.folder / f"release.{form}")
        cls.say("section", LEWES, "--release", "--format", "docx", "--template", cls.folder / "release.docx", "--out",
                cls.folder / "released-again.docx")

    @classmethod
    def look_after_the_keys(cls):
        recovery, keys = cls.collector.passphrases[1], f"/v1/inspections/{LEWES}/keys"
        cls.say("key", "list", LEWES)
        cls.say("key", "list")
        cls.say("key", "rehearse", HOVE, lines=(recovery,))  # what the hand-made kiosk sent opens with no key
        cls.say("key", "copy", cls.folder / "keys", "--place", "the safe")
        cls.say("key", "take", cls.folder / "keys")
        status, _, answer = cls.ask("POST", f"{keys}/shares", {"recovery_passphrase": recovery, "needed": 2,
                                                                "holders": ["Anna", "Ben", "Cai"]})
        shares = [share["text"] for share in json.loads(answer)["shares"]]
        cls.ask("POST", f"{keys}/recovery", {"shares": shares[1:], "recovery_passphrase": recovery})
        another = recovery + ", and more"
        cls.ask("POST", f"{keys}/passphrase", {"key": "recovery", "passphrase": recovery, "new_passphrase": another})
        cls.say("key", "passphrase", LEWES, "--recovery", lines=(another, recovery, recovery))
        cls.ask("POST", f"{keys}/copies/3/destroyed", {})
        cls.ask("GET", f"{keys}")
        cls.ask("GET", f"/v1/inspections/{LEWES}/settings")

    with_paper = HOVE

    @classmethod
    def look_after_people_and_paper(cls):
        accounts = Accounts(cls, cls.port, cls.first_link)
        Paper(cls, accounts, HOVE).ask_all()
        ask_about_comments(cls, HOVE)
        cls.say("inspection", "lock", HOVE)
        accounts.look_after_their_own()
        accounts.run_them()

    @classmethod
    def look_after_the_service(cls):
        cls.say("backup", cls.folder / "one.backup")
        cls.say("audit", "list")
        cls.say("audit", "verify")
        cls.ask("GET", "/v1/audit?limit=2")
        cls.keep_document("people", cls.ask("GET", "/v1/openapi.json")[2])

    @staticmethod
    def keep_document(door, document):
        if "PERSPECTIVE_API_DOCUMENTS" in os.environ:
            (Path(os.environ["PERSPECTIVE_API_DOCUMENTS"]) / f"{door}.json").write_bytes(document)

    @classmethod
    def end_it(cls):
        for step in ("end-fieldwork", "provisional", "draft-report", "publish"):
            cls.say("inspection", step, LEWES)
            if step == "end-fieldwork":
                cls.statuses.append(cls.kiosk.ask("POST", f"/v1/inspections/{LEWES}/ledger", cls.ledger, JSON)[0])
                cls.collector.tokens_json(LEWES)
                cls.say("inspection", "reconcile", LEWES, "--json")
                cls.export_rows()
            if step == "draft-report":
                cls.release()
        cls.ask("POST", f"/v1/inspections/{LEWES}/keys/destruction", {})
        cls.say("inspection", "list", "--json")

    @classmethod
    def export_rows(cls):
        cls.collector.unlock(LEWES)
        for form in ("csv", "codebook", "sav", "ddi", "triple-s", "triple-s-data", "comments"):
            cls.say("rows", LEWES, "--questionnaire", "library-readers", "--format", form, "--out", cls.folder / form)
        cls.say("inspection", "lock", LEWES)

    @classmethod
    def release(cls):
        cls.collector.unlock(LEWES)
        cell = {"questionnaire": "library-readers", "finding": "borrowers"}
        one = f"/v1/inspections/{LEWES}/release"
        cls.say("release", "check", LEWES)
        cls.say("crosstab", LEWES, "comes_for", "how_often", "--questionnaire", "library-readers")
        cls.ask("GET", f"/v1/inspections/{LEWES}/section/document?language=en")
        shown = json.loads(cls.ask("POST", f"{one}/overrides/trial", {**cell, "reason": "a test"})[2])
        cls.ask("POST", f"{one}/overrides", {**cell, "reason": "a test", "confirmation": shown["confirmation"]})
        cls.ask("POST", f"{one}/overrides/removal", cell)
        cls.say("release", "freeze", LEWES)
        cls.say("release", "show", LEWES)
        cls.say("section", LEWES, "--release")
        cls.read_release_files()
        cls.ask("GET", f"{one}/document?language=en")
        text = f"/v1/inspections/{LEWES}/section/text"
        read = json.loads(cls.ask("GET", f"{text}?kind=release&language=en")[2])
        cls.ask("POST", text, {"kind": "release", "language": "en", "text": "They came.", "words_as_of": read["words_as_of"]})
        cls.ask("GET", f"{text}/document?kind=release&language=en&format=docx")
        cls.released_again = cls.ask("POST", one, {})[0]
        cls.read_beside_others()

    @classmethod
    def read_beside_others(cls):
        core = "core-2012"
        first, second = cls.collector.passphrases
        cls.say("programme", "create", core, "--title", "Core", lines=(first, first, second, second))
        cls.say("programme", "add", core, LEWES)
        cls.say("programme", "list")
        cls.say("programme", "show", core)
        cls.say("programme", "score", LEWES, "--theme", "safeguarding", "--percent", "68", "--comment", "MODERATE")
        for form in ("xlsx", "ods", "csv", "json"):
            cls.say("programme", "table", LEWES, "--format", form, "--out", cls.folder / f"programme-{form}")
        # It takes twenty, which tests/journey/programme_test.py has.
        cls.printed = [cls.ask("POST", f"/v1/programmes/{core}/{what}", {"passphrase": first})[0]
                       for what in ("print/trial", "print")]

    @classmethod
    def ask_wrongly(cls):
        one = f"/v1/inspections/{HOVE}"
        cls.refused = {
            "no such address": cls.ask("GET", "/v1/nowhere")[0],
            "no such inspection": cls.ask("GET", "/v1/inspections/rye-2012")[0],
            "another method": cls.ask("DELETE", one)[0],
            "no JSON": cls.ask("POST", f"{one}/unlock", content=b"{", headers=JSON)[0],
            "wrong passphrase": cls.ask("POST", f"{one}/unlock", {"passphrase": "these are not the words"})[0],
            "locked": cls.ask("GET", f"{one}/tally?reason=why")[0],
            "a step back": cls.ask("POST", f"{one}/open", {})[0],
            "too large": cls.ask("POST", f"{one}/lock", {"x": "x" * 70_000})[0],
            "too many at once": cls.ask("GET", "/v1/audit?limit=501")[0],
            "rows while it is open": cls.ask("GET", f"{one}/rows?questionnaire=library-readers&format=csv")[0],
            "a kiosk elsewhere": cls.kiosk.ask("GET", f"/v1/packages/{HOVE}")[0],
        }

    maxDiff = None

    def test_every_question_and_every_answer_is_as_described(self):
        self.assertEqual(self.people.faults + self.port.witness.faults + self.kiosk.witness.faults, [])

    def test_every_example_is_one(self):
        self.assertEqual(self.people.description.faults_of_examples() + self.kiosk.witness.description.faults_of_examples(), [])

    def test_everything_was_asked(self):
        self.assertEqual(set(self.people.not_seen()) & set(self.port.witness.not_seen()) - HAS_NO_END - TAKE_TWENTY, set())
        self.assertEqual(self.kiosk.witness.not_seen(), ["renewCertificate"])  # a year is too long for a test

    def test_what_is_known_or_too_early_is_answered_so(self):
        self.assertEqual(self.statuses, [304, 409, 409, 200, 412, 200])
        self.assertEqual([outcome["status"] for outcome in self.outcomes], [201])
        self.assertEqual(self.released_again, 409)
        self.assertEqual(self.printed, [409, 409])

    def test_what_is_wrong_is_refused_with_its_status(self):
        self.assertEqual(self.refused, {
            "no such address": 404, "no such inspection": 404, "another method": 405, "no JSON": 400,
            "wrong passphrase": 403, "locked": 403, "a step back": 409, "too large": 413,
            "too many at once": 400, "rows while it is open": 409, "a kiosk elsewhere": 403})


if __name__ == "__main__":
    unittest.main()
