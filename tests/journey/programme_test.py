"""Twenty-one inspections of one programme, by the real programs: each is frozen, put into the programme and published; then all
are locked, and the averages are printed once. PERSPECTIVE_SERVICES says how many."""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

import line
from processes import Processes
from programs import Collector, Kiosk, drawn_passphrase, free_port

PROGRAMME = "core-2012"
SERVICES = int(os.environ.get("PERSPECTIVE_SERVICES", "21"))
VICTIMS, CHILDREN = "victims", "children-and-young-people"
FEWEST = 26  # so that everybody of the reference case is among them; more begin again at the first


def nearest_five(count, base):
    """Halves up; of nobody 0."""
    return 5 * ((40 * count + base) // (2 * base)) if base else 0


class Programme(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="perspective-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "logs").mkdir()
        cls.processes = Processes(cls.folder / "logs", {**os.environ, "PERSPECTIVE_ASSETS": str(line.ASSETS)})
        cls.addClassCleanup(cls.processes.end_all)
        cls.collector = Collector(cls.processes, line.PROGRAMS / "perspective-collector", cls.folder / "c")
        cls.say = cls.collector.command
        cls.collector.init(free_port())
        cls.collector.serve()
        cls.own, cls.recovery = drawn_passphrase(), drawn_passphrase()
        cls.none_yet = cls.say("programme", "list")
        cls.say("programme", "create", PROGRAMME, "--title", "Core case inspections 2012",
                lines=(cls.own, cls.own, cls.recovery, cls.recovery))
        cls.pooled = {}
        for number in range(1, SERVICES + 1):
            cls.inspect(number)
        cls.print()
        cls.read()

    @classmethod
    def inspect(cls, number):
        """From setting up to publication."""
        name = f"service-{number}"
        cls.collector.create(name, f"Service {number}", [line.ASSETS / "questionnaires" / each for each in (CHILDREN, VICTIMS)])
        kiosk = Kiosk(cls.processes, line.PROGRAMS / "perspective-kiosk", cls.folder / "kiosks" / name, line.ASSETS)
        kiosk.enrol(cls.collector.invite(name, f"Kiosk {number}"))
        cls.processes.run("bench_responses", [line.PROGRAMS / "bench_responses", "--kiosk", kiosk.state, "--fill",
                                              str(FEWEST + number % 15), "--to-be-opened"])
        cls.say("inspection", "end-fieldwork", name)
        if number == 1:
            cls.locked = cls.refused("programme", "add", PROGRAMME, name)
        cls.collector.unlock(name)
        if number == 1:
            cls.unfrozen = cls.refused("programme", "add", PROGRAMME, name)
        cls.pool(name)
        cls.say("release", "freeze", name)
        cls.added = cls.say("programme", "add", PROGRAMME, name)
        cls.say("programme", "score", name, "--theme", "safeguarding", "--percent", str(60 + number), "--comment", "MODERATE")
        if number == 1:
            cls.in_the_store = cls.kept_of("programme-in")
        for step in ("provisional", "draft-report"):
            cls.say("inspection", step, name)
        cls.say("inspection", "publish", name)
        if number == 19:
            cls.too_few = cls.refused("programme", "print", PROGRAMME, lines=(cls.own,))

    @classmethod
    def pool(cls, name):
        """What everybody answered, as an inspector may count it and nobody prints it."""
        for questionnaire in cls.collector.tally_json(name)["questionnaires"]:
            for finding in questionnaire["findings"]:
                count, base = cls.pooled.get((questionnaire["questionnaire"], finding["finding"]), (0, 0))
                cls.pooled[questionnaire["questionnaire"], finding["finding"]] = (count + finding["count"], base + finding["base"])

    @classmethod
    def kept_of(cls, kind):
        with sqlite3.connect(cls.collector.data / "collector.sqlite") as store:
            return [body for (body,) in store.execute("SELECT body FROM records WHERE kind = ?", (kind,))]

    @classmethod
    def refused(cls, *arguments, lines=()):
        done = subprocess.run([cls.collector.program, "--data", cls.collector.data, *arguments], capture_output=True, text=True,
                              timeout=120, check=False, input="".join(f"{each}\n" for each in lines))
        if done.returncode == 0:
            raise AssertionError(f"{arguments[:2]} was not refused: {done.stdout}")
        return done.stderr

    @classmethod
    def print(cls):
        cls.inspections = json.loads(cls.say("inspection", "list", "--json"))
        cls.wrong = cls.refused("programme", "print", PROGRAMME, lines=("quite another passphrase",))
        cls.checked = cls.say("programme", "check", PROGRAMME, lines=(cls.own,), limit_s=120)
        cls.printed = cls.say("programme", "print", PROGRAMME, lines=(cls.own,), limit_s=120)
        cls.again = cls.refused("programme", "print", PROGRAMME, lines=(cls.own,))
        cls.late = cls.refused("programme", "add", PROGRAMME, "service-1")

    @classmethod
    def read(cls):
        cls.shown = json.loads(cls.say("programme", "show", PROGRAMME, "--json"))
        cls.tables = {}
        for form in ("csv", "json", "xlsx", "ods"):
            file = cls.folder / f"beside.{form}"
            cls.say("programme", "table", "service-3", "--format", form, "--out", file)
            cls.tables[form] = file.read_bytes()
        cls.say("programme", "table", "service-3", "--format", "json", "--language", "cy", "--out", cls.folder / "cy.json")
        cls.welsh = json.loads((cls.folder / "cy.json").read_text())
        cls.audit = cls.say("audit", "list", "--all")

    def rows(self):
        return list(csv.DictReader(io.StringIO(self.tables["csv"].decode())))

    def test_only_an_unlocked_inspection_with_a_frozen_release_is_put_into_it(self):
        self.assertIn("no programme yet", self.none_yet)
        self.assertIn("is locked", self.locked)
        self.assertIn("no release of 'service-1' is frozen yet", self.unfrozen)
        self.assertIn("it takes 20", self.added)

    def test_what_it_brings_lies_sealed(self):
        self.assertEqual(len(self.in_the_store), 1)
        kept = json.loads(self.in_the_store[0])
        self.assertEqual(set(kept), {"format", "programme", "sealed"})
        self.assertNotIn("listened_to", bytes.fromhex(kept["sealed"]).decode("latin-1"))

    def test_nothing_is_printed_of_nineteen(self):
        self.assertIn("needs 20 services", self.too_few)

    def test_it_is_printed_while_every_inspection_is_locked_as_they_were_published(self):
        self.assertEqual({each["is_unlocked"] for each in self.inspections["inspections"]}, {False})
        self.assertIn("may be printed", self.checked)
        self.assertIn(f"{CHILDREN} 1: {SERVICES} services", self.printed)

    def test_each_average_is_the_pooled_per_cent_to_the_nearest_five_and_no_count_stands_with_it(self):
        parts = self.shown["print"]["parts"]
        self.assertEqual([part["questionnaire"] for part in parts], [CHILDREN, VICTIMS])
        for part in parts:
            self.assertEqual(set(part), {"questionnaire", "version", "services", "averages"})
            for average in part["averages"]:
                self.assertEqual(set(average), {"finding", "percent"})
                count, base = self.pooled[part["questionnaire"], average["finding"]]
                self.assertEqual(average["percent"], nearest_five(count, base), average)
        printed = {(part["questionnaire"], average["finding"]) for part in parts for average in part["averages"]}
        self.assertEqual(printed, set(self.pooled))  # of every finding, however few answered it

    def test_it_is_printed_once(self):
        self.assertIn("printed once", self.again)
        self.assertIn("is printed", self.late)
        self.assertIn("passphrase", self.wrong)

    def test_afterwards_what_was_brought_is_gone_and_so_are_the_keys(self):
        self.assertEqual({json.loads(body)["sealed"] for body in self.kept_of("programme-in")}, {""})
        left = {path.name for path in (self.collector.data / "keys" / "inspections" / f"programme-{PROGRAMME}").iterdir()}
        self.assertFalse(left & {"inspection.key", "recovery.key"}, left)

    def test_a_table_sets_one_beside_the_others_by_theme_and_victims_never_beside_one_service(self):
        rows = {(row["questionnaire"], row["name"]): row for row in self.rows()}
        victims = [row for row in self.rows() if row["questionnaire"] == VICTIMS]
        self.assertEqual({(row["lowest"], row["highest"]) for row in victims}, {("", "")})
        self.assertTrue(all(row["average"] for row in victims))
        afraid = rows[CHILDREN, "felt_afraid"]
        self.assertEqual(afraid["theme"], "safeguarding")
        exact = [row for row in self.rows() if row["questionnaire"] == CHILDREN and row["lowest"]]
        self.assertTrue(exact)
        for row in exact:
            self.assertLessEqual(int(row["lowest"]), int(row["highest"]))

    def test_scores_are_as_they_were_typed(self):
        score = next(row for row in self.rows() if row["kind"] == "score" and row["name"] == "safeguarding")
        self.assertEqual((score["lowest"], score["highest"], score["here"], score["said"]),
                         ("61", str(60 + SERVICES), "63", "MODERATE"))

    def test_the_advice_against_close_comparison_stands_in_it_in_either_language(self):
        self.assertIn("advise against comparing areas closely", json.loads(self.tables["json"])["notes"][0])
        self.assertIn("beidio â chymharu ardaloedd", self.welsh["notes"][0])
        self.assertEqual(self.welsh["themes"][0], {"id": "safeguarding", "name": "Diogelu"})
        for form in ("xlsx", "ods"):
            self.assertTrue(self.tables[form].startswith(b"PK"))

    def test_each_step_is_in_the_audit(self):
        for what in ("programme made", "inspection put into a programme", "programme checked", "printing refused",
                     "programme printed", "scores typed", "programme table read"):
            self.assertIn(what, self.audit)


if __name__ == "__main__":
    unittest.main(verbosity=2)
