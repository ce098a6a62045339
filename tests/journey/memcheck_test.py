"""A collector under valgrind's memcheck takes in what people answer on a real kiosk, opens it, counts it and says it in
sentences. By name: tests/builds memcheck.

Fails for every read or write of memory that is not the program's or holds nothing yet, and for every block that nobody
knows of any more at the end. tests/support/memcheck.txt names what libraries of other people do, each with its reason;
an entry of it that begins with a frame of ours is refused.

PERSPECTIVE_VISITS: so many people answer (4).
"""

import os
import re
import signal
import subprocess
import unittest

import line
from programs import COLLECTOR

SUPPRESSIONS = line.TOP / "tests" / "support" / "memcheck.txt"
VISITS = int(os.environ.get("PERSPECTIVE_VISITS", "4"))
SLOW_S = 300  # an unlocking is 16 MiB of scrypt, eight times over; each step of it takes fifty here
FAILED = 99


class UnderMemcheck(line.Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        demo = cls.line
        cls.start()
        demo.collector.stop()
        cls.serve_under_memcheck()
        demo.collector.unlock(cls.responses.inspection, limit_s=SLOW_S)
        demo.answer(cls.responses.visits[:VISITS])
        demo.kiosk.wait_until_all_sent(SLOW_S)
        cls.tally = demo.collector.tally_json(cls.responses.inspection)
        cls.section = demo.collector.section(cls.responses.inspection)
        cls.outcome = cls.end()

    @classmethod
    def serve_under_memcheck(cls):
        cls.log = cls.line.logs / "memcheck.log"
        processes = cls.line.processes
        processes.wrap = lambda name, arguments: [
            "valgrind", "--quiet", "--error-exitcode=" + str(FAILED), "--leak-check=full", "--errors-for-leak-kinds=definite",
            "--show-leak-kinds=definite", "--num-callers=30", f"--suppressions={SUPPRESSIONS}", f"--log-file={cls.log}",
            *arguments] if name == COLLECTOR else arguments
        cls.line.collector.start()
        processes.wait_until("the collector answers", cls.line.collector.answers, COLLECTOR, SLOW_S)

    @classmethod
    def end(cls):
        """As systemd ends it; leaks are looked for then."""
        process = cls.line.processes.running[COLLECTOR]
        process.send_signal(signal.SIGTERM)
        return process.wait(SLOW_S)

    def test_nothing_is_wrong_with_its_memory(self):
        said = self.log.read_text(errors="replace")
        self.assertEqual(self.outcome, 0, said)
        self.assertEqual(said.strip(), "")

    def test_it_received_and_counted_meanwhile(self):
        self.assertEqual([one["respondents"] for one in self.tally["questionnaires"]], [VISITS], self.tally)
        self.assertGreater(len(self.section), 200)

    def test_valgrind_looked_at_it(self):
        """A leak and a read behind the end are found in a program of three lines, with the same suppressions."""
        source = self.line.folder / "leaks.c"
        source.write_text("#include <stdlib.h>\nint main(void) {\n  char *volatile p = malloc(8);\n  int c = p[8];\n"
                          "  p = 0;\n  return c & 0;\n}\n")
        program = self.line.folder / "leaks"
        subprocess.run(["cc", "-O0", "-g", "-o", program, source], check=True)
        done = subprocess.run(["valgrind", "--quiet", f"--error-exitcode={FAILED}", "--leak-check=full",
                               f"--suppressions={SUPPRESSIONS}", program], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, FAILED, done.stderr)
        self.assertIn("Invalid read of size 1", done.stderr)
        self.assertIn("definitely lost", done.stderr)

    def test_only_other_peoples_libraries_are_let_off(self):
        for entry in re.findall(r"^\{\n(.*?)^\}", SUPPRESSIONS.read_text(), re.MULTILINE | re.DOTALL):
            self.assertNotIn("perspective", entry)
            self.assertIn("obj:", entry)


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
