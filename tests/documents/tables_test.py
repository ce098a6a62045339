"""Spreadsheet programs read every cell of a workbook as it went in; nothing of it was on a disk while it was made."""

import csv
import json
import os
import re
import unittest
import zipfile
from pathlib import Path

import openpyxl

from office import ODF, Office, complaints_of_container, flat_sheets, pages_of, run

STEMS = [*[f"{name}.{language}" for name in ("release", "full", "beside") for language in ("en", "cy")], "awkward-workbook"]
COLUMNS = ["inspection", "questionnaire", "version", "respondents", "finding", "on", "question", "counted", "hangs_on",
           "relation", "says", "whom", "count", "of", "said"]


def expected_rows(sheet):
    """Without what is empty at the ends."""
    rows = [[line] for line in (sheet["mark"], sheet["heading"]) if line] + [sheet["heads"], *sheet["rows"]]
    rows = [list(row) for row in rows]
    for row in rows:
        while row and row[-1] in (None, ""):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return [[None if cell == "" else cell for cell in row] for row in rows]


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(cls)
        cls.office.make()
        cls.files = [cls.office.folder / f"{stem}.{form}" for stem in STEMS for form in ("xlsx", "ods")]
        cls.office.convert("fods", cls.files)

    def each(self):
        for path in self.files:
            with self.subTest(file=path.name):
                expected = self.office.expected(path.stem)
                self.assertGreater(len(expected["sheets"]), 1)
                yield path, expected

    def test_the_containers_are_sound(self):
        for path, _ in self.each():
            self.assertEqual(complaints_of_container(path), [])

    def test_libreoffice_reads_every_cell(self):
        for path, expected in self.each():
            self.assertEqual(flat_sheets(self.office.converted("fods", path)),
                             {sheet["name"]: expected_rows(sheet) for sheet in expected["sheets"]})

    def test_openpyxl_reads_every_cell_and_what_the_sheet_is_like(self):
        for stem in STEMS:
            with self.subTest(stem=stem):
                book = openpyxl.load_workbook(self.office.folder / f"{stem}.xlsx")
                expected = self.office.expected(stem)
                self.assertEqual(book.sheetnames, [sheet["name"] for sheet in expected["sheets"]])
                self.assertEqual(book.properties.title, expected["title"])
                for sheet in expected["sheets"]:
                    self.check_sheet(book[sheet["name"]], sheet)

    def check_sheet(self, found, sheet):
        rows = [[cell.value for cell in row] for row in found.iter_rows()]
        for row in rows:
            while row and row[-1] is None:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        self.assertEqual(rows, expected_rows(sheet))
        self.assertEqual({cell.data_type for row in found.iter_rows() for cell in row} - {"n", "s"}, set())
        head = 1 + bool(sheet["mark"]) + bool(sheet["heading"])
        self.assertEqual(found.freeze_panes, f"A{head + 1}")
        self.assertEqual(found.print_title_rows, f"${head}:${head}")
        if sheet["mark"]:
            self.assertEqual(found.oddHeader.center.text, sheet["mark"].replace("&", "&&"))
            self.assertEqual(found.oddFooter.center.text, sheet["mark"].replace("&", "&&"))

    def test_every_page_of_the_full_tally_is_marked(self):
        files = [path for path in self.files if path.stem.startswith("full")]
        self.office.convert("pdf", files)
        for path in files:
            with self.subTest(file=path.name):
                mark = self.office.expected(path.stem)["sheets"][0]["mark"]
                pages = pages_of(self.office.converted("pdf", path))
                self.assertGreater(len(pages), 4)
                for page in pages:
                    self.assertGreaterEqual(page.count(mark), 2)

    def test_a_release_has_no_mark_and_a_full_tally_one_on_each_sheet(self):
        for stem in STEMS:
            marks = {sheet["mark"] != "" for sheet in self.office.expected(stem)["sheets"]}
            if not stem.startswith("awkward"):
                self.assertEqual(marks, {stem.startswith("full")})

    def test_an_open_document_speaks_its_language(self):
        for stem in STEMS:
            with self.subTest(stem=stem), zipfile.ZipFile(self.office.folder / f"{stem}.ods") as container:
                self.assertIn(f'fo:language="{self.office.expected(stem)["language"]}" fo:country="GB"',
                              container.read("styles.xml").decode())
                self.assertNotIn(ODF["table"] + "formula", container.read("content.xml").decode())


EDGE = 4  # of a band: rule C


