"""The supervisor's sheet, in each language: one tagged page, as its source has it; buttons have the names that the screen has."""

import json
import re
import subprocess
import sys
import unittest
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
GUIDES = TOP / "guides"
LANGUAGES = ("en", "cy")
NO_WORDS = ("style", "title", "script")


class Source(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.text, self.buttons, self.alternatives, self.pictures, self.language, self.title = "", [], [], [], "", ""
        self.within = []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "html":
            self.language = named["lang"]
        elif tag == "img":
            self.alternatives.append(named.get("alt", ""))
            self.pictures.append(named["src"])
        if tag not in ("img", "meta", "link"):
            self.within.append(tag)
            if tag == "b":
                self.buttons.append("")

    def handle_endtag(self, tag):
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data):
        if "title" in self.within:
            self.title += data
        if not set(NO_WORDS) & set(self.within):
            self.text += data
        if self.within[-1:] == ["b"]:
            self.buttons[-1] += data


def said_by(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True).stdout


def words_of(text):
    return Counter(re.sub(r"[\u2022.]", " ", text.replace("\u00a0", " ")).split())


class TheSheet(unittest.TestCase):
    def each(self):
        for language in LANGUAGES:
            yield language, GUIDES / f"supervisor.{language}.pdf", Source(GUIDES / "supervisor" / f"{language}.html")

    def test_is_one_tagged_page_of_a4_with_its_title(self):
        for _, sheet, source in self.each():
            facts = dict(re.findall(r"^([^:]+): +(.*)$", said_by("pdfinfo", sheet), re.MULTILINE))
            self.assertEqual((facts["Pages"], facts["Tagged"], facts["Title"]), ("1", "yes", source.title))
            self.assertIn("(A4)", facts["Page size"])

    def test_has_headings_lists_and_each_picture_with_its_words_for_whoever_listens(self):
        for _, sheet, source in self.each():
            structure = said_by("pdfinfo", "-struct-text", sheet)
            self.assertIn("H1", structure)
            self.assertGreaterEqual(structure.count("H2"), 4)
            self.assertIn("LI", structure)
            self.assertEqual(structure.count("Figure"), len(source.pictures))
            for alternative in source.alternatives:
                self.assertGreater(len(alternative), 20)
            marked = said_by("pdfinfo", "-struct", sheet)
            self.assertIn("Figure", marked)

    def test_was_printed_from_its_source_as_it_is(self):
        """Else: installer/demo/supervisor_sheets.py --print-only."""
        for _, sheet, source in self.each():
            self.assertEqual(words_of(said_by("pdftotext", "-layout", sheet, "-")), words_of(source.text))

    def test_calls_buttons_what_the_screen_calls_them(self):
        for language, _, source in self.each():
            texts = json.loads((TOP / "assets" / "texts" / f"{language}.json").read_text())
            names = {text for text in texts.values() if isinstance(text, str)}
            self.assertGreaterEqual(len(source.buttons), 8)
            self.assertEqual([button for button in source.buttons if button not in names], [])

    def test_says_the_same_in_each_language(self):
        shapes = [(len(source.buttons), len(source.pictures), source.text.count("999")) for _, _, source in self.each()]
        self.assertEqual(len(set(shapes)), 1, shapes)

    def test_has_its_pictures(self):
        for language, _, source in self.each():
            self.assertEqual(source.language, language)
            for picture in source.pictures:
                self.assertTrue((GUIDES / "supervisor" / picture).exists(), picture)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
