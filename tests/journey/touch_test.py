"""Fingers on a real glass: a palm that rests there keeps no finger from answering, sliding presses nothing, dragging
moves the content."""

import os
import shutil
import sys
import time
import unittest

import line

sys.path.insert(0, str(line.TOP / "tests" / "support"))

import display as display_module  # noqa: E402
import glass as glass_module  # noqa: E402

WIDTH, HEIGHT = 1280, 800
PALM, FINGER = 1, 2
BETWEEN_TAPS_S = 0.5  # else the second in the same place is a finger that bounced


@unittest.skipUnless(os.getuid() == 0, "Xorg without a graphics card is root's alone to start")
class Touch(line.Line):
    fixture = "library-readers"
    REST_S = 0.9  # more than the half second that is asked for, on a busy machine too
    rest_s = 0

    @classmethod
    def run_line(cls):
        demo = cls.line
        demo.set_up(cls.responses)
        environment, path = glass_module.start_xorg(demo.processes, demo.folder / "tmp", WIDTH, HEIGHT)
        demo.processes.environment.update({"SDL_AUDIODRIVER": "dummy", "PULSE_SERVER": f"unix:{demo.folder / 'none'}"})
        demo.display = display_module.Display(environment)
        demo.open_window(environment)
        cls.glass = glass_module.Glass(path, WIDTH, HEIGHT)

    def setUp(self):
        self.window = self.line.window
        start = self.window.wait("the start screen is there", lambda screen: screen.id == "start")
        way_in = start.with_prefix("questionnaire.")[0]
        self.way_in = way_in.centre
        self.tap(way_in.id)
        self.window.wait("a visit can be prepared", lambda screen: screen.id == "before")
        self.tap("start")
        screen = self.window.wait("a visit began", lambda screen: screen.id not in ("start", "before"))
        while not screen.with_prefix("option."):
            before = screen.id
            self.tap("next" if screen.item("next") else screen.with_prefix("language.")[0].id)
            screen = self.window.wait("it goes on", lambda now: now.id != before)

    def tearDown(self):
        screen = self.window.screen()
        self.tap("bar.stop")
        self.window.wait("it can be stopped", lambda now: now.id == "stop")
        self.tap("stop.delete")
        self.window.wait("it is over", lambda now: now.id == "thanks")
        self.tap("finish")
        self.tap_while_the_next_window_comes()
        self.window.wait("the start screen is there", lambda now: now.id == "start" and now.serial != screen.serial)
        time.sleep(0.3)
        self.assertEqual(self.window.screen().id, "start", "no tap went to the next person's window")

    def tap_while_the_next_window_comes(self):
        """As a hand that trembles, or is not sure."""
        for _ in range(5):
            time.sleep(0.08)
            self.glass.begin(FINGER, *self.way_in)
            self.glass.end(FINGER, *self.way_in)

    def at(self, item):
        return self.window.screen().item(item).centre

    def tap(self, item, finger=FINGER, rest_s=None):
        time.sleep(BETWEEN_TAPS_S)
        x, y = self.at(item)
        self.glass.begin(finger, x, y)
        time.sleep(self.rest_s if rest_s is None else rest_s)
        self.glass.end(finger, x + 2, y + 1)

    def options(self):
        return self.window.screen().with_prefix("option.")

    def test_a_palm_that_rests_keeps_no_finger_from_answering(self):
        asked = self.window.screen()
        palm = (WIDTH - 60, HEIGHT / 2)
        self.glass.begin(PALM, *palm)
        chosen = self.options()[1].id
        self.tap(chosen)
        self.window.wait("the finger chose", lambda screen: screen.item(chosen).selected)
        self.glass.move(PALM, palm[0] + 3, palm[1] - 2)
        self.tap("next")
        after = self.window.wait("the next screen is there", lambda screen: screen.id != asked.id)
        self.glass.end(PALM, *palm)
        time.sleep(0.5)
        self.assertEqual(self.window.screen().serial, after.serial, "the palm pressed nothing")

    def test_a_finger_that_slides_across_presses_nothing(self):
        first, second = self.options()[:2]
        self.glass.begin(FINGER, *first.centre)
        self.glass.move(FINGER, *second.centre)
        self.glass.end(FINGER, *second.centre)
        time.sleep(0.5)
        self.assertFalse(any(option.selected for option in self.options()))

    def test_a_finger_that_only_grazes_the_glass_presses_nothing_where_a_press_is_to_rest(self):
        question = self.window.screen().id
        for item, screen in (("bar.yours", "yours"), ("yours.pressing.next", "switches")):
            self.bring_into_view(item)
            self.tap(item)
            self.window.wait(f"'{screen}' is there", lambda now, screen=screen: now.id == screen)
        for _ in range(2):  # to half a second
            before = self.window.screen().item("switches.held").label
            self.bring_into_view("switches.held.more")
            self.tap("switches.held.more", rest_s=self.REST_S)
            self.window.wait("longer", lambda now, before=before: now.item("switches.held").label != before)
        self.tap("close", rest_s=self.REST_S)
        self.window.wait("the question is there", lambda now: now.id == question)
        chosen = self.options()[1].id
        self.tap(chosen)
        time.sleep(1)
        self.assertFalse(any(option.selected for option in self.options()), "a graze")
        self.tap(chosen, rest_s=self.REST_S)
        self.window.wait("a rest chose", lambda now: now.item(chosen).selected)
        self.rest_s = self.REST_S

    def bring_into_view(self, item):
        for _ in range(10):
            screen = self.window.screen()
            if screen.item(item).visible:
                return
            self.tap("more", rest_s=self.REST_S)
            self.window.wait("it goes on", lambda now, before=screen: now.item(item).rect != before.item(item).rect)

    def test_a_finger_that_is_dragged_moves_the_content_and_presses_nothing(self):
        for _ in range(3):  # to the largest
            before = self.window.screen().serial
            self.tap("bar.size")
            self.window.wait("the letters grew", lambda now, before=before: now.serial != before)
        screen = self.window.wait("it is longer than the screen", lambda now: now.item("more") is not None)
        heading = screen.item("heading").rect[1]
        x, y = WIDTH / 2, HEIGHT * 0.6
        self.glass.begin(FINGER, x, y)
        for step in range(1, 11):
            self.glass.move(FINGER, x, y - 6 * step)
        self.glass.end(FINGER, x, y - 60)
        self.window.wait("the content moved with it", lambda now: abs(heading - now.item("heading").rect[1] - 60) < 4)
        self.assertFalse(any(option.selected for option in self.options()))
        self.line.window.hook.screenshot(self.line.screenshots / "dragged.png")
        if kept := os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS"):
            shutil.copy(self.line.screenshots / "dragged.png", kept)


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
