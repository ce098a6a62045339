"""What installer/packages/build hands to Debian's tools: programs of the version that the packages have. Without the
tools: a program of ours stands in the place of dpkg-buildpackage, and nothing is compiled."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILD = TOP / "installer" / "packages" / "build"


class VersionOfThePackages(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="packages-")))
        (self.folder / "bin").mkdir()
        (self.folder / "fetched").mkdir()
        stand_in = self.folder / "bin" / "dpkg-buildpackage"
        stand_in.write_text("#!/bin/sh\necho called >>../called\n")
        stand_in.chmod(0o755)

    def build(self, *words):
        return subprocess.run([BUILD, "--no-dependencies", "--folder", self.folder, "--fetched", self.folder / "fetched",
                               *words], env={**os.environ, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"},
                              capture_output=True, text=True, timeout=100, check=False)

    def project(self, top):
        return next(line for line in (top / "CMakeLists.txt").read_text().splitlines() if line.startswith("project("))

    def program_of(self, package):
        done = self.build(*(["--version", package] if package else []))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((self.folder / "called").exists())
        changes = (self.folder / "source" / "debian" / "changelog").read_text()
        self.assertIn(f"perspective ({package or self.project(TOP).split()[2]}) ", changes)
        return self.project(self.folder / "source").split()[2]

    def test_without_one_it_is_that_of_the_sources(self):
        self.assertEqual(self.program_of(None), self.project(TOP).split()[2])

    def test_the_programs_say_the_version_that_their_packages_have(self):
        self.assertEqual(self.program_of("7.8.9"), "7.8.9")
        self.assertEqual(self.program_of("1:7.8.9~rc1-2"), "7.8.9")

    def test_what_no_program_can_be_is_refused_before_anything_is_made(self):
        for version in ("next", "1.2.3.4.5", "", "1.", "7.8.9\nx"):
            refused = self.build("--version", version)
            self.assertEqual(refused.returncode, 2, version)
            self.assertIn("is no number such as 0.2.0, of at most four parts", refused.stderr)
        self.assertFalse((self.folder / "source").exists())


if __name__ == "__main__":
    unittest.main()
