"""Somebody leaves in the middle of a visit: the real kiosk warns, aloud, and waits; then it forgets everything.

The five minutes are fifteen seconds, by a library that is loaded before the kiosk (tests/support/hurried_timers.cc); the
45 seconds of the warning are real. What is said is what SDL's disk driver wrote down.
"""

import array
import math
import time
import unittest

import line

HURRY = 20
LOUD = 100  # root mean square of 16 bit
PATIENCE_S = 120  # whoever is being read to is not away
SECONDS = 45


class Waiting(line.Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        cls.start()
        cls.line.kiosk.close()
        cls.line.hook_path.unlink(missing_ok=True)
        cls.sound = cls.line.folder / "tmp" / "said.pcm"
        cls.line.open_window({**cls.line.environment, "SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(cls.sound),
                              "LD_PRELOAD": str(line.PROGRAMS / "hurried_timers.so"), "PERSPECTIVE_TEST_HURRY": str(HURRY)})

    def setUp(self):
        self.window = self.line.window

    def press(self, item, is_so):
        return self.window.press(self.window.screen(), item, f"'{item}' was pressed", is_so)

    def begin(self):
        start = self.window.wait("the start screen is there", lambda now: now.id == "start")
        self.press(start.with_prefix("questionnaire.")[0].id, lambda now: now.id == "before")
        screen = self.press("start", lambda now: now.id != "before")
        if screen.id == "language":
            screen = self.press("language.en", lambda now: now.id != "language")
        self.assertEqual(screen.id, "yours")
        return screen

    def to_first_question(self):
        while not (screen := self.window.screen()).id.startswith("question."):
            way = "skip" if screen.id == "practice" else "next"
            self.press(way, lambda now, before=screen: now.id != before.id)
        return screen

    def loudness_since(self, byte):
        frames = array.array("h")
        data = self.sound.read_bytes()[byte:]
        frames.frombytes(data[:len(data) // 2 * 2])
        return math.sqrt(sum(frame * frame for frame in frames) / len(frames)) if frames else 0.0

    def seconds_left(self, screen):
        return int(screen.item("seconds").label.split()[0])

    def wait_for_warning(self):
        screen = self.window.wait("it asks whether somebody is there", lambda now: now.id == "still_there", PATIENCE_S)
        return screen, self.sound.stat().st_size if self.sound.exists() else 0

    def test_a_visit_that_is_left_is_warned_of_aloud_comes_back_with_a_touch_and_at_last_is_forgotten(self):
        self.begin()
        self.press("sound.switch", lambda now: now.item("sound").value == "on")
        self.press("sound.aloud", lambda now: now.item("notice.sound") is None)
        self.press("bar.size", lambda now: now.looks[0] == 3)
        question = self.to_first_question()
        chosen = question.with_prefix("option.")[1].id
        question = self.press(chosen, lambda now: now.item(chosen).selected)

        warning, said = self.wait_for_warning()
        self.assertEqual(warning.item("heading").label, "Are you still there?")
        self.assertGreater(self.seconds_left(warning), SECONDS - 5)
        self.window.wait("it counts down", lambda now: now.id == "still_there" and self.seconds_left(now) < SECONDS - 5)
        self.assertGreater(self.loudness_since(said), LOUD, "the warning is said")
        back = self.press("stay", lambda now: now.id == question.id)
        self.assertTrue(back.item(chosen).selected, "nothing is lost")
        self.assertTrue(back.item("bar.pause").enabled, "it goes on reading")

        self.wait_for_warning()
        began = time.monotonic()
        start = self.window.wait("the start screen is there", lambda now: now.id == "start", 2 * SECONDS)
        self.assertGreater(time.monotonic() - began, SECONDS - 5, "all of the time that it promised")
        self.assertEqual(start.looks, (2, 1))
        self.assertEqual(line.rows(self.line.folder / "kiosk" / "outbox.sqlite", "SELECT count(*) FROM envelope"), [(0,)])

        next_person = self.begin()
        self.assertEqual((next_person.looks, next_person.item("sound").value), ((2, 1), "off"))
        question = self.to_first_question()
        self.assertFalse(any(option.selected for option in question.with_prefix("option.")))


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
