"""What builds the console says so where npm cannot bring what it needs, and leaves the pages that are there alone."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / "collector" / "console" / "build"
LIMIT_S = 60


class Build(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="perspective-")
        self.addCleanup(kept.cleanup)
        self.folder = Path(kept.name)
        self.pages = self.folder / "pages"
        self.pages.mkdir()
        (self.pages / "index.html").write_text("as before")

    def build(self, *more, npm="exit 0"):
        """With an npm that does no more than `npm`."""
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "npm").write_text(f"#!/bin/sh\n{npm}\n")
        (programs / "npm").chmod(0o755)
        environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
        return subprocess.run([BUILD, self.pages, self.folder / "work", *more], env=environment, capture_output=True, text=True,
                              timeout=LIMIT_S, check=False)

    def test_fails_where_npm_has_no_network(self):
        done = self.build(npm="echo 'npm error network' >&2; exit 1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("npm error network", done.stderr)
        self.assertIn("-DPERSPECTIVE_CONSOLE_FETCHED", done.stderr)
        self.assertEqual((self.pages / "index.html").read_text(), "as before")

    def test_fails_where_another_folder_is_handed_over(self):
        (self.folder / "other" / "node_modules").mkdir(parents=True)
        (self.folder / "other" / "node_modules" / ".package-lock.json").write_text('{"packages": {}}')
        done = self.build(self.folder / "other")
        self.assertEqual(done.returncode, 1)
        self.assertIn("is not what package-lock.json names", done.stderr)
        self.assertEqual((self.pages / "index.html").read_text(), "as before")

    def test_does_not_go_on_where_what_was_fetched_cannot_be_used(self):
        done = self.build()  # npm that says it is done, and brought nothing
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual((self.pages / "index.html").read_text(), "as before")


if __name__ == "__main__":
    unittest.main()
