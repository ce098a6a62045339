"""The power goes while a slip is typed, while its token is looked at, and when it was just spent.

Keeper and windows are killed together, at another moment each time. A token is spent or it is not: the file says which
before anything is mended, and the kiosk that starts again says the same to who types that slip. No visit is lost or
doubled, and at the end the counts agree: as many visits as began, no token more than those.
"""

import random
import secrets
import shutil
import signal
import sqlite3
import tempfile
import time
import unittest
from pathlib import Path

import line
from death_killer import children_of, is_running
from programs import KIOSK, free_port
from window import KEYBOARD

SEED = secrets.token_hex(4)
CUTS_WHILE_LOOKED_AT = 6
LOOKED_AT_S = 0.4  # a token costs about a tenth of a second, and is spent and the welcome drawn by then


class TokenCut(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.say(f"seed {SEED}")
        cls.chance = random.Random(SEED)
        demo, collector = cls.line, cls.line.collector
        collector.init(free_port())
        collector.serve()
        collector.create(cls.responses.inspection, cls.responses.area, cls.responses.questionnaires, why_no_tokens=None)
        cls.slips = collector.issue_tokens(cls.responses.inspection, 2 * CUTS_WHILE_LOOKED_AT + 4)
        demo.kiosk.enrol(collector.invite(cls.responses.inspection, "Front office"))
        collector.unlock(cls.responses.inspection)
        demo.open_display([*cls.responses.all_texts, "0123456789abcdefghjkmnpqrstvwxyz"])
        cls.visit = next(visit for visit in cls.responses.visits if visit.questionnaire == "victims")
        cls.begun = cls.sent = 0

    def sit_down(self, slip):
        """(person, the screen that asks for the slip)"""
        person = self.line.respondent(self.visit, 1)
        person.habits.goes_back = person.habits.hesitates = person.habits.nearly_stops = False
        self.line.window.manner = person.habits.manner = KEYBOARD
        person.slip = slip
        screen = person.answer_until(lambda screen: screen.id == "token")
        type(self).begun += 1
        return person, screen

    def cut_power(self):
        """To whatever it is in the middle of. How many tokens are spent, as the file says that was left."""
        children = children_of(self.line.processes.running[KIOSK].pid)
        self.line.processes.end(KIOSK, signal.SIGKILL)
        self.line.processes.wait_until("all its windows are gone",
                                       lambda: not any(is_running(*child) for child in children))
        tokens = self.in_copy("SELECT count(*) FROM token")
        self.line.reopen_window()
        return tokens

    def in_copy(self, question):
        """Opening it rolls a journal back, which is for the kiosk to do."""
        database = self.line.folder / "kiosk" / "outbox.sqlite"
        with tempfile.TemporaryDirectory(prefix="perspective-copy-") as folder:
            for path in database.parent.glob("outbox.sqlite*"):
                shutil.copy(path, folder)
            connection = sqlite3.connect(Path(folder) / database.name)
            try:
                return connection.execute(question).fetchone()[0]
            finally:
                connection.close()

    def give(self, person, screen):
        """Whether it was taken."""
        person.type_token(screen, person.slip)
        after = self.line.window.press(self.line.window.screen(), "next", "it is looked at", lambda now:
                                       now.id != "token" or (now.item("fault") is not None and now.item("next").enabled))
        return after.id != "token"

    def go_on_to_the_end(self, person):
        screen = self.line.window.screen()
        while screen.id != "start":
            screen = person.do(screen)
        type(self).sent += 1

    def expect(self, slip, is_spent, spare):
        """Who sits down next types the slip: it is good, or used, and then the spare one is."""
        person, screen = self.sit_down(slip)
        self.assertEqual(self.give(person, screen), not is_spent, "the kiosk says what its file said")
        if is_spent:
            for _ in self.line.window.screen().item("words").value.replace(" ", ""):
                before = self.line.window.screen().item("words").value
                self.line.window.display.keyboard.press(0xff08)  # BackSpace
                self.line.window.wait("a letter goes", lambda now, before=before: now.item("words").value != before)
            person.slip = spare
            self.assertTrue(self.give(person, self.line.window.screen()))
        self.go_on_to_the_end(person)
        return 1

    def test_each_is_spent_or_not_and_the_counts_agree(self):
        slips, spent = iter(self.slips), 0

        slip = next(slips)
        person, screen = self.sit_down(slip)
        person.type_token(screen, slip)
        self.assertEqual(self.cut_power(), spent, "typed is not spent")
        spent += self.expect(slip, False, None)

        slip = next(slips)
        person, screen = self.sit_down(slip)
        self.assertTrue(self.give(person, screen))
        self.assertEqual(self.cut_power(), spent + 1, "it was spent before the welcome was there")
        spent += 1 + self.expect(slip, True, next(slips))

        outcomes = []
        for number in range(CUTS_WHILE_LOOKED_AT):
            slip = next(slips)
            person, screen = self.sit_down(slip)
            self.line.window.focus("next", person.type_token(screen, slip))
            self.line.display.keyboard.press(0xff0d)  # Return
            share = number / CUTS_WHILE_LOOKED_AT + self.chance.random() / CUTS_WHILE_LOOKED_AT
            time.sleep(share * LOOKED_AT_S)
            now = self.cut_power()
            self.assertIn(now, (spent, spent + 1))
            outcomes.append(now > spent)
            spent = now + self.expect(slip, now > spent, next(slips) if now > spent else None)
        self.say(f"cut while a token was looked at: {outcomes.count(True)} spent, {outcomes.count(False)} not")

        self.line.collector.command("inspection", "end-fieldwork", self.inspection)
        self.line.kiosk.close()
        self.line.kiosk.open(self.line.environment, None)
        self.line.processes.wait_until("tokens and counts are told", lambda: "They agree" in self.reconciled(), KIOSK, 90)
        text = self.reconciled()
        self.say(text)
        for words, number in (("Visits that began", self.begun), ("Sent", self.sent), ("Came in", self.sent),
                              ("Lost, as when the power went", self.begun - self.sent), ("Spent", spent),
                              ("Unused", len(self.slips) - spent), ("Spent at two kiosks", 0),
                              ("Spent on visits that sent nothing", spent - self.sent)):
            self.assertIn(f"  {words}: {number}\n", text)
        self.assertEqual(self.begun - self.sent, 2 + CUTS_WHILE_LOOKED_AT, "the visits that were cut, and no other")

    def reconciled(self):
        return self.line.collector.command("inspection", "reconcile", self.inspection)


if __name__ == "__main__":
    unittest.main(verbosity=2)
