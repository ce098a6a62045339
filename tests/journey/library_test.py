"""A third questionnaire, unlike both: kiosk, tally and section without a line of code. By quickstart itself."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import line

RESPONSES = line.FIXTURES / "library-readers" / "responses.json"
LIMIT_S = 300


def quickstart(folder, *arguments):
    return subprocess.Popen([line.TOP / "installer" / "quickstart", "--no-dependencies", "--no-build", "--programs",
                             line.PROGRAMS, "--folder", folder, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            cwd=line.TOP, env={key: value for key, value in os.environ.items() if key != "DISPLAY"})


def processes_that_name(folder):
    """Command lines of running processes with the folder in them."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if entry.name.isdigit() and int(entry.name) != os.getpid() and str(folder) in words:
            found.append(words)
    return found


class LibraryReaders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="perspective-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        process = quickstart(cls.folder / "demo", "--demo", RESPONSES)
        try:
            cls.output = process.communicate(timeout=LIMIT_S)[0]
        finally:
            process.send_signal(signal.SIGTERM)
        print(cls.output)
        cls.outcome = process.returncode

    def test_quickstart_ends_well_and_ends_what_it_started(self):
        self.assertEqual(self.outcome, 0)
        self.assertEqual(processes_that_name(self.folder), [])

    def test_every_visit_is_counted(self):
        visits = sum(len(rows) for rows in json.loads(RESPONSES.read_text()).values() if isinstance(rows, list))
        self.assertIn(f"Visit {visits} of {visits}", self.output)
        self.assertIn("all sent", self.output)

    def test_the_section_is_the_golden_one(self):
        """But for the name of the area, which quickstart takes from the name of the folder."""
        golden = (line.TOP / "tests" / "golden" / "library-readers.full.en.txt").read_text().strip()
        self.assertIn(re.sub(r"(?<=perspective: ).*", "Library Readers", golden), self.output)

    def test_quickstart_can_be_run_again_at_once_and_ends_on_ctrl_c(self):
        process = quickstart(self.folder / "demo", "--demo", RESPONSES)
        said = ""
        end = time.monotonic() + LIMIT_S
        while "Visit 1 of" not in said and process.poll() is None and time.monotonic() < end:
            said += process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)[0]
        self.assertEqual(process.returncode, 130, said + rest)
        self.assertEqual(processes_that_name(self.folder), [])

    def test_quickstart_deletes_nothing_that_it_did_not_make(self):
        own = self.folder / "mine"
        own.mkdir()
        (own / "letter.txt").write_text("dear")
        process = quickstart(own, "--demo", RESPONSES)
        said = process.communicate(timeout=60)[0]
        self.assertEqual(process.returncode, 1)
        self.assertIn("--folder", said)
        self.assertEqual((own / "letter.txt").read_text(), "dear")

    def test_quickstart_says_what_is_wrong_with_a_file_of_responses(self):
        for name, content, complaint in (("gone.json", None, "cannot be read"), ("torn.json", "{", "is no JSON"),
                                         ("none.json", "{}", "holds no visits"),
                                         ("other.json", '{"q": [{"answers": {}}]}', "no questionnaire of that name")):
            with self.subTest(name=name):
                path = self.folder / name
                if content is not None:
                    path.write_text(content)
                process = quickstart(self.folder / "demo", "--demo", path)
                said = process.communicate(timeout=60)[0]
                self.assertEqual(process.returncode, 1)
                self.assertIn(complaint, said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
