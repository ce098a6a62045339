"""The figures that the unit tests hold ours against are those that R gives, here and now."""

import json
import subprocess
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "association"


def numbers(value):
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers(each)]
    if isinstance(value, list):
        return [number for each in value for number in numbers(each)]
    return [value]


class RFigures(unittest.TestCase):
    def hold(self, script, kept):
        said = subprocess.run(["Rscript", str(FOLDER / script)], capture_output=True, text=True, timeout=120, check=True)
        theirs, ours = numbers(json.loads(said.stdout)), numbers(json.loads((FOLDER / kept).read_text()))
        self.assertEqual(len(theirs), len(ours))
        self.assertGreater(len(ours), 500)
        for one, other in zip(theirs, ours, strict=True):
            if one is None or other is None:
                self.assertIs(one, other)
            else:
                self.assertAlmostEqual(one, other, delta=1e-12 * max(1, abs(other)))

    def test_of_tables(self):
        self.hold("make.R", "tables.json")

    def test_of_shares(self):
        self.hold("shares.R", "shares.json")


if __name__ == "__main__":
    unittest.main()
