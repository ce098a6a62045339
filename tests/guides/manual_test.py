"""The manual pages that the build made: sound for groff and mandoc, and with every command and option that the programs have."""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

PROGRAMS = Path(os.environ["PERSPECTIVE_PROGRAMS"])
PAGES = PROGRAMS.parent / "man"
NAMES = ("perspective-kiosk", "perspective-collector")
ELSEWHERE = {"systemd-creds"}


def said_by(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True, timeout=60).stdout


def help_of(program, words=()):
    """(words, what is said) of it and of all that is below it."""
    said = said_by(PROGRAMS / program, *words, "--help")
    yield list(words), said
    below = said.split("Subcommands:\n")[1:]
    for name in re.findall(r"^  ([a-z][a-z-]*)", below[0].split("\n\n")[0], re.MULTILINE) if below else ():
        yield from help_of(program, [*words, name])


def rendered(page):
    return said_by("groff", "-man", "-Tascii", "-P-cbou", "-rLL=2000n", page)


class TheManual(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = {page.stem: page for page in sorted(PAGES.glob("*.1"))}
        cls.texts = {name: rendered(page) for name, page in cls.pages.items()}

    def page_with(self, program, words):
        group = f"{program}-{words[0]}" if words else program
        return self.texts.get(group, self.texts[program])

    def test_groff_and_mandoc_find_nothing_wrong_with_it(self):
        self.assertGreater(len(self.pages), 8)
        for name, page in self.pages.items():
            checked = subprocess.run(["groff", "-man", "-ww", "-Tutf8", page], capture_output=True, text=True, check=True)
            self.assertEqual(checked.stderr, "", name)
            lint = subprocess.run(["mandoc", "-Tlint", page], capture_output=True, text=True, check=False)
            self.assertEqual(lint.stdout, "", name)

    def test_has_every_command_and_every_option_that_a_program_has(self):
        count = 0
        for program in NAMES:
            for words, said in help_of(program):
                text = self.page_with(program, words)
                if words and f"{program}-{words[-1]}" not in self.texts:
                    self.assertRegex(text, rf"(?m)^ +{' '.join(words)}$")
                for option in re.findall(r"^ +(?:-\w,)?(--[a-z-]+)", said.split("\nExample")[0], re.MULTILINE):
                    if option != "--help":
                        self.assertRegex(text, rf"(?m)^ +{option}\b", f"{program} {words}")
                        count += 1
        self.assertGreater(count, 100)

    def test_has_the_parts_that_people_look_for(self):
        for program in NAMES:
            for heading in ("NAME", "SYNOPSIS", "DESCRIPTION", "FILES", "ENVIRONMENT", "SECURITY", "EXIT STATUS", "SEE ALSO"):
                self.assertIn(f"\n{heading}\n", "\n" + self.texts[program], program)

    def test_sends_nobody_to_a_page_that_is_not_there(self):
        for name, page in self.pages.items():
            for other in re.findall(r"([a-z][a-z-]+)\(1\)", self.texts[name]):
                self.assertIn(other, {*self.pages, *ELSEWHERE}, name)

    def test_names_no_folder_of_whoever_built_it(self):
        for name, text in self.texts.items():
            self.assertNotRegex(text, r"/root/|/home/", name)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
