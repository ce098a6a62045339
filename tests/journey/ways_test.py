"""The same answers by each way of input: mouse, touch, keyboard, five keys, number keys, and by the keyboard with nothing on
the screen but black; both questionnaires, in English and Welsh. What was sealed is opened and compared.

Each way answers each questionnaire once, in turns of languages; in every language too with PERSPECTIVE_SWEEP=long, by
name: ctest --test-dir build/dev -C long -R journey_ways_long
"""

import json
import os
import time
import unittest

import line
from respondent import Habits
from window import FIVE_KEYS, KEYBOARD, MOUSE, NUMBER_KEYS, TOUCH
from Xlib import X

IN_THE_DARK = "keyboard in the dark"
WAYS = (MOUSE, TOUCH, KEYBOARD, FIVE_KEYS, NUMBER_KEYS, IN_THE_DARK)
BRIGHT = 64  # of 255
MOST_BRIGHT = 0.05  # of the window: one line of words, that it is dark on purpose
IS_LONG = os.environ.get("PERSPECTIVE_SWEEP") == "long"


def with_most_answers(visits, questionnaire):
    return max((visit for visit in visits if visit.questionnaire == questionnaire), key=lambda visit: len(visit.answers))


class EachWay(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.start()
        # What waits on the kiosk stays there, for us to open.
        cls.line.collector.stop()
        cls.expected, cls.done, cls.seen = {}, [], {}
        for questionnaire in sorted({visit.questionnaire for visit in cls.responses.visits}):
            visit = with_most_answers(cls.responses.visits, questionnaire)
            cls.expected[questionnaire] = visit
            for turn, way in enumerate(WAYS):
                for is_welsh in ((False, True) if IS_LONG else (turn % 2 == len(cls.expected) % 2,)):
                    cls.answer(visit, way, is_welsh)
        cls.sealed = line.rows(cls.line.folder / "kiosk" / "outbox.sqlite", "SELECT body FROM envelope")
        key = cls.line.folder / "collector" / "keys" / "inspections" / cls.responses.inspection / "inspection"
        cls.opened = [line.openssl_decrypts(body, key.with_suffix(".pem"), key.with_suffix(".key"),
                                            cls.line.collector.passphrases[0]) for body, in cls.sealed]

    @classmethod
    def answer(cls, visit, way, is_welsh):
        started = time.monotonic()
        manner = KEYBOARD if way == IN_THE_DARK else way
        respondent = cls.line.respondent(visit, 0)
        respondent.habits = Habits(manner=manner, second_language=is_welsh, in_the_dark=way == IN_THE_DARK)
        respondent.window.manner = manner
        respondent.saw_screen = lambda screen: cls.look(way, screen)
        respondent.answer_all()
        cls.done.append((visit.questionnaire, way, respondent.language))
        cls.say(f"{visit.questionnaire}, {respondent.language}, by {way}: {time.monotonic() - started:.1f} s")

    @classmethod
    def look(cls, way, screen):
        """Of a visit in the dark, every question; of the others one, so that looking itself is known to work."""
        if screen.id.startswith("question.") and (way == IN_THE_DARK or way not in cls.seen):
            cls.seen.setdefault(way, []).append((screen.id, cls.bright_share(screen.window)))

    @classmethod
    def bright_share(cls, size):
        display = cls.line.display
        (x, y), (width, height) = display.origin_of_window(size), size
        root = display.connection.screen().root
        image = root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF).data
        greens = image[1::4]  # blue, green, red, nothing
        return sum(1 for green in greens[::7] if green > BRIGHT) / len(greens[::7])

    def test_nothing_but_the_dark_is_seen_by_who_stands_by(self):
        self.assertGreater(len(self.seen[IN_THE_DARK]), 20)
        for screen, share in self.seen[IN_THE_DARK]:
            self.assertLess(share, MOST_BRIGHT, screen)
        for way in set(WAYS) - {IN_THE_DARK}:
            self.assertGreater(self.seen[way][0][1], 0.5, way)

    def test_each_visit_was_sealed_once(self):
        self.assertEqual(len(self.opened), len(self.done))

    def test_all_ways_end_with_the_same_answers(self):
        for questionnaire, visit in self.expected.items():
            answers = [json.dumps(submission["answers"], sort_keys=True) for submission in self.opened
                       if submission["questionnaire"] == questionnaire]
            with self.subTest(questionnaire=questionnaire):
                self.assertEqual(len(answers), len([each for each in self.done if each[0] == questionnaire]))
                self.assertEqual(len(set(answers)), 1, answers)
                self.assertEqual(set(json.loads(answers[0])), set(visit.answers))

    def test_each_way_and_language_was_used(self):
        self.assertEqual({way for _, way, _ in self.done}, set(WAYS))
        self.assertEqual({language for _, _, language in self.done}, {"en", "cy"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
