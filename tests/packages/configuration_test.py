"""The packaged configuration files: every key that the programs know is explained, each example is one that they take."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("PERSPECTIVE_PROGRAMS", TOP / "build/dev/bin"))
OPTION = re.compile(r"^ +(?:-\w,)?--([a-z-]+)(?:.*?\[=?([^\]]*)\])?", re.MULTILINE)
SETTING = re.compile(r"^#?([a-z-]+) = (.+)$", re.MULTILINE)
NOT_FOR_FILES = {"help", "version", "config", "hook"}


def run(program, *words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PERSPECTIVE_")}
    return subprocess.run([PROGRAMS / program, *words], env=environment, capture_output=True, text=True, timeout=30,
                          stdin=subprocess.DEVNULL, check=False)


def options_of(program, *words):
    said = run(program, *words, "--help").stdout
    options = said.partition("Options:")[2].partition("Subcommands:")[0]
    return {name: default for name, default in OPTION.findall(options) if name not in NOT_FOR_FILES}


class Configuration(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def file(self, text):
        path = self.folder / "a.conf"
        path.write_text(text)
        return path

    def check_keys(self, name, options):
        text = (TOP / "installer/packages" / name).read_text()
        settings = dict(SETTING.findall(text))
        self.assertEqual(set(settings), set(options))
        for key, default in options.items():
            if default.isdigit():
                self.assertEqual(settings[key], default, f"{name}: {key} is explained with another value than it has")
        return re.sub(r"^#(?=[a-z-]+ = )", "", text, flags=re.MULTILINE)

    def test_of_the_kiosk(self):
        whole = self.check_keys("kiosk/kiosk.conf", options_of("perspective-kiosk"))
        whole = whole.replace("state = /var/lib/perspective-kiosk", f"state = {self.folder}")
        said = run("perspective-kiosk", "--config", self.file(whole), "status")
        self.assertEqual(said.returncode, 3, said.stderr)  # not enrolled: it was taken

    def test_of_the_collector(self):
        options = {**options_of("perspective-collector", "serve"), "data": ""}
        whole = self.check_keys("collector/collector.conf", options)
        whole = whole.replace("data = /var/lib/perspective-collector/data", f"data = {self.folder / 'none'}")
        said = run("perspective-collector", "--config", self.file(whole), "serve")
        self.assertIn(f"there is no collector in {self.folder / 'none'}", said.stderr)

    def test_a_key_that_is_none_is_refused_with_its_line(self):
        for program, words in (("perspective-kiosk", ["status"]), ("perspective-collector", ["inspection", "list"])):
            path = self.file("# mine\nsuond = loudspeaker\n")
            said = run(program, "--config", path, *words)
            self.assertEqual(said.returncode, 2, said.stderr)
            self.assertIn(f"{path}:2: there is no key 'suond'", said.stderr)

    def test_a_value_that_is_none_is_refused_with_its_line(self):
        path = self.file(f"state = {self.folder}\nviewing-mm = 20\n")
        said = run("perspective-kiosk", "--config", path, "status")
        self.assertEqual(said.returncode, 2, said.stderr)
        self.assertIn(f"{path}:2: 'viewing-mm' cannot be '20'", said.stderr)

    def test_the_command_line_prevails(self):
        path = self.file(f"data = {self.folder / 'one'}\n")
        said = run("perspective-collector", "--config", path, "--data", self.folder / "other", "serve")
        self.assertIn(f"there is no collector in {self.folder / 'other'}", said.stderr)

    def test_a_kiosk_without_a_folder_says_how_to_name_it(self):
        said = run("perspective-kiosk", "status")
        self.assertEqual(said.returncode, 2)
        self.assertIn("--state", said.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
