"""A form on paper, from the printer to the tally, by the real programs: nobody needs a kiosk.

Two people are told apart by the user who logged in, which the kernel keeps of each process; where it does not let us
say who that is, what needs two people is skipped by name.
"""

import json
import re
import signal
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import line  # which finds what follows
from failure import Failure
from processes import Processes
from programs import Collector, free_port, program_in

INSPECTION = "croydon-2012"
CHILDREN, VICTIMS = "children-and-young-people", "victims"
ANNA, BEN, CARLA = 1001, 1002, 1003
REFERENCE = re.compile(r"Form ([A-Z]{3}\u2011[A-Z]{3}\u2011[A-Z]{3})")


def log_in_as(user):
    Path("/proc/self/loginuid").write_text(str(user))


def can_log_in():
    try:
        return subprocess.run(["true"], preexec_fn=lambda: log_in_as(ANNA), check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


class Stand(unittest.TestCase):
    """A collector with two questionnaires, whose inspection uses tokens."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="perspective-paper-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(cls.folder), "LC_ALL": "C.UTF-8",
                       "PERSPECTIVE_ASSETS": str(line.ASSETS)}
        cls.processes = Processes(cls.folder, environment)
        cls.addClassCleanup(cls.processes.end_all)
        cls.collector = Collector(cls.processes, program_in(line.PROGRAMS, "perspective-collector"), cls.folder / "c")
        cls.collector.init(free_port())
        cls.collector.serve()
        questionnaires = [line.ASSETS / "questionnaires" / name for name in ("children-and-young-people", "victims")]
        cls.collector.create(INSPECTION, "Croydon", questionnaires, why_no_tokens=None)
        cls.slips = cls.collector.issue_tokens(INSPECTION, 4)

    @classmethod
    def print_forms(cls, name, *options):
        file = cls.folder / name
        cls.collector.command("paper", "print", INSPECTION, *options, "--out", str(file))
        read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
        return file, read.split("\f")[:-1]


class Printed(Stand):
    def test_forms_are_printed_for_both_questionnaires_and_languages(self):
        _, pages = self.print_forms("children.pdf", "--questionnaire", "children-and-young-people", "--language", "cy",
                                    "--form", "large-print")
        self.assertIn("Cwestiynau i blant", pages[0])
        _, pages = self.print_forms("victims.pdf", "--questionnaire", "victims", "--copies", "3")
        references = {found for page in pages for found in REFERENCE.findall(page)}
        self.assertEqual(len(references), 3)

    def test_what_was_printed_is_in_the_audit_without_the_letters_of_a_form(self):
        _, pages = self.print_forms("audited.pdf", "--questionnaire", "victims")
        audit = self.collector.command("audit", "list")
        self.assertIn("paper forms printed", audit)
        reference, = {found for page in pages for found in REFERENCE.findall(page)}
        self.assertNotIn(reference.replace("\u2011", "-"), audit)

    def test_one_of_several_questionnaires_is_named(self):
        with self.assertRaisesRegex(Failure, "children-and-young-people, victims"):
            self.print_forms("which.pdf")

    def test_a_file_that_is_there_is_not_written_over(self):
        self.print_forms("once.pdf", "--questionnaire", "victims")
        with self.assertRaisesRegex(Failure, "is there already"):
            self.print_forms("once.pdf", "--questionnaire", "victims")


@unittest.skipUnless(can_log_in(), "the kernel does not let us say who logged in")
class Keyed(Stand):
    """Each test prints forms of its own."""

    def as_person(self, user, *arguments, lines=(), accept=(0,)):
        done = subprocess.run([self.collector.program, "--data", self.collector.data, "paper", *arguments],
                              input="".join(line + "\n" for line in lines), capture_output=True, text=True, timeout=60,
                              env=self.processes.environment, check=False, preexec_fn=lambda: log_in_as(user))
        self.assertIn(done.returncode, accept, done.stderr)
        return done.stdout + done.stderr

    def key(self, user, reference, answers, token="", questionnaire=VICTIMS, accept=(0,)):
        return self.as_person(user, "key", INSPECTION, "--questionnaire", questionnaire,
                              lines=(reference, token, *answers), accept=accept)

    def a_form(self, name, questionnaire=VICTIMS):
        _, pages = self.print_forms(f"{name}.pdf", "--questionnaire", questionnaire)
        reference, = {found for page in pages for found in REFERENCE.findall(page)}
        return reference.replace("\u2011", "-")

    def standing(self):
        return json.loads(self.collector.command("paper", "forms", INSPECTION, "--json"))

    def keyed_twice(self):
        return sum(len(form["keyed_by"]) == 2 for form in self.standing()["forms"])

    def victims(self):
        tally = self.collector.tally_json(INSPECTION)
        return next(one for one in tally["questionnaires"] if one["questionnaire"] == VICTIMS)

    #          services  worries  needs  safety  work  satisfied  words  print  helped
    ANSWERS = ("1", "3", "1", "1", "3", "2", "They rang me back.", "1", "1")

    def test_a_form_goes_from_two_people_into_the_tally_and_the_section(self):
        reference = self.a_form("agreed")
        self.collector.command("inspection", "lock", INSPECTION)
        said = self.key(ANNA, reference, self.ANSWERS, token=self.slips[0])
        self.assertIn("Somebody else keys the same form", said)
        again = self.key(ANNA, reference, self.ANSWERS, accept=(1,))
        self.assertIn("you have keyed this form already", again)
        self.assertIn("Two people have keyed it", self.key(BEN, reference, self.ANSWERS))
        self.collector.unlock(INSPECTION)
        before = self.victims()["respondents"]
        self.assertIn("1 on which both agreed: counted.", self.as_person(ANNA, "settle", INSPECTION))
        after = self.victims()
        self.assertEqual(after["respondents"], before + 1)
        self.assertGreaterEqual(after["on_paper"], 1)
        self.assertIn("on paper", self.collector.section(INSPECTION))
        self.assertIn("They rang me back.", [comment["text"] for comment in self.collector.comments(INSPECTION)])

    def test_what_two_people_key_differently_is_settled_by_a_third_look(self):
        reference = self.a_form("differs")
        other = ("2", *self.ANSWERS[1:6], "They range me back.", *self.ANSWERS[7:])
        self.key(ANNA, reference, self.ANSWERS)
        self.key(BEN, reference, other)
        self.collector.unlock(INSPECTION)
        form, = [form for form in self.standing()["forms"] if form["reference"] == reference]
        self.assertEqual([difference["number"] for difference in form["differences"]], [1, 7])
        before = self.victims()["respondents"]
        self.assertIn(f"Form {reference}: you keyed it", self.as_person(BEN, "settle", INSPECTION))
        self.assertEqual(self.victims()["respondents"], before)
        said = self.as_person(CARLA, "settle", INSPECTION, lines=("b", "c", "They rang me, back then."))
        self.assertIn(f"Form {reference}: settled, and counted.", said)
        self.assertEqual(self.victims()["respondents"], before + 1)
        words = [comment["text"] for comment in self.collector.comments(INSPECTION)]
        self.assertIn("They rang me, back then.", words)

    def test_only_questions_on_the_route_are_asked_and_no_other_number_is_taken(self):
        reference = self.a_form("route", CHILDREN)
        # Nothing is ticked but the order, in the 9th question; so neither 10 to 15, nor 17, nor what hangs on words.
        answers = ("", "", "", "", "", "", "", "9", "x", "4", *[""] * 11)
        said = self.key(ANNA, reference, answers, questionnaire=CHILDREN)
        self.assertEqual(said.count("That is no answer here."), 2)
        self.assertNotIn("\n10. ", said)
        self.assertIn("\n30. ", said)

    def test_a_third_look_that_leads_elsewhere_asks_what_nobody_was_asked(self):
        reference = self.a_form("elsewhere", CHILDREN)
        for user, order in ((ANNA, "4"), (BEN, "3")):  # none, not sure: in the 9th question, the 8th asked
            self.key(user, reference, (*[""] * 7, order, *[""] * 10), questionnaire=CHILDREN)
        self.collector.unlock(INSPECTION)
        said = self.as_person(CARLA, "settle", INSPECTION, lines=("c", "2", "1", "1", "2"))  # another order: 13, 14, 15
        for number in (13, 14, 15):
            self.assertIn(f"\n{number}. ", said)
        self.assertIn(f"Form {reference}: settled, and counted.", said)

    def test_whoever_stops_leaves_nothing(self):
        reference = self.a_form("stopped")
        self.assertIn("nothing was kept", self.key(ANNA, reference, ("1", "3"), accept=(1, 2)))
        self.assertIn("nothing was kept", self.key(ANNA, reference, ("1", "stop"), accept=(1, 2)))
        words = (*self.ANSWERS[:6], "stop", *self.ANSWERS[7:])
        self.assertIn("Somebody else", self.key(ANNA, reference, words), "which somebody may have written")

    def test_answers_are_taken_back_with_the_letters_of_the_form(self):
        reference = self.a_form("withdrawn")
        self.key(ANNA, reference, self.ANSWERS)
        self.assertIn("not counted", self.as_person(ANNA, "withdraw", INSPECTION, lines=(reference,)))
        self.assertIn("taken back", self.key(BEN, reference, self.ANSWERS, accept=(1,)))

    def test_no_answer_and_no_letters_of_a_form_are_on_the_disk(self):
        reference = self.a_form("searched")
        words = "a sentence that stands on no disk"
        self.key(ANNA, reference, (*self.ANSWERS[:6], words, *self.ANSWERS[7:]))
        (self.folder / "searched.pdf").unlink()
        for path in (self.folder / "c").rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                self.assertNotIn(words.encode(), content, path)
                self.assertNotIn(reference.encode(), content, path)

    def test_a_form_is_counted_once_whatever_dies_while_it_is_counted(self):
        references = [self.a_form(f"killed-{number}") for number in range(6)]
        for reference in references:
            self.key(ANNA, reference, self.ANSWERS)
            self.key(BEN, reference, self.ANSWERS)
        self.collector.unlock(INSPECTION)
        before = self.victims()["respondents"]
        waiting = self.keyed_twice()
        for delay_s in (0.0, 0.02, 0.05, 0.1, 0.2):
            settling = subprocess.Popen([self.collector.program, "--data", self.collector.data, "paper", "settle",
                                         INSPECTION], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=self.processes.environment)
            try:
                settling.wait(delay_s)
            except subprocess.TimeoutExpired:
                pass
            self.processes.end("collector", signal.SIGKILL)
            settling.wait(60)
            self.collector.serve()
            self.collector.unlock(INSPECTION)
        self.as_person(ANNA, "settle", INSPECTION)
        self.assertEqual(self.keyed_twice(), 0)
        self.assertEqual(self.victims()["respondents"], before + waiting)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
