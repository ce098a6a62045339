"""An installer measures the monitor with a bank card: the real program, its window, mouse and arrow keys."""

import os
import shutil
import tempfile
import unittest
from pathlib import Path

import line  # noqa: F401  (brings installer/demo)
import display as display_module
from hook import Hook
from processes import Processes
from window import Window
from Xlib import XK

CARD_MM = 85.60
SCREEN = (1366, 768)


class ARuler(unittest.TestCase):
    LANG = "C.UTF-8"

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="perspective-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.state = self.folder / "state"
        self.state.mkdir(mode=0o700)
        (self.folder / "logs").mkdir()
        self.processes = Processes(self.folder / "logs", {**os.environ, "LANG": self.LANG, "LC_ALL": "",
                                                          "XDG_CACHE_HOME": str(self.folder / "cache")})
        self.addCleanup(self.processes.end_all)
        size = "x".join(map(str, SCREEN))
        environment = display_module.start_xvfb(self.processes, self.folder, size)
        self.display = display_module.Display(environment)
        hook = self.folder / "hook.sock"
        self.processes.start("ruler", [line.PROGRAMS / "perspective-kiosk", "ruler", "--state", self.state, "--assets",
                                       line.ASSETS, "--window", size, "--hook", hook], extra_environment=environment)
        self.processes.wait_until("the ruler's window is there", hook.exists, "ruler")
        self.window = Window(self.display, Hook(hook))
        self.window.wait("the ruler is drawn", lambda screen: screen.id == "ruler" and screen.item("card").visible)

    def card(self):
        return self.window.screen().item("card").rect

    def press(self, item, change):
        was = self.card()[2]
        self.window.press(self.window.screen(), item, f"the card is {change} pixels wider",
                          lambda screen: screen.item("card").rect[2] == was + change)

    def test_keeps_the_size_at_which_the_outline_was_as_large_as_a_card(self):
        self.press("ruler.larger", 10)
        self.press("ruler.bit_smaller", -1)
        was = self.card()[2]
        self.display.keyboard.press(XK.XK_Right)
        self.window.wait("the arrow makes it wider", lambda screen: screen.item("card").rect[2] == was + 1)
        width, height = self.card()[2:]
        self.assertAlmostEqual(width / height, CARD_MM / 53.98, delta=0.02)
        self.window.click("ruler.save", self.window.screen())
        self.processes.wait_until("the size is kept", (self.state / "monitor").exists)
        measured = tuple(map(int, (self.state / "monitor").read_text().strip().split("x")))
        self.assertEqual(measured, tuple(round(side * CARD_MM / width) for side in SCREEN))

    def test_changes_nothing_for_somebody_who_goes_back(self):
        self.press("ruler.larger", 10)
        self.display.keyboard.press(XK.XK_Escape)
        log = self.folder / "logs" / "ruler.log"
        self.processes.wait_until("the program has said so", lambda: "Nothing was changed" in log.read_text())
        self.assertFalse((self.state / "monitor").exists())


class ARulerOfAWelshInstaller(ARuler):
    """The same, in the language of the shell."""

    LANG = "cy_GB.UTF-8"

    def setUp(self):
        super().setUp()
        self.assertEqual(self.window.screen().item("heading").label, "Pa mor fawr yw'r sgrin hon?")


if __name__ == "__main__":
    unittest.main()
