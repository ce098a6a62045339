"""Whoever follows a guide notices where it is wrong: no machine of its own, and no program, is needed for that."""

import tempfile
import unittest
from pathlib import Path

import guide


def read(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "guide.md"
        path.write_text(text)
        return guide.read(path)


class AGuide(unittest.TestCase):
    def test_has_its_commands_in_order_with_their_headings_and_what_is_said_then(self):
        commands, _, headings = read("# A\n```sh\none\ntwo \\\n  more\n```\n```text\nsaid\n```\n## B\n```sh\nthree\n```\n")
        self.assertEqual([(one.heading, one.words, one.expected) for one in commands],
                         [("A", "one", []), ("A", "two \\\n  more", ["said"]), ("B", "three", [])])
        self.assertEqual(headings, ["A", "B"])

    def test_names_commands_in_its_sentences_that_somebody_must_have_tried(self):
        _, named, _ = read("Say `perspective-collector alarms --json` or `alarms`, not `systemctl stop x`.\n")
        self.assertEqual([name for _, name in named], ["perspective-collector alarms --json", "systemctl stop x"])

    def test_is_refused_with_a_block_that_nobody_would_try(self):
        for text in ("```\nx\n```\n", "```bash\nx\n```\n", "```text\nsaid by nobody\n```\n", "```sh\nno end\n"):
            with self.subTest(text=text), self.assertRaises(guide.Malformed):
                read(text)


class WhatIsSaid(unittest.TestCase):
    SAID = "first\nIt is written on 3 May.\n\nlast  \n"

    def test_is_as_the_guide_has_it_with_gaps(self):
        self.assertIsNone(guide.missing(["first", "...", "It is written on ... May.", "last"], self.SAID))

    def test_is_not_where_a_line_is_other_or_earlier_or_only_begins_so(self):
        for expected in (["second"], ["last", "first"], ["It is written"]):
            with self.subTest(expected=expected):
                self.assertEqual(guide.missing(expected, self.SAID), expected[-1])


if __name__ == "__main__":
    unittest.main(verbosity=2)
