"""Whole visits by one key and by two, on the real kiosk: the key is found, a scan answers, an envelope is sealed.

The drivers read the hook and press nothing but those keys; a supervisor's mouse starts each visit. The comments are
skipped: what is written by a switch, the on-screen keyboard's own tests say. A hand that presses late, as on a busy
machine, presses what comes next: then it does what people do, looks where it is and goes on from there.
"""

import time
import unittest
from dataclasses import replace

import line
from failure import Failure
from respondent import Habits, Respondent
from window import PATIENCE_S, POLL_S, Window
from Xlib import XK

SELECT, MOVE = XK.XK_F8, XK.XK_F9
FASTER = 2  # steps from 2 s down to 1 s a stop
PRESS_LIMIT_S = 120
MOST_MISTAKES = 20


class Mistaken(Exception):
    """Something else than what was wanted has been pressed; `screen` is what came of it."""

    def __init__(self, screen):
        super().__init__(screen.id)
        self.screen = screen


def state_of(screen):
    return screen.id, {item.id for item in screen.with_prefix("option.") if item.selected}


class Switches(Window):
    """A hand on one switch, which presses when the highlight has just come; or on two, one of which moves it."""

    def __init__(self, display, hook, has_two):
        super().__init__(display, hook)
        self.has_two = has_two
        self.is_found = False
        self.presses = 0

    def press_key(self, key):
        self.presses += 1
        self.display.keyboard.press(key)

    def press(self, screen, item, what, is_so):
        if not self.is_found:
            return super().press(screen, item, what, is_so)
        end, old, before = time.monotonic() + PRESS_LIMIT_S, None, state_of(screen)
        while True:
            now = self.screen()
            if is_so(now):
                return now
            if state_of(now) != before:
                raise Mistaken(now)
            if time.monotonic() > end:
                raise Failure(f"on '{now.id}' '{item}' was not pressed within {PRESS_LIMIT_S} s; lit: {now.lit}")
            if self.has_two or now.lit != old:
                self.act(now, item)
            old = now.lit
            time.sleep(POLL_S)

    def act(self, now, item):
        if item in now.lit:
            self.press_key(SELECT)
        elif self.has_two:
            self.press_key(MOVE)
        else:
            return
        limit = time.monotonic() + 2
        while self.screen().serial == now.serial and time.monotonic() < limit:
            time.sleep(POLL_S)


class Switcher(Respondent):
    mistakes = 0

    def begin(self):
        screen = super().begin()
        self.window.press_key(SELECT)
        screen = self.window.wait("a key that nobody knows offers scanning", lambda now: now.id == "find_switch.offered")
        self.saw_screen(screen)
        self.window.is_found = True
        screen = self.leave(screen, "switch.keep")
        self.saw_screen(screen)
        if self.window.has_two:
            self.window.press_key(MOVE)
            self.window.wait("a second switch is seen", lambda now: now.id == "find_switch.second_again")
        self.window.press_key(MOVE if self.window.has_two else SELECT)
        screen = self.window.wait("the switch is found", lambda now: now.id == "find_switch.ready")
        self.saw_screen(screen)
        if not self.window.has_two:
            screen = self.go_faster(screen)
        return self.leave(screen, "close")

    def go_faster(self, screen):
        for _ in range(FASTER):
            before = screen.item("switches.pace").label
            screen = self.window.press(screen, "switches.pace.less", "the scan goes faster",
                                       lambda now: now.item("switches.pace").label != before)
        return screen

    def do(self, screen):
        try:
            return self.recover(screen) or super().do(screen)
        except Mistaken as mistake:
            self.mistakes += 1
            if self.mistakes > MOST_MISTAKES:
                raise Failure(f"{MOST_MISTAKES} times something else was pressed, at last '{mistake.screen.id}'") from None
            return mistake.screen

    def recover(self, screen):
        """From what nobody on this visit wants to see; None where that is not so."""
        if screen.id == "hidden":
            self.window.press_key(SELECT)
            return self.window.wait("a key shows the screen again", lambda now: now.id != screen.id)
        way_out = next((item for item in ("close", "stop.back") if screen.item(item) is not None), None)
        return None if way_out is None else self.leave(screen, way_out)

    def check_all_asked(self, screen):
        """A comment that is skipped takes its own questions with it."""

    def question(self, screen, variable):
        if any(item.role == "entry" for item in screen.items):
            self.answered.add(variable)
            return self.leave(screen, "skip")
        return super().question(screen, variable)


class WholeVisits(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.start()
        cls.line.collector.stop()
        cls.by_one = cls.answer("children-and-young-people", has_two=False)
        cls.by_two = cls.answer("victims", has_two=True)

    @classmethod
    def answer(cls, questionnaire, has_two):
        """What was answered, and what was sealed."""
        visit = next(visit for visit in cls.responses.visits if visit.questionnaire == questionnaire)
        before = set(cls.outbox())
        window = Switches(cls.line.display, cls.line.window.hook, has_two)
        respondent = Switcher(window, replace(visit), Habits(), lambda screen: cls.line.keep_screenshot(
            questionnaire, screen))
        started = time.monotonic()
        respondent.answer_all()
        cls.say(f"{questionnaire} by {'two switches' if has_two else 'one switch'}: {window.presses} presses, "
                f"{respondent.mistakes} mistakes, {time.monotonic() - started:.0f} s")
        sealed = [body for identifier, body in cls.outbox().items() if identifier not in before]
        return visit, sealed

    @classmethod
    def outbox(cls):
        return dict(line.rows(cls.line.folder / "kiosk" / "outbox.sqlite", "SELECT id, body FROM envelope"))

    def check(self, visit, sealed):
        self.assertEqual(len(sealed), 1)
        folder = self.key_folder()
        submission = line.openssl_decrypts(sealed[0], folder / "inspection.pem", folder / "inspection.key",
                                           self.line.collector.passphrases[0])
        self.assertEqual(submission["questionnaire"], visit.questionnaire)
        self.assertGreater(len(submission["answers"]), 5)
        for variable, answer in submission["answers"].items():
            self.assertEqual(chosen(answer), chosen(visit.answers[variable]), variable)

    def test_one_key_answers_a_whole_visit(self):
        self.check(*self.by_one)

    def test_two_keys_answer_a_whole_visit(self):
        self.check(*self.by_two)


def chosen(answer):
    return set(answer if isinstance(answer, list) else str(answer).split())


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
