"""The supervisor's button for a USB stick, on a kiosk without network: no stick, a stick, too few, enough, and receipts
that come back. A file system of its own is mounted where the installer says that sticks are."""

import os
import shutil
import subprocess
import unittest

from bad_line import Gate
from line import Line, enter_own_temporary_folders, rows
from programs import free_port
from respondent import Habits


class Stick(Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        demo, port = cls.line, free_port()
        cls.gate = Gate(port)
        cls.addClassCleanup(cls.gate.end)
        demo.collector.init(port)
        demo.collector.serve()
        cls.inspection_id = cls.responses.inspection
        demo.collector.create(cls.inspection_id, cls.responses.area, cls.responses.questionnaires, smallest_batch=2)
        demo.collector.unlock(cls.inspection_id)
        demo.kiosk.enrol(demo.collector.invite(cls.inspection_id, "Front office").replace(f":{port}/",
                                                                                         f":{cls.gate.port}/"))
        cls.gate.say("refuse")
        cls.stick = cls.folder / "stick"
        cls.stick.mkdir()
        demo.kiosk.options = ["--stick", cls.stick]
        demo.open_display(cls.responses.all_texts)
        cls.visits = [visit for visit in cls.responses.visits if "not_reached" not in visit.absent.values()]

    def person(self):
        person = self.line.respondent(self.visits.pop(), 1)
        person.habits = Habits()
        return person

    def press(self, item, screen_id):
        return self.line.window.press(self.line.window.screen(), item, f"'{item}' leads to '{screen_id}'",
                                      lambda now: now.id == screen_id)

    def use_stick(self, screen_id):
        """From the start screen; gives what became of it."""
        self.line.window.wait("the start screen offers it", lambda now: now.item("use_stick") is not None)
        self.press("use_stick", "stick")
        self.picture("ask")
        screen = self.press("use", screen_id)
        self.picture(screen_id.split(".")[1])
        return screen

    def picture(self, name):
        kept = os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS")
        if kept:
            path = self.line.screenshots / f"stick-{name}.png"
            self.line.window.hook.screenshot(path)
            shutil.copy(path, kept)

    def on_stick(self, ending):
        return sorted(path for path in self.stick.iterdir() if path.name.endswith(ending))

    def counted(self):
        self.line.collector.unlock(self.inspection)
        return rows(self.line.folder / "collector" / "collector.sqlite", "SELECT count(*) FROM envelopes")[0][0]

    def test_stick_takes_what_may_go_and_brings_the_receipts_back(self):
        self.person().answer_all()
        self.assertIsNotNone(self.use_stick("stick.failed").item("not_there"))
        self.assertEqual(list(self.stick.iterdir()), [], "the kiosk's own disk is no stick")

        if subprocess.run(["mount", "-t", "tmpfs", "none", self.stick], check=False).returncode != 0:
            self.skipTest("nothing can be mounted here")
        self.addCleanup(subprocess.run, ["umount", self.stick], check=False)
        screen = self.press("again", "stick.done")
        self.assertIsNotNone(screen.item("few"))
        self.assertEqual(self.on_stick(".bundle"), [])
        self.press("close", "start")

        # The second one is enough; and a third that is deleted is to who looks on like one that waits for others.
        self.person().answer_all()
        screen = self.use_stick("stick.done")
        self.assertIsNotNone(screen.item("copy"))
        self.assertIsNone(screen.item("few"))
        self.press("close", "start")
        person = self.person()
        person.answer_until(lambda now: len(person.answered) == 1)
        self.press("bar.stop", "stop")
        self.press("stop.delete", "thanks")
        self.press("finish", "start")
        self.assertIsNotNone(self.use_stick("stick.done").item("few"))
        self.press("close", "start")

        (bundle,) = self.on_stick(".bundle")
        self.line.collector.import_bundle(bundle)
        self.assertEqual(self.counted(), 2)
        self.assertEqual(len(self.on_stick(".receipts")), 1)
        screen = self.use_stick("stick.done")
        self.assertIsNotNone(screen.item("brought_back"))
        self.press("close", "start")
        waiting = rows(self.line.kiosk.state / "outbox.sqlite", "SELECT count(*) FROM envelope")[0][0]
        self.assertEqual(waiting, 0)
        self.assertEqual(self.line.kiosk.status().split("\n")[0], "some waiting", "since somebody sat there")


if __name__ == "__main__":
    enter_own_temporary_folders()
    unittest.main()
