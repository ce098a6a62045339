"""The inspector's guide, followed word for word, from making an inspection to its publication."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

from place import stand_apart

if __name__ == "__main__":
    stand_apart()

from follower import Follower  # noqa: E402
from mind import INSTEAD, Mind, newest  # noqa: E402
from person import Person  # noqa: E402
from visits import Visits  # noqa: E402

ANNA, BEN = 1001, 1002
CHILDREN, VICTIMS = "children-and-young-people", "victims"
STICK = "/media/stick"
#           services  worries  needs  safety  work  satisfied  words  print  helped
ON_PAPER = ("1", "3", "1", "1", "3", "2", "They rang me back.", "1", "1")


def printed(name):
    return subprocess.run(["pdftotext", "-layout", Path("/run") / name, "-"], capture_output=True, text=True,
                          check=True).stdout


class Inspector(Follower):
    """Sees what is printed before it is deleted, and lets somebody else key a form the second time."""

    def __init__(self, mind):
        super().__init__("inspector.md", mind,
                         before={"Make it": lambda it: it.begin(), "While people answer": lambda it: it.fieldwork()},
                         after={"While people answer": lambda it: it.stick_comes_back()},
                         known={"REFERENCE": newest(r"^([0-9a-f]{8})  "),
                                "CONCERN": newest(r"^Concern ([0-9a-f]+) is raised"), "QUOTABLE": self.quotable})
        self.visits = Visits(self.place, mind.pin)
        self.keyed = 0

    def begin(self):
        """The administrator's part: guides/administrator.md."""
        self.place.processes.run("init", self.place.as_user("perspective-collector", "perspective-collector", "init", "--host",
                                                            "collector.example"))
        self.place.start_collector()

    def carry_out(self, command):
        if "paper key" in command.words:
            self.key()
        if "reconcile" in command.words:
            self.kiosk_reports()
        super().carry_out(command)
        if "slips.pdf" in command.words and "tokens" in command.words:
            self.slips = re.findall(r"\b[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}\b", printed("slips.pdf"))
        if "forms.pdf" in command.words and "paper print" in command.words:
            self.references = re.findall("Form ([A-Z]{3}\u2011[A-Z]{3}\u2011[A-Z]{3})", printed("forms.pdf"))

    def fieldwork(self):
        """Five people, whose answers leave together; a sixth, whose answers leave by stick."""
        self.place.kiosk("enrol", lines=[self.mind.invite])
        self.place.kiosk("set-pin", lines=[self.mind.pin] * 2)
        self.place.start_kiosk()
        self.visits.answer(CHILDREN, self.slips.pop())
        for _ in range(4):
            self.mind.words = self.visits.answer(VICTIMS, self.slips.pop())
        self.visits.send_now()
        self.visits.answer(VICTIMS, self.slips.pop())
        self.place.carry_out(["stop", "perspective-kiosk"])
        self.place.kiosk("copy-to", STICK, "--however-few")

    def stick_comes_back(self):
        receipts, = Path(STICK).glob("*.receipts")
        receipts.chmod(0o644)  # a stick's file system knows no owners
        self.place.kiosk("take-receipts", receipts)

    def key(self):
        """As somebody who has the form before them, and who is not who keyed it first."""
        reference = self.references[0].replace("\u2011", "-")
        self.mind.form = iter((reference, "" if self.keyed else self.slips.pop(), *ON_PAPER))
        self.person.close()
        self.person = Person(self.place.environment, self.mind.answers(), login=(ANNA, BEN)[self.keyed])
        self.keyed += 1

    def kiosk_reports(self):
        """Once it is on, and has heard that fieldwork has ended."""
        self.place.start_kiosk()
        self.place.processes.wait_until("it has reported", lambda: "yet reported" not in self.place.collector(
            "inspection", "reconcile", "croydon-2012"), "kiosk", 120)

    def quotable(self, said):
        """The newest list's last comment that may be printed."""
        reference, self.mind.quoted = re.findall(r"^([0-9a-f]{8})  (?!.*may not).*\n  (.*)$", said, re.MULTILINE)[-1]
        return reference


class TheInspector(unittest.TestCase):
    def test_the_guide_holds_word_for_word(self):
        follower = Inspector(Mind())
        self.addCleanup(follower.end)
        print(f"{follower.follow()} commands")
        self.assertIn("They rang me back.", follower.said)
        section = follower.said[follower.said.rindex("Nobody has read"):]
        comment = follower.mind.quoted
        without = re.sub(rf"\b{comment.split()[-1]}\b", INSTEAD, comment)
        self.assertTrue(without in section, f"the section does not quote '{without}'")


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
