"""What remains of an answer once its visit has ended, and where. The real kiosk; every process around it; its disk.

PERSPECTIVE_CANARY=long: looks again after 1 and after 10 seconds, and after five more visits.
"""

import os
import re
import signal
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import disk as disk_module  # noqa: E402
import line  # noqa: E402
import memory  # noqa: E402
import needles as needles_module  # noqa: E402
from death_killer import shown_process  # noqa: E402
from stand import AHEAD, KEEPER, SHOWN, Secret, Stand  # noqa: E402

IS_LONG = os.environ.get("PERSPECTIVE_CANARY") == "long"
EXIT_LIMIT_S = 5  # the keeper ends by force what has not gone by then
FAKETIME = Path(f"/usr/lib/{os.uname().machine}-linux-gnu/faketime/libfaketime.so.1")
HASTE = 60        # times as fast, while nobody comes back
TIME_OUT_LIMIT_S = 60
NO_FILES = ("/dev/null", "/dev/dri/", "/dev/pts/", "/proc/")  # opened for writing, and keep nothing
OF_OTHERS = ("/var/cache/fontconfig/", "/dev/shm/faketime", "/dev/shm/sem.")  # fonts, where root runs it; the fast clock


def table_of_security():
    """{(who, what): how long}, as SECURITY.md tells it."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", (line.TOP / "SECURITY.md").read_text(), re.MULTILINE)
    first = next(number for number, row in enumerate(rows) if row[0] == "Remains in")
    return {(who, what): how_long for who, what, how_long in rows[first + 1:]}


class AfterTheVisit(Stand):
    @classmethod
    def run_line(cls):
        cls.let_cores_be_written()
        super().run_line()

    def setUp(self):
        self.to_start()
        self.secret = Secret.invented()
        self.began = time.monotonic()

    # Looking.

    def told(self, found):
        return "; ".join(f"{who}: {what} ({', '.join(sorted({f'{mapping} {writing}' for mapping, writing in where}))})"
                         for (who, what), where in sorted(found.items()))

    def is_held_meanwhile(self):
        """The instrument sees what it looks for, where it must be while the visit lasts."""
        found = self.look(self.secret)
        for expected in ((KEEPER, "words"), (KEEPER, "answers"), (SHOWN, "words"), (SHOWN, "answers"), (SHOWN, "pixels"),
                         ("X server", "pixels")):
            self.assertIn(expected, found, f"the search is blind; it found {self.told(found)}")
        self.assertNotIn((AHEAD, "pixels"), found)

    def remains(self, when):
        found = self.look(self.secret)
        print(f"{self._testMethodName}, {when}: {self.told(found) or 'nothing'}", flush=True)
        may = table_of_security()
        unnamed = {place: where for place, where in found.items() if place not in may}
        self.assertEqual(unnamed, {}, f"{when}: remains, and SECURITY.md does not name it")

    def is_forgotten(self, is_last=False):
        """By the processes that had it, which are gone; by all others but those that SECURITY.md names; and by the disk."""
        ended = time.monotonic()
        for process in self.secret.processes:
            self.line.processes.wait_until("the process that had the visit is gone",
                                           lambda process=process: not memory.is_there(process), limit_s=EXIT_LIMIT_S)
        print(f"{self._testMethodName}: gone after {(time.monotonic() - ended) * 1000:.0f} ms", flush=True)
        self.remains("at once")
        for wait_s in (1, 10) if IS_LONG else ():
            time.sleep(max(0, ended + wait_s - time.monotonic()))
            self.remains(f"after {wait_s} s")
        for number in range(0 if is_last else 6 if IS_LONG else 1):
            other = Secret.invented()
            person, screen = self.begin(other, "question.weather")
            self.remains(f"in visit {number + 1} after it")
            self.finish(other, person, self.delete(person, screen))
        self.is_on_no_disk()

    def is_on_no_disk(self):
        """Neither as it is at this moment, nor with what the system still had to write."""
        found = set()
        with self.secret.needles.search() as search:
            for content in (*self.disk.blocks(), *self.disk.blocks(is_written_back=True)):
                found |= search.finds_in(content)
            for path in self.written_elsewhere():
                if path.is_file():
                    found |= search.finds_in(path.read_bytes())
        self.assertEqual(found, set(), "on the disk")

    def written_elsewhere(self):
        """Files outside the disk that somebody opened for writing; of the kiosk there are none."""
        found = set()
        for trace in self.evidence.glob("*.trace"):
            paths = [path for path in disk_module.written_by(trace)
                     if not path.startswith((*NO_FILES, str(self.line.folder), str(self.evidence)))]
            if trace.name.startswith("kiosk"):
                own = [path for path in paths if not path.startswith(OF_OTHERS)]
                self.assertEqual(own, [], "the kiosk writes outside its folders")
            found |= {Path(path) for path in paths}
        return found

    def written(self, **how):
        person, screen = self.begin(self.secret, **how)
        return person, self.write(self.secret, person, screen)

    def test_security_md_names_places_that_are_looked_into(self):
        self.assertLessEqual({who for who, _ in table_of_security()}, {who for _, who in self.concerned()})
        self.assertLessEqual({what for _, what in table_of_security()}, needles_module.WHATS)

    # The ends of a visit.

    def test_nothing_remains_after_sending(self):
        person, screen = self.written()
        self.is_held_meanwhile()
        self.finish(self.secret, person, screen)
        self.is_forgotten()

    def test_nothing_remains_after_stopping_and_deleting(self):
        person, screen = self.written()
        self.is_held_meanwhile()
        self.finish(self.secret, person, self.delete(person, screen))
        self.is_forgotten()

    def test_nothing_remains_after_stopping_and_sending_what_there_is(self):
        person, screen = self.written()
        screen = person.leave(person.leave(screen, "next"), "bar.stop")
        self.finish(self.secret, person, person.leave(screen, "stop.send"))
        self.is_forgotten()

    def test_nothing_remains_after_nobody_came_back(self):
        if not FAKETIME.exists():
            self.skipTest(f"{FAKETIME} is not there; installer/dependencies names it")
        clock = self.evidence / "clock"
        self.set_speed(clock, 1)
        self.open_anew(LD_PRELOAD=str(FAKETIME), FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1", NO_FAKE_STAT="1")
        try:
            self.written()
            self.is_held_meanwhile()
            self.set_speed(clock, HASTE)
            self.line.display.mouse.move(5, 5)  # who sleeps looks at the clock again; it counts for nothing else
            self.line.window.wait("the visit has timed out", lambda screen: screen.id == "start", TIME_OUT_LIMIT_S)
            self.is_forgotten(is_last=True)
        finally:
            self.open_anew()

    @staticmethod
    def set_speed(clock, times):
        new = clock.with_suffix(".new")
        new.write_text(f"+0 x{times}\n")
        new.rename(clock)

    # Deaths.

    def test_nothing_remains_after_a_crash_and_the_end_of_the_visit(self):
        """Between the two the draft does, in the keeper: that is what brings it back."""
        person, screen = self.written()
        self.kill_shown(signal.SIGKILL)
        self.assertIn((KEEPER, "words"), self.look(self.secret))
        screen = self.line.window.wait("the visit is back", lambda now: now.id == screen.id)
        self.secret.processes.add(shown_process(self.line.hook_path))
        self.finish(self.secret, person, self.delete(person, screen))
        self.is_forgotten()

    def test_nothing_remains_of_a_draft_that_two_processes_died_with(self):
        self.written()
        self.is_held_meanwhile()
        self.kill_shown(signal.SIGSEGV)
        self.kill_shown(signal.SIGSEGV)
        self.line.window.wait("the draft is dropped", lambda screen: screen.id == "start")
        self.assertEqual(disk_module.cores_under(self.folder), [], "a core dump")
        self.is_forgotten()

    def test_the_keeper_leaves_no_core_dump(self):
        self.written()
        os.kill(self.line.processes.running["kiosk"].pid, signal.SIGSEGV)
        self.line.processes.running.pop("kiosk").wait(EXIT_LIMIT_S)
        self.assertEqual(disk_module.cores_under(self.folder), [])
        self.open_anew()
        self.is_forgotten()

    def test_zz_nothing_remains_after_a_power_cut(self):
        """Last of all by its name. What the disk had not been given yet is gone; so it is searched before and after."""
        self.written()
        self.is_held_meanwhile()
        self.cut_power()
        self.assertEqual(self.concerned(), [])
        self.is_on_no_disk()

    def open_anew(self, **environment):
        """The kiosk alone."""
        if "kiosk" in self.line.processes.running:
            self.line.kiosk.close()
        self.line.hook_path.unlink(missing_ok=True)
        self.line.open_window({"SDL_AUDIODRIVER": "pulseaudio", **environment})
        self.line.window.wait("the start screen is there", lambda screen: screen.id == "start")


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
