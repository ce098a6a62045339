"""The same answers by each way of input: mouse, touch, keyboard, five keys, number keys; both questionnaires, in English
and Welsh. What was sealed is opened and compared.

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

WAYS = (MOUSE, TOUCH, KEYBOARD, FIVE_KEYS, NUMBER_KEYS)
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
        cls.expected, cls.done = {}, []
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
        respondent = cls.line.respondent(visit, 0)
        respondent.habits = Habits(manner=way, second_language=is_welsh)
        respondent.window.manner = way
        respondent.answer_all()
        cls.done.append((visit.questionnaire, way, respondent.language))
        cls.say(f"{visit.questionnaire}, {respondent.language}, by {way}: {time.monotonic() - started:.1f} s")

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
