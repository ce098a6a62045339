"""Words written into the real window: by presses on the keyboard on the screen, by Tab and Return alone, by a Welsh
keyboard with dead keys and Compose."""

import os
import shutil
import subprocess
import time
import unittest

import line
from window import KEYBOARD, MOUSE
from Xlib import XK

MOST_SCREENS = 60
WELSH = "Tŷ dŵr, naïf"


class Keyboard(line.Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        cls.line.set_up(cls.responses)
        # A machine that was never told its language still has Welsh keyboards.
        cls.line.processes.environment.update({"LANG": "C", "LC_ALL": "C"})
        cls.line.open_display(cls.responses.all_texts)
        cls.to_words()

    @classmethod
    def to_words(cls):
        """By skipping, to the first question that takes words."""
        window = cls.line.window
        screen = window.start_visit()
        for _ in range(MOST_SCREENS):
            if screen.item("words") is not None:
                cls.question = screen.id
                return
            ways = [item.id for item in screen.items if item.id in ("language.en", "skip", "next")]
            screen = cls.leave(screen, ways[0])
        raise AssertionError("no question takes words")

    @classmethod
    def leave(cls, screen, item):
        return cls.line.window.press(screen, item, f"'{item}' leads on", lambda now: now.id != screen.id)

    def setUp(self):
        self.window = self.line.window
        self.window.manner = MOUSE
        screen = self.window.wait("the question is there", lambda now: now.id == self.question)
        self.leave(screen, "words")

    def tearDown(self):
        """Empties the box, so that the next test finds it as this one did."""
        self.window.manner = MOUSE
        screen = self.window.screen()
        if screen.id == self.question:
            screen = self.leave(screen, "keyboard")  # not where the box is pressed: at the end
        for _ in screen.item("words").value:
            self.line.display.keyboard.press(XK.XK_BackSpace)
        screen = self.window.wait("the box is empty", lambda now: now.item("words").value == "")
        self.leave(screen, "key.done")

    def press(self, key, text):
        """Until the box holds the text; a key that changes the page leaves it."""
        serial = self.window.screen().serial
        return self.window.press(self.window.screen(), f"key.{key}", f"'{key}' was pressed",
                                 lambda now: now.serial > serial and now.item("words").value == text)

    def write(self, text):
        written = ""
        for character in text:
            small = character.lower()
            for page in ("accents", "signs"):
                if small != " " and self.window.screen().item(f"key.{small}") is None:
                    self.press(page, written)
            written += character
            self.press("space" if character == " " else small, written)

    def picture(self, name):
        path = self.line.screenshots / f"keyboard-{name}.png"
        self.window.hook.screenshot(path)
        if kept := os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS"):
            shutil.copy(path, kept)

    def test_a_key_that_writes_with_others_is_never_taken_for_a_switch(self):
        """Where nothing can be written, too: on the screen of who can be talked to."""
        self.leave(self.window.screen(), "key.done")
        talk = self.leave(self.window.screen(), "bar.talk")
        self.run_on_display("setxkbmap", "gb", "extd", "-option", "compose:menu")
        try:
            for key in ("Multi_key", "dead_circumflex", "ISO_Level3_Shift"):
                time.sleep(0.5)  # the layout, and the key before, have come
                self.run_on_display("xdotool", "key", "--delay", "30", key)
                time.sleep(0.5)
                self.assertEqual(self.window.screen().id, talk.id, key)
            self.run_on_display("xdotool", "key", "F8")
            self.window.wait("a key that nobody knows is offered", lambda now: now.id == "find_switch.offered")
            self.leave(self.window.screen(), "switch.drop")
        finally:
            self.run_on_display("setxkbmap", "us")
        self.leave(self.window.screen(), "close")
        self.leave(self.window.screen(), "words")

    def run_on_display(self, *words):
        subprocess.run(["timeout", "-k", "1", "20", *words], env={**os.environ, **self.line.environment}, check=True)

    def ends_as(self, text):
        self.window.manner = MOUSE
        screen = self.leave(self.window.screen(), "key.done")
        self.assertEqual((screen.id, screen.item("words").value), (self.question, text))
        self.assertTrue(screen.item("next").enabled)

    def test_a_comment_by_presses_alone(self):
        self.write(WELSH)
        self.picture("pressed")
        self.ends_as(WELSH)

    def test_a_comment_by_tab_and_return_alone(self):
        self.window.manner = KEYBOARD
        self.write("Tŷ.")
        self.ends_as("Tŷ.")

    def test_what_a_welsh_keyboard_writes(self):
        """Dead circumflex and w; Compose, circumflex and y; Compose, quote and i; beside a key on the screen."""
        run = self.run_on_display
        run("setxkbmap", "gb", "extd", "-option", "compose:menu")
        try:
            self.press("d", "D")
            run("xdotool", "key", "--delay", "30", "dead_circumflex", "w")
            self.window.wait("the dead key wrote", lambda now: now.item("words").value == "Dŵ")
            run("xdotool", "key", "--delay", "30", "Multi_key", "asciicircum", "y")
            run("xdotool", "key", "--delay", "30", "Multi_key", "quotedbl", "i")
            screen = self.window.wait("Compose wrote", lambda now: now.item("words").value == "Dŵŷï")
            self.assertEqual(screen.id, "keyboard")
            self.ends_as("Dŵŷï")
        finally:
            run("setxkbmap", "us")


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
