"""What the blocks of the kiosk's disk tell that its files do not: journals were deleted, their blocks were not. Measured, and
named in SECURITY.md; a state partition that is encrypted is the answer.

PERSPECTIVE_CANARY=long: more disks.
"""

import itertools
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import disk as disk_module  # noqa: E402
from needles import line  # noqa: E402

VISITS = 12
DISKS = 20 if os.environ.get("PERSPECTIVE_CANARY") == "long" else 2
TELLS = 0.3  # less would be nothing to name


def tau(numbers):
    """Kendall's, of numbers in the true order of the visits; a tie is no guess."""
    pairs = list(itertools.combinations(numbers, 2))
    return sum((later > earlier) - (later < earlier) for earlier, later in pairs) / len(pairs)


class Blocks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory(prefix="perspective-blocks-")
        cls.addClassCleanup(cls.held.cleanup)
        cls.disks = [found for number in range(DISKS) if (found := cls.a_day(Path(cls.held.name) / str(number)))]

    @classmethod
    def a_day(cls, folder):
        """[how often each id stands on the disk], in the order of the visits; None where no image can be mounted."""
        folder.mkdir()
        disk = disk_module.Disk(folder / "disk.img", folder / "disk")
        try:
            if not disk.is_image:
                return None
            stored = subprocess.run([line.PROGRAMS / "attack_canary_visits", disk.folder, str(VISITS)], check=True,
                                    capture_output=True, text=True)
            ids = [bytes.fromhex(word) for word in stored.stdout.split()]
            content = b"".join(disk.blocks(is_written_back=True))
            return [content.count(each) for each in ids]
        finally:
            disk.close()

    def test_the_newest_stands_there_least_often_and_every_one_more_than_once(self):
        for counts in self.disks:
            self.assertGreater(min(counts), 1, "in the database, and in a journal that was deleted")
            self.assertEqual(counts[-1], min(counts))

    def test_deleted_journals_tell_the_order_as_security_md_says(self):
        if not self.disks:
            self.skipTest("this system lets nobody mount an image")
        taus = [tau([-count for count in counts]) for counts in self.disks]  # who stands there more often came earlier
        mean = sum(taus) / len(taus)
        print(f"{len(self.disks)} disks, {VISITS} visits: ids stand there so often: {self.disks[0]}; Kendall tau {mean:.2f}")
        self.assertGreater(mean, TELLS, "they tell less than SECURITY.md says: say so there")


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
