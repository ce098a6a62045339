"""From 26 sealed responses to what may be said of them, by the real programs: looked at, stated more in, frozen, read in both
languages, published. Until then nothing of it lies on the disk in clear."""

import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import line
from demonstration import Demonstration

ID = "croydon-2012"
VICTIMS, CHILDREN = "victims", "children-and-young-people"
WHY = ("--reason", "all five agreed")
CELL = ("--questionnaire", VICTIMS, "--finding", "safety_considered")


class Release(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="perspective-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.line = Demonstration(cls.folder / "demo", line.PROGRAMS, line.ASSETS, lambda text: None)
        cls.addClassCleanup(cls.line.__exit__)
        cls.responses = line.responses_of(ID)
        cls.line.set_up(cls.responses)
        cls.say = cls.line.collector.command
        cls.line.processes.run("bench_responses", [line.PROGRAMS / "bench_responses", "--kiosk", cls.line.kiosk.state,
                                                   "--fill", str(len(cls.responses.visits)), "--to-be-opened"])
        cls.line.choose_comments(cls.responses)
        for comment in cls.line.collector.comments(ID):
            cls.say("comment", "read", ID, comment["reference"])
        cls.too_early = cls.refused("release", "freeze", ID)
        cls.say("inspection", "end-fieldwork", ID)
        cls.look()
        cls.state_more()
        cls.freeze()
        cls.publish()

    @classmethod
    def refused(cls, *arguments):
        done = subprocess.run([cls.line.collector.program, "--data", cls.line.collector.data, *arguments],
                              capture_output=True, text=True, timeout=60, check=False)
        if done.returncode == 0:
            raise AssertionError(f"{arguments[:2]} was not refused: {done.stdout}")
        return done.stderr

    @classmethod
    def look(cls):
        cls.checked = cls.say("release", "check", ID)
        cls.check = json.loads(cls.say("release", "check", ID, "--json"))
        cls.crosstab = cls.say("crosstab", ID, "listened_to", "satisfaction", "--questionnaire", CHILDREN)
        cls.filtered = json.loads(cls.say("crosstab", ID, "listened_to", "satisfaction", "--questionnaire", CHILDREN,
                                          "--only", "order_type=referral_order", "--json"))
        cls.narrowed = [json.loads(cls.say("crosstab", ID, "listened_to", "satisfaction", "--questionnaire", CHILDREN,
                                           "--only", f"order_type=referral_order;listened_to={answers}", "--json"))
                        for answers in ("yes", "yes,sometimes")]

    @classmethod
    def state_more(cls):
        cls.trial = cls.say("release", "override", ID, *CELL, *WHY)
        confirmation = re.search(r"--confirm (\w+)", cls.trial).group(1)
        cls.blind = cls.refused("release", "override", ID, *CELL, *WHY, "--confirm", "0" * 32)
        cls.say("release", "override", ID, *CELL, *WHY, "--confirm", confirmation)
        cls.with_more = json.loads(cls.say("release", "check", ID, "--json"))
        cls.say("release", "override", ID, *CELL, "--take-back")

    @classmethod
    def freeze(cls):
        cls.nothing_yet = cls.refused("release", "show", ID)
        cls.frozen = cls.say("release", "freeze", ID)
        cls.again = cls.refused("release", "freeze", ID)
        cls.sections = {language: cls.say("section", ID, "--release", "--language", language) for language in ("en", "cy")}
        cls.exported = json.loads(cls.say("release", "export-json", ID))
        cls.finds = cls.search_for(b"all_or_nearly_all", b"more_than_half")
        cls.say("inspection", "lock", ID)
        cls.locked = cls.refused("release", "show", ID)

    @classmethod
    def publish(cls):
        for step in ("provisional", "draft-report"):
            cls.say("inspection", step, ID)
        cls.locked_publish = cls.refused("inspection", "publish", ID)
        cls.line.collector.unlock(ID)
        cls.say("inspection", "publish", ID)
        cls.shown = cls.say("release", "show", ID, "--language", "cy")
        cls.published = json.loads(cls.say("release", "export-json", ID))
        cls.without_quotations = cls.say("section", ID, "--release")
        cls.audit = cls.say("audit", "list")

    @classmethod
    def search_for(cls, *needles):
        found = []
        for path in cls.folder.rglob("*"):
            # Catalogues travel in packages and definitions; they hold the words of every release, and no release.
            if path.is_file() and "packages" not in path.parts:
                content = path.read_bytes()
                found += [(path.name, needle) for needle in needles if b'"says":"' + needle in content]
        return found

    def test_it_cannot_be_frozen_while_fieldwork_is_open(self):
        self.assertIn("has not ended", self.too_early)

    def test_twenty_three_of_thirty_one_findings_say_something_and_the_auditor_finds_nothing(self):
        self.assertEqual((self.check["say_something"], self.check["findings"]), (23, 31))
        self.assertEqual(self.check["say_something_by_suppression"], 6)
        self.assertEqual(self.check["exposures"], [])
        self.assertTrue(self.check["may_be_frozen"])
        self.assertIn("23 of 31 findings say something.", self.checked)
        self.assertIn("The auditor finds nothing that it gives away.", self.checked)

    def test_what_is_stated_more_is_shown_before_it_holds_and_taken_back(self):
        self.assertIn("GIVES AWAY: count of needs_considered can only be 3", self.trial)
        self.assertIn("not what was shown", self.blind)
        self.assertEqual([each["finding"] for each in self.with_more["overrides"]], ["safety_considered"])
        self.assertTrue(self.with_more["may_be_frozen"])
        self.assertEqual([part["stated_more"] for part in self.exported["parts"]], [[], []])

    def test_it_is_frozen_once(self):
        self.assertIn("Frozen: release 1", self.frozen)
        self.assertIn("no release of 'croydon-2012' is frozen yet", self.nothing_yet)
        self.assertIn("a release is frozen already", self.again)

    def test_the_section_is_the_golden_one_in_either_language(self):
        for language, section in self.sections.items():
            with self.subTest(language=language):
                golden = line.TOP / "tests" / "golden" / f"croydon-2012.release.{language}.txt"
                self.assertEqual(section.strip(), golden.read_text().strip())

    def test_nothing_of_it_lies_on_the_disk_in_clear_before_it_is_published(self):
        self.assertEqual(self.finds, [])
        self.assertIn("is sealed", self.locked)

    def test_it_is_published_with_its_inspection_and_then_read_by_whoever_may_though_it_is_locked(self):
        self.assertIn("unlock it first", self.locked_publish)
        self.assertEqual(self.published, self.exported)
        self.assertIn("published", self.shown)
        self.assertIn("13 neu fwy o'r 17", self.shown)
        self.assertNotIn("“its all good.”", self.without_quotations)
        self.assertIn("Seven of the 17 said", self.without_quotations)

    def test_each_step_is_in_the_audit_and_no_number_of_it(self):
        for what in ("release checked", "more to be stated in the release, looked at", "more stated in the release",
                     "no more stated in the release", "release frozen", "release section read", "cross-tab read"):
            self.assertIn(what, self.audit)
        self.assertIn("all five agreed", self.audit)
        self.assertNotIn("can only be", self.audit)

    def test_a_crosstab_has_shares_intervals_and_a_test(self):
        self.assertIn("Fisher's exact test: p =", self.crosstab)
        self.assertRegex(self.crosstab, r"\d+ \(\d+%, \d+-\d+\)")
        self.assertEqual(self.filtered["people"], 15)
        self.assertEqual([one["people"] for one in self.narrowed], [12, 14])


if __name__ == "__main__":
    unittest.main(verbosity=2)
