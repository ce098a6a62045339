"""The packaged systemd units leave little open, as systemd-analyze counts it, and keep what is in memory there."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

PACKAGES = Path(__file__).resolve().parents[2] / "installer" / "packages"
UNITS = sorted(PACKAGES.glob("*/*.service"))
MOST = 2.0
EXPOSURE = re.compile(r"Overall exposure level for \S+: ([0-9.]+)")


def exposure_of(unit):
    said = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", unit], capture_output=True,
                          text=True, timeout=30, check=False)
    found = EXPOSURE.search(said.stdout)
    assert found, said.stdout + said.stderr
    return float(found.group(1))


def settings_of(unit):
    settings = {}
    for line in unit.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            settings.setdefault(name, []).append(value)
    return settings


class Units(unittest.TestCase):
    def test_there_is_one_for_each_part(self):
        self.assertEqual([unit.stem for unit in UNITS],
                         ["perspective-collector", "perspective-kiosk-display", "perspective-kiosk-lockdown",
                          "perspective-kiosk-sound", "perspective-kiosk"])

    def test_each_leaves_little_open(self):
        for unit in UNITS:
            exposure = exposure_of(unit)
            print(f"{unit.name}: {exposure}")
            self.assertLess(exposure, MOST, unit.name)

    def test_one_that_may_do_anything_would_be_found(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = Path(folder) / "open.service"
            unit.write_text("[Service]\nExecStart=/usr/bin/perspective-collector serve\n")
            self.assertGreater(exposure_of(unit), MOST)

    def test_none_dumps_its_memory(self):
        for unit in UNITS:
            self.assertEqual(settings_of(unit).get("LimitCORE"), ["0"], unit.name)

    def test_none_in_which_answers_are_is_swapped(self):
        for unit in UNITS:
            if "lockdown" not in unit.name:
                self.assertEqual(settings_of(unit).get("MemorySwapMax"), ["0"], unit.name)

    def test_the_programs_can_see_whether_swap_is_on(self):
        """/proc/swaps is gone with ProcSubset=pid, and what is not there reads as "no swap"."""
        for unit in UNITS:
            self.assertNotIn("pid", settings_of(unit).get("ProcSubset", []), unit.name)

    def test_the_programs_may_lock_all_of_their_memory(self):
        for name in ("kiosk/perspective-kiosk.service", "collector/perspective-collector.service"):
            self.assertEqual(settings_of(PACKAGES / name).get("LimitMEMLOCK"), ["infinity"], name)

    def test_whoever_reads_keys_and_sound_has_no_network(self):
        for name in ("display", "sound"):
            settings = settings_of(PACKAGES / f"kiosk/perspective-kiosk-{name}.service")
            self.assertEqual(settings["PrivateNetwork"], ["yes"])
            self.assertNotIn("AF_INET", settings["RestrictAddressFamilies"][0])

    def test_the_kiosk_comes_back_whatever_happens(self):
        for name in ("", "-display", "-sound"):
            settings = settings_of(PACKAGES / f"kiosk/perspective-kiosk{name}.service")
            self.assertEqual((settings["Restart"], settings["StartLimitIntervalSec"]), (["always"], ["0"]), name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
