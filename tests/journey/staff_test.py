"""The supervisor's screens with the real programs: the PIN, what comes before a visit, sending now, the readiness report."""

import os
import shutil
import signal
import unittest
from pathlib import Path

import line
from failure import Failure
from respondent import Habits
from Xlib import XK

PIN, WRONG = "482907", "730195"


class Supervisor(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.line.set_up(cls.responses, smallest_batch=5)
        cls.line.kiosk.set_pin(PIN)
        cls.line.open_display(cls.responses.all_texts)

    @property
    def window(self):
        return self.line.window

    def asked_for_the_pin(self):
        return self.window.wait("the PIN is asked for", lambda now: now.id == "pin")

    def type_pin(self, pin):
        """By the number keys; gives the screen with what became of it."""
        self.asked_for_the_pin()
        for digit in pin:
            self.line.display.keyboard.press(ord(digit))
        self.window.wait("it is typed", lambda now: now.item("typed").label.count("●") == len(pin))
        self.line.display.keyboard.press(XK.XK_Return)
        return self.window.wait("it was looked at", lambda now: now.id != "pin" or (
            now.item("news") is not None and now.item("news").role == "note"))

    def unlock(self):
        self.assertEqual(self.type_pin(PIN).id, "start")

    def press(self, item, screen_id):
        return self.window.press(self.window.screen(), item, f"'{item}' leads to '{screen_id}'",
                                 lambda now: now.id == screen_id)

    def picture(self, name):
        kept = os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS")
        if kept:
            path = self.line.screenshots / f"staff-{name}.png"
            self.window.hook.screenshot(path)
            shutil.copy(path, kept)

    def window_process(self):
        keeper = self.line.processes.running["kiosk"].pid
        children = Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()
        return [int(child) for child in children]

    def test_1_wrong_pins_lock_and_neither_a_new_window_nor_a_restart_forgives_them(self):
        for _ in range(3):
            self.assertIn("not the PIN", self.type_pin(WRONG).item("news").label)
        for child in self.window_process():
            os.kill(child, signal.SIGKILL)
        self.window.wait("another window asks", lambda now: now.id == "pin" and now.item("news") is None)
        self.type_pin(WRONG)
        self.line.kiosk.close()
        self.line.reopen_window()
        self.assertIn("Too many", self.type_pin(WRONG).item("news").label)
        self.picture("locked")
        self.assertIn("Too many", self.type_pin(PIN).item("news").label)
        self.line.kiosk.close()
        self.line.kiosk.set_pin(PIN)  # who may write the folder need not wait
        self.line.reopen_window()

    def test_2_each_visit_begins_and_ends_behind_the_pin(self):
        self.unlock()
        visit = next(visit for visit in self.responses.visits if visit.questionnaire == "victims")
        person = self.line.respondent(visit, 1)
        person.habits = Habits()
        screen = person.begin()
        while screen.id != "pin":
            screen = person.do(screen)
        self.picture("pin")
        self.assertEqual(self.line.kiosk.status().split("\n")[0], "some waiting")

    def test_3_what_waits_is_sent_when_the_supervisor_says_so(self):
        self.unlock()
        start = self.window.wait("it waits for others", lambda now: now.item("waits.for_others") is not None)
        self.assertIsNotNone(start.item("send_now"))
        self.press("send_now", "send")
        self.picture("send")
        self.window.press(self.window.screen(), "send", "it is sent", lambda now: now.id == "sent")
        self.assertIsNotNone(self.window.screen().item("text"))
        self.press("close", "start")
        self.line.kiosk.wait_until_all_sent()
        self.window.wait("there is nothing more to send", lambda now: now.item("send_now") is None)

    def test_4_to_who_looks_after_each_visit_one_that_was_deleted_is_like_one_that_was_sent(self):
        start = self.window.screen()
        self.assertEqual(start.item("status").label, "All sent")
        visit = next(visit for visit in self.responses.visits if visit.questionnaire == "victims")
        person = self.line.respondent(visit, 2)
        person.habits = Habits()
        person.answer_until(lambda screen: len(person.answered) == 1)
        self.press("bar.stop", "stop")
        self.press("stop.delete", "thanks")
        self.press("finish", "pin")
        self.assertEqual(self.line.kiosk.status().split("\n")[0], "some waiting")
        self.unlock()
        self.window.wait("it waits for others", lambda now: now.item("waits.for_others") is not None)
        self.press("send_now", "send")
        self.window.press(self.window.screen(), "send", "it is sent", lambda now: now.id == "sent")
        self.assertIsNotNone(self.window.screen().item("text"))
        self.press("close", "start")
        self.line.kiosk.wait_until_all_sent()

    def test_5_the_readiness_report_is_on_the_screen_at_the_shell_and_on_paper(self):
        self.press("look_over", "ready")
        ready = self.window.screen()
        self.picture("ready")
        for fact in ("version", "certificate", "clock", "disk", "sound", "screen", "last_day"):
            self.assertTrue(ready.item(f"fact.{fact}") or ready.item(f"attention.{fact}"), fact)
        self.assertEqual(ready.item("fact.pin").label, "PIN: set")
        self.assertEqual(ready.item("fact.clock").label, "Clock: right")
        self.press("close", "start")
        paper = self.line.folder / "ready.pdf"
        said = self.line.processes.run("perspective-kiosk readiness", [
            self.line.kiosk.program, "readiness", "--state", self.line.kiosk.state, "--pdf", paper])
        self.assertIn("Clock: right", said)
        self.assertIn("PIN: set", said)
        self.assertTrue(paper.read_bytes().startswith(b"%PDF-"))
        if kept := os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS"):
            shutil.copy(paper, kept)

    def test_6_no_log_and_no_file_has_the_pin(self):
        for place in (self.line.logs, self.line.kiosk.state, self.line.folder / "tmp", self.line.folder / "cache"):
            for path in place.rglob("*"):
                if path.is_file():
                    content = path.read_bytes()
                    self.assertNotIn(PIN.encode(), content, path)
                    self.assertNotIn(WRONG.encode(), content, path)

    def test_7_a_pin_that_a_stranger_tries_first_is_refused_and_not_repeated(self):
        with self.assertRaises(Failure) as refused:
            self.line.kiosk.set_pin("123456")
        self.assertNotIn("123456", str(refused.exception))


if __name__ == "__main__":
    unittest.main(verbosity=2)
