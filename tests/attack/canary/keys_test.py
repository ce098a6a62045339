"""What somebody typed on a keyboard that is plugged in. An X server keeps the last events of its devices in a queue: keys
that were pressed one after the other spell words. Events that a client makes up (XTEST) do not go through it, so this X
server has a keyboard."""

import os
import signal
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "support")]

from stand import Secret, Stand, display_module, line  # noqa: E402

import glass as glass_module  # noqa: E402


@unittest.skipUnless(os.getuid() == 0, "Xorg without a graphics card is root's alone to start")
class TypedOnAKeyboard(Stand):
    @classmethod
    def open_display(cls, folder):
        environment, cls.plug = glass_module.start_xorg(cls.line.processes, folder, 1280, 800, "Keyboard")
        return environment

    @classmethod
    def open_all(cls):
        super().open_all()
        cls.keys = glass_module.Keys(cls.plug)

    def setUp(self):
        self.to_start()
        self.secret = Secret.invented()

    def typed(self):
        window, word = self.line.window, self.secret.words[1]
        person, screen = self.begin(self.secret)
        window.click(next(item.id for item in screen.items if item.role == "entry"), screen)
        window.wait("the keyboard on the screen is there", lambda now: now.id == "keyboard")
        known = self.line.display.keyboard.keys
        self.secret.keys = bytes(known[display_module.keysym_of(letter)][0] for letter in word)
        for code in self.secret.keys:
            self.keys.press(code)
        screen = window.wait("it is written", lambda now: any(item.value.lower() == word for item in now.items))
        self.assertTrue(self.keys_in_display(self.secret), "the search is blind")
        return person, window.press(screen, "key.done", "it is on the question", lambda now: now.id == "question.ticket")

    def test_the_x_server_has_forgotten_the_keys_when_the_next_window_is_there(self):
        person, screen = self.typed()
        self.finish(self.secret, person, self.delete(person, screen))
        self.assertEqual(self.keys_in_display(self.secret), set())

    def test_it_has_forgotten_them_after_a_crash_too(self):
        self.typed()
        self.kill_shown(signal.SIGKILL)
        self.assertEqual(self.keys_in_display(self.secret), set())


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
