"""A form on paper, from the printer to the tally, by the real programs: nobody needs a kiosk."""

import re
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
REFERENCE = re.compile(r"Form ([A-Z]{3}\u2011[A-Z]{3}\u2011[A-Z]{3})")


class Paper(unittest.TestCase):
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


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
