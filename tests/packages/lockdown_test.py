"""`lockdown` makes a machine a kiosk and gives it back as it was: on a kernel, and a systemd, of the test's own making."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

LOCKDOWN = Path(__file__).resolve().parents[2] / "installer" / "packages" / "kiosk" / "lockdown"
HEADING = "Filename Type Size Used Priority\n"
ONE = "/dev/sda2 partition 1 0 -2\n"

# Notes what it is asked; stopping swap works, or does not.
SYSTEMCTL = """#!/bin/sh
echo "$@" >>"$TEST_FOLDER/asked"
case "$*" in *.swap) [ -e "$TEST_FOLDER/swap-stays" ] || head -n 1 "$TEST_FOLDER/proc/swaps" >"$TEST_FOLDER/x"
  [ ! -e "$TEST_FOLDER/x" ] || mv "$TEST_FOLDER/x" "$TEST_FOLDER/proc/swaps" ;; esac
"""


class Lockdown(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        for name in ("proc/sys/kernel", "run/systemd", "kept", "bin"):
            (self.folder / name).mkdir(parents=True)
        self.kernel = self.folder / "proc/sys/kernel"
        (self.kernel / "sysrq").write_text("438\n")
        (self.kernel / "core_pattern").write_text("core\n")
        (self.folder / "proc/swaps").write_text(HEADING)
        systemctl = self.folder / "bin/systemctl"
        systemctl.write_text(SYSTEMCTL)
        systemctl.chmod(0o755)

    def run_it(self, *words):
        environment = {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "TEST_FOLDER": str(self.folder),
                       "PERSPECTIVE_PROC": str(self.folder / "proc"), "PERSPECTIVE_RUN": str(self.folder / "run"),
                       "RUNTIME_DIRECTORY": str(self.folder / "kept")}
        return subprocess.run([LOCKDOWN, *words], env=environment, capture_output=True, text=True, timeout=20, check=False)

    def masked(self):
        return {path.name for path in (self.folder / "run/systemd/system").glob("*") if os.readlink(path) == "/dev/null"}

    def asked(self):
        return (self.folder / "asked").read_text().splitlines()

    def test_no_key_and_no_dump_leads_to_the_kernel_and_no_console_has_a_log_in(self):
        self.assertEqual(self.run_it("on").returncode, 0)
        self.assertEqual((self.kernel / "sysrq").read_text(), "0\n")
        self.assertEqual((self.kernel / "core_pattern").read_text(), "|/bin/false\n")
        self.assertEqual(self.masked(), {"autovt@.service", "ctrl-alt-del.target"})
        self.assertIn("stop --quiet getty@*.service", self.asked())

    def test_afterwards_all_is_as_it_was(self):
        self.run_it("on")
        self.run_it("on")  # as after a crash between the two
        self.assertEqual(self.run_it("off").returncode, 0)
        self.assertEqual((self.kernel / "sysrq").read_text(), "438\n")
        self.assertEqual((self.kernel / "core_pattern").read_text(), "core\n")
        self.assertEqual(self.masked(), set())
        self.assertEqual(list((self.folder / "kept").iterdir()), [])

    def test_a_unit_that_somebody_else_put_there_stays(self):
        units = self.folder / "run/systemd/system"
        units.mkdir()
        (units / "autovt@.service").write_text("[Service]\n")
        self.run_it("on")
        self.run_it("off")
        self.assertEqual((units / "autovt@.service").read_text(), "[Service]\n")

    def test_swap_is_turned_off(self):
        (self.folder / "proc/swaps").write_text(HEADING + ONE)
        self.assertEqual(self.run_it("on").returncode, 0)
        self.assertIn("stop --quiet *.swap", self.asked())
        self.assertEqual((self.folder / "proc/swaps").read_text(), HEADING)

    def test_where_swap_stays_there_is_no_kiosk(self):
        (self.folder / "proc/swaps").write_text(HEADING + ONE)
        (self.folder / "swap-stays").touch()
        refused = self.run_it("on")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("swap is on and cannot be turned off", refused.stderr)

    def test_it_says_how_it_is_used(self):
        self.assertEqual(self.run_it("perhaps").returncode, 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