class Release(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(cls)
        cls.office.make()

    def each(self):
        for language in ("en", "cy"):
            with self.subTest(language=language):
                sheets = self.office.expected(f"release.{language}")["sheets"][1:]
                yield language, [row for sheet in sheets for row in sheet["rows"]]

    def csv_of(self, name):
        with open(self.office.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_has_a_row_for_each_finding_and_says_something_on_most(self):
        frozen = json.loads((self.office.folder / "release.en.frozen.json").read_text())
        findings = [one["finding"] for part in frozen["parts"] for one in part["statements"]]
        self.assertEqual(len(findings), 31)
        for language, rows in self.each():
            self.assertEqual([row[0] for row in rows if row[0] != "needs_considered"],
                             [one for one in findings if one != "needs_considered"])
            self.assertEqual(sum(row[0] == "needs_considered" for row in rows), 2)  # the inspector states it, too
            nothing = {"en": "Nothing is said", "cy": "Ni ddywedir dim"}[language]
            self.assertEqual(len({row[0] for row in rows if row[5] != nothing}), 23)

    def test_the_csv_has_the_same_as_the_workbook(self):
        for language, rows in self.each():
            found = self.csv_of(f"release.{language}.csv")
            self.assertEqual(list(found[0]), COLUMNS)
            self.assertEqual(
                [[one["finding"], one["on"], one["question"], one["counted"], one["count"], one["of"]] for one in found],
                [[*row[:4], *["" if cell is None else str(cell) for cell in row[6:8]]] for row in rows])
            for one, row in zip(found, rows, strict=True):
                self.assertEqual(one["said"] == "", one["says"] == "nothing")
                if one["said"]:
                    self.assertEqual(one["said"], row[5])

    def test_the_codebook_explains_every_column_and_name(self):
        for language, _ in self.each():
            book = {(one["column"], one["name"]): one["meaning"] for one in
                    self.csv_of(f"release.{language}.codebook.csv")}
            self.assertTrue(all(book.values()))
            for one in self.csv_of(f"release.{language}.csv"):
                for column in ("relation", "says", "whom"):
                    self.assertIn((column, one[column]), {*book, ("relation", "")})
            self.assertEqual([column for column, name in book if name == ""], COLUMNS)

    def test_the_json_has_the_frozen_release_byte_for_byte_and_the_same_words(self):
        for language, rows in self.each():
            text = (self.office.folder / f"release.{language}.json").read_text()
            self.assertIn((self.office.folder / f"release.{language}.frozen.json").read_text(), text)
            findings = [one for part in json.loads(text)["questionnaires"] for one in part["findings"]]
            self.assertEqual([one["finding"] for one in findings], [row[0] for row in rows])
            for one, row in zip(findings, rows, strict=True):
                if one["said"]:
                    self.assertEqual(one["said"], row[5])

    def test_nothing_that_a_release_does_not_print_is_in_any_file_of_it(self):
        frozen = json.loads((self.office.folder / "release.en.frozen.json").read_text())
        printed = {str(number) for part in frozen["parts"] for one in part["statements"] + part["stated_more"]
                   for number in (one.get("count"), one.get("of"), one.get("base")) if number is not None}
        edges = {str(one["of"] - EDGE) for part in frozen["parts"] for one in part["statements"]
                 if one["says"] == "all_or_nearly_all" and one.get("of") is not None}
        self.assertTrue(edges)
        for language, rows in self.each():
            numbers = {str(cell) for row in rows for cell in row[6:8] if cell is not None}
            self.assertLessEqual(numbers, printed)
            self.assertLessEqual({number for row in rows for number in re.findall(r"\d+", row[5])}, printed | edges)


class Traces(unittest.TestCase):
    """strace sees every file that is opened for writing, also one that is deleted at once."""

    def test_nothing_of_a_workbook_was_on_a_disk(self):
        office = Office(self.__class__)
        self.addCleanup(self.__class__.doClassCleanups)
        trace = office.theirs / "trace"
        elsewhere = office.theirs / "elsewhere"
        elsewhere.mkdir()
        run("strace", "-f", "-s", "4096", "-e", "trace=open,openat,openat2,creat,mknod,mknodat,rename,renameat,renameat2",
            "-o", trace, "env", f"TMPDIR={elsewhere}", "RUNTIME_DIRECTORY=", "XDG_RUNTIME_DIR=",
            os.environ["PERSPECTIVE_DOCUMENT_FILES"], office.folder)
        written = [found.group(1) for found in
                   re.finditer(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)", [^)]*O_(?:WRONLY|RDWR)', trace.read_text())]
        own = [path for path in written if path.startswith(f"{office.folder}/")]
        in_memory = [path for path in written if re.match(r"/dev/shm/perspective-workbook-\w+/|/proc/self/fd/\d+$", path)]
        self.assertGreater(len(own), 20)
        self.assertGreater(sum("/dev/shm/" in path for path in in_memory), 20)
        self.assertEqual(set(written) - set(own) - set(in_memory), set())
        folders = {Path(path).parent for path in in_memory if "/dev/shm/" in path}
        self.assertEqual([folder for folder in folders if folder.exists()], [])


if __name__ == "__main__":
    unittest.main()
