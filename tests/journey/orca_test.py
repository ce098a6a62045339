"""A whole visit with Orca, by keyboard alone, by somebody who knows nothing but what Orca says.

PERSPECTIVE_LANGUAGE: the one that is chosen.
"""

import json
import os
import re
import time
import unittest

from Xlib import XK

import line
import display  # line says where
import orca
import session_bus
from bus_test import words_of, written_words

LANGUAGE = os.environ.get("PERSPECTIVE_LANGUAGE", "en")
NAMES = {"en": "English", "cy": "Cymraeg"}
QUESTIONNAIRE = "victims"
MOST_KEYS = 40  # to reach something on one screen
MOST_SCREENS = 40


def plain(text):
    """What was said without what a speech server drops or changes: stops, quotation marks, spaces."""
    return re.sub(r"[\W_]+", " ", text).strip().lower()


class Listener:
    """Presses Tab until it hears the name it wants, then the key that presses it."""

    def __init__(self, reader, keyboard, visit):
        self.reader, self.keyboard, self.visit = reader, keyboard, visit
        self.words = words_of(visit.questionnaire, LANGUAGE)       # a control is said by its name
        self.written = written_words(visit.questionnaire, LANGUAGE)  # a heading as it is written
        self.questions = {plain(self.written[f"item.{variable}"]): variable
                          for variable in [*visit.answers, *visit.absent] if f"item.{variable}" in self.words}
        self.screens = []  # what was said when each came up
        self.choices = {}  # variable: what was said of the option, and once it was chosen
        self.message = ""  # what was said when a hard word was asked for

    def key(self, symbol):
        mark = self.reader.mark()
        self.keyboard.press(symbol)
        return self.reader.after(mark)

    def tab_to(self, name):
        heard = []
        for _ in range(MOST_KEYS):
            heard.append(self.key(XK.XK_Tab))
            if plain(name) in plain(heard[-1]):
                return heard[-1]
        raise AssertionError(f"Tab never came to '{name}': {heard}")

    def press(self, name):
        """A button that leads on: the new screen is read out."""
        self.tab_to(name)
        self.screens.append(self.key(XK.XK_Return))

    def is_at(self, key):
        return plain(self.written[key]) in plain(self.screens[-1])

    def answer_all(self, start_said):
        self.screens.append(start_said)
        self.press(written_words(self.visit.questionnaire)["title"])
        self.press(written_words(self.visit.questionnaire)["kiosk.before.start"])
        self.press(NAMES[LANGUAGE])
        for _ in range(MOST_SCREENS):
            if self.do():
                return
        raise AssertionError(f"the visit did not end within {MOST_SCREENS} screens: {self.screens}")

    def do(self):
        variable = next((variable for question, variable in self.questions.items()
                         if question in plain(self.screens[-1])), None)
        if self.is_at("kiosk.check.heading"):
            self.press(self.words["kiosk.button.send"])
        elif self.is_at("kiosk.thanks.heading"):
            self.press(self.words["kiosk.thanks.finish"])
            return True
        elif self.is_at("kiosk.sending.heading"):
            self.screens.append(self.reader.after(self.reader.mark()))
        elif self.is_at("item.practice"):
            self.tab_to(next(said for key, said in self.words.items()
                             if re.fullmatch(r"item\.practice\.(?!help)\w+", key)))
            self.key(XK.XK_space)
            self.press(self.words["kiosk.button.next"])
        elif variable:
            self.question(variable)
        else:
            self.press(self.words["kiosk.button.next"])
        return False

    def question(self, variable):
        if not self.message and "push button" in (said := self.key(XK.XK_Tab)):  # the hard word's, the first of all
            self.asked = said
            self.message = self.key(XK.XK_Return)
        answer = self.visit.answers.get(variable)
        if answer is None:
            return self.press(self.words["kiosk.button.skip"])
        said = self.tab_to(self.words[f"item.{variable}.{answer}"])
        self.choices[variable] = (said, self.key(XK.XK_space))
        return self.press(self.words["kiosk.button.next"])


