"""The console is built without a network from what was fetched before, from nothing else, and installed where the collector
looks for it."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILT = Path(os.environ["PERSPECTIVE_PROGRAMS"]).parent
FETCHED = BUILT / "console-work"
BUILD = TOP / "collector" / "console" / "build"
APART = ["unshare", "--net"] if os.getuid() == 0 else ["unshare", "--net", "--map-root-user"]


class Console(unittest.TestCase):
    def setUp(self):
        self.assertTrue((FETCHED / "node_modules").is_dir(), "the target 'console' was not built")
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="console-")))

    def build(self, fetched):
        return subprocess.run([*APART, BUILD, self.folder / "made", self.folder / "work", fetched], capture_output=True,
                              text=True, timeout=100, check=False)

    def test_what_was_fetched_before_is_enough(self):
        done = self.build(FETCHED)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "made/console.css").read_bytes(), (BUILT / "console/console.css").read_bytes())

    def test_other_modules_than_those_that_are_named_are_refused(self):
        other = self.folder / "node_modules"
        other.mkdir()
        lock = json.loads((FETCHED / "node_modules" / ".package-lock.json").read_text())
        lock["packages"]["node_modules/govuk-frontend"]["integrity"] = "sha512-AAAA"
        (other / ".package-lock.json").write_text(json.dumps(lock))
        refused = self.build(self.folder)
        self.assertEqual(refused.returncode, 1)
        self.assertRegex(refused.stderr, r"node_modules/govuk-frontend \S+ is not there")
        self.assertFalse((self.folder / "made").exists())

    def test_it_is_installed_where_the_collector_looks(self):
        place = (TOP / "cmake/perspective.cmake").read_text()
        self.assertIn('PERSPECTIVE_INSTALLED_CONSOLE="${CMAKE_INSTALL_FULL_DATADIR}/perspective-console"', place)
        subprocess.run(["cmake", "--install", BUILT, "--component", "console", "--prefix", self.folder], check=True,
                       capture_output=True, timeout=60)
        installed = self.folder / "share/perspective-console"
        self.assertEqual(sorted(path.relative_to(installed) for path in installed.rglob("*")),
                         sorted(path.relative_to(BUILT / "console") for path in (BUILT / "console").rglob("*")))

    def test_each_licence_of_what_it_ships_is_told(self):
        """In the pages, for whoever has them without the package; and in the package's copyright file."""
        pages = (BUILT / "console/licences.txt").read_text()
        for words in ("govuk-frontend", "@ministryofjustice/frontend", "Permission is hereby granted, free of charge",
                      "SIL OPEN FONT LICENSE", "Atkinson Hyperlegible Next"):
            self.assertIn(words, pages)
        told = (TOP / "installer/packages/debian/copyright").read_text()
        for licence in ("Expat", "OFL-1.1", "GPL-3+"):
            self.assertRegex(told, rf"(?m)^License: .*{re.escape(licence)}")
        parts = set(json.loads((TOP / "collector/console/package.json").read_text())["dependencies"]) - {"sass"}
        for name in parts:
            self.assertIn(name, told)


if __name__ == "__main__":
    unittest.main(verbosity=2)
