"""The same search on a kiosk without two of its defences, which it must find out: one whose draft is not wiped, and that
may leave a core dump."""

import signal
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import disk as disk_module  # noqa: E402
import line  # noqa: E402
from stand import KEEPER, Secret, Stand  # noqa: E402

WEAK_KIOSK = line.PROGRAMS / "attack_canary_weak_kiosk"


class WithoutDefences(Stand):
    @classmethod
    def run_line(cls):
        cls.line.kiosk.program = WEAK_KIOSK
        cls.let_cores_be_written()
        super().run_line()

    def setUp(self):
        self.to_start()
        self.secret = Secret.invented()

    def written(self):
        person, screen = self.begin(self.secret)
        return person, self.write(self.secret, person, screen)

    def test_a_draft_that_is_not_wiped_is_found_in_the_keeper(self):
        person, screen = self.written()
        self.finish(self.secret, person, self.delete(person, screen))
        self.assertIn((KEEPER, "four words"), self.look(self.secret))

    def test_a_draft_that_is_dropped_and_not_wiped_is_found_in_the_keeper(self):
        self.written()
        for _ in range(2):
            self.kill_shown(signal.SIGKILL)
        self.line.window.wait("the draft is dropped", lambda screen: screen.id == "start")
        found = self.look(self.secret)
        self.assertIn((KEEPER, "words"), found)
        self.assertIn((KEEPER, "answers"), found)

    def test_a_core_dump_of_the_windows_process_is_found_on_the_disk(self):
        if not disk_module.writes_cores():
            self.skipTest("this system writes no core dumps into a program's folder")
        self.written()
        self.kill_shown(signal.SIGSEGV)
        self.assertTrue(disk_module.cores_under(self.folder))
        with self.secret.needles.search() as search:
            self.assertTrue(any(search.finds_in(content) for content in self.disk.blocks(is_written_back=True)))


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