class WithOrca(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.line.set_up(cls.responses)
        cls.line.collector.stop()  # the envelope waits in the outbox, where the test takes it from
        session_bus.start_bus(cls.line.processes, cls.line.folder / "tmp")
        cls.line.processes.environment.update({"SDL_AUDIODRIVER": "dummy"})
        environment = display.start_xvfb(cls.line.processes, cls.line.folder / "tmp", "1280x800")
        cls.line.display = display.Display(environment)
        cls.reader = orca.Orca(cls.line.processes, environment, cls.line.folder / "tmp" / "orca")
        mark = cls.reader.mark()
        cls.line.open_window(environment)
        cls.visit = next(visit for visit in cls.responses.visits if visit.questionnaire == QUESTIONNAIRE)
        cls.person = Listener(cls.reader, cls.line.display.keyboard, cls.visit)
        began = time.monotonic()
        try:
            cls.person.answer_all(cls.reader.after(mark))
        finally:
            print(cls.reader.said(), flush=True)
        cls.say(f"{LANGUAGE}: {len(cls.person.choices)} answers, {time.monotonic() - began:.1f} s")
        cls.all = plain(cls.reader.said())

    def test_the_start_screen_is_read_when_the_window_comes(self):
        self.assertIn("heading level 1", self.person.screens[0])

    def test_every_word_of_the_welcome_is_said_before_the_first_question(self):
        words = self.person.words
        until = self.all.index(plain(self.person.written["item.practice"]))
        definition = json.loads((line.ASSETS / "questionnaires" / QUESTIONNAIRE / "definition.json").read_text())
        for key in definition["welcome"]:
            for said in words[key].split("{helpline}")[0].splitlines():
                self.assertIn(plain(said), self.all[:until])

    def test_each_question_is_said_as_a_heading(self):
        for question, variable in self.person.questions.items():
            if variable in self.visit.answers or self.visit.absent.get(variable) == "skipped":
                with self.subTest(variable=variable):
                    self.assertTrue(any(question in plain(said) and "heading level 1" in said
                                        for said in self.person.screens))

    def test_options_are_said_with_their_state_and_the_choice_is_said_too(self):
        self.assertEqual(set(self.person.choices), set(self.visit.answers))
        for variable, (before, then) in self.person.choices.items():
            with self.subTest(variable=variable):
                self.assertIn("not selected radio button", before)
                self.assertEqual(then, "selected")

    def test_the_question_is_said_again_to_whoever_comes_to_its_options(self):
        entered = [said for said, _ in self.person.choices.values() if "panel" in said]
        self.assertTrue(entered)

    def test_what_a_hard_word_means_is_said_at_once(self):
        meanings = [plain(said) for key, said in self.person.words.items() if re.fullmatch(r"word\.\w+\.meaning", key)]
        said = plain(self.person.message)
        self.assertIn("notification", said)
        self.assertTrue(any(meaning in said for meaning in meanings), said)

    def test_the_four_words_are_said(self):
        thanks = next(said for said in self.person.screens if plain(self.person.written["kiosk.thanks.heading"]) in plain(said))
        between = plain(thanks).split(plain(self.person.words["kiosk.thanks.words"]))[1]
        self.assertGreater(len(between.split()), 4)

    def test_what_is_sealed_is_what_was_answered(self):
        key = self.key_folder() / "inspection"
        bodies = line.rows(self.line.folder / "kiosk" / "outbox.sqlite", "SELECT body FROM envelope")
        self.assertEqual(len(bodies), 1)
        sealed = line.openssl_decrypts(bodies[0][0], f"{key}.pem", f"{key}.key", self.line.collector.passphrases[0])
        self.assertEqual(sealed["language"], LANGUAGE)
        self.assertEqual(set(sealed["answers"]), set(self.visit.answers))
        for variable, given in self.visit.answers.items():
            self.assertIn(given, json.dumps(sealed["answers"][variable]))


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
