"""One inspection beside those of its programme: its four files say the same, value for value, as went in; read by LibreOffice
and openpyxl, in both languages."""

import csv
import json
import unittest

import openpyxl

from office import Office, flat_sheets, run

COLUMNS = ["programme", "inspection", "questionnaire", "version", "kind", "name", "theme", "on", "question", "counted", "lowest",
           "highest", "average", "here", "said"]
NOTHING = {"en": "Nothing is said", "cy": "Ni ddywedir dim"}
FORMULA_SIGNS = "=+-@\t\r"


def safe(words):
    """As a CSV has it: no spreadsheet takes it for a formula."""
    return "'" + words if words.startswith(tuple(FORMULA_SIGNS)) else words


def without_ends(row):
    row = [None if cell == "" else cell for cell in row]
    while row and row[-1] is None:
        row.pop()
    return row


class Beside(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.office = Office(cls)
        cls.office.make()
        cls.workbooks = [cls.office.folder / f"beside.{language}.{form}" for language in NOTHING for form in ("xlsx", "ods")]
        cls.office.convert("fods", cls.workbooks)

    def each(self):
        for language in NOTHING:
            with self.subTest(language=language):
                given = json.loads((self.office.folder / f"beside.{language}.given.json").read_text())
                self.assertEqual([len(part["rows"]) for part in given["parts"]], [25, 7])
                yield language, given

    def sheets_of(self, language, given):
        """Theme by theme, then questionnaire by questionnaire: what stands under the heads."""
        names = {"": "", **dict(given["themes"])}
        scores = [without_ends([names[theme], *figures, comment]) for theme, figures, comment in given["scores"]]
        parts = [[without_ends([names[theme], on, question, "; ".join(counted), finding, *figures, words or NOTHING[language]])
                  for finding, theme, on, question, counted, words, figures in part["rows"]] for part in given["parts"]]
        return [scores, *parts]

    def test_libreoffice_and_openpyxl_read_in_both_workbooks_what_went_in(self):
        for language, given in self.each():
            wanted = self.sheets_of(language, given)
            for form in ("xlsx", "ods"):
                path = self.office.folder / f"beside.{language}.{form}"
                sheets = list(flat_sheets(self.office.converted("fods", path)).values())
                self.assertEqual([[without_ends(row) for row in sheet[1:]] for sheet in sheets[1:]], wanted, path.name)
                self.check_about(given, sheets[0])
            book = openpyxl.load_workbook(self.office.folder / f"beside.{language}.xlsx")
            sheets = [[without_ends([cell.value for cell in row]) for row in sheet.iter_rows()] for sheet in book]
            self.assertEqual([sheet[1:] for sheet in sheets[1:]], wanted)
            self.check_about(given, sheets[0])

    def check_about(self, given, sheet):
        said = [row[1] for row in sheet if len(row) > 1]
        for wanted in (f"{given['area']} ({given['inspection']})", f"{given['title']} ({given['programme']})", given["printed_on"],
                       *[str(part["services"]) for part in given["parts"]]):
            self.assertIn(wanted, said)
        notes = json.loads((self.office.folder / f"beside.{'cy' if given['is_draft'] else 'en'}.json").read_text())["notes"]
        self.assertEqual(said[-len(notes):], notes)

    def test_the_csv_has_a_row_for_each_theme_and_finding(self):
        for language, given in self.each():
            names = {"": "", **dict(given["themes"])}
            own = [given["programme"], given["inspection"]]
            wanted = [[*own, "", "", "score", theme, theme, safe(names[theme]), "", "", *figures, comment]
                      for theme, figures, comment in given["scores"]]
            wanted += [[*own, part["questionnaire"], part["version"], "finding", finding, theme, on, question, "; ".join(counted),
                        *figures, words]
                       for part in given["parts"] for finding, theme, on, question, counted, words, figures in part["rows"]]
            wanted = [["" if cell is None else str(cell) for cell in row] for row in wanted]
            path = self.office.folder / f"beside.{language}.csv"
            with open(path, encoding="utf-8", newline="") as file:
                self.assertEqual(list(csv.reader(file)), [COLUMNS, *wanted])
            self.assertEqual(self.as_libreoffice_reads(path), [COLUMNS, *wanted])

    def as_libreoffice_reads(self, path):
        run("soffice", f"-env:UserInstallation=file://{self.office.profile}", "--headless", "--infilter=CSV:44,34,76", "--convert-to",
            "fods", "--outdir", self.office.theirs, path, timeout=200)
        (rows,) = flat_sheets(self.office.theirs / f"{path.stem}.fods").values()
        rows = [["" if cell is None else str(int(cell)) if isinstance(cell, float) else cell for cell in row] for row in rows]
        return [row + [""] * (len(COLUMNS) - len(row)) for row in rows]

    def test_the_json_has_what_went_in(self):
        for language, given in self.each():
            found = json.loads((self.office.folder / f"beside.{language}.json").read_text())
            self.assertEqual(found["language"], language)
            for name in ("programme", "title", "printed_on", "inspection", "area", "is_draft"):
                self.assertEqual(found[name], given[name], name)
            self.assertEqual([[one["id"], one["name"]] for one in found["themes"]], given["themes"])
            figures = lambda one: [one["lowest"], one["highest"], one["average"], one["here"]]  # noqa: E731
            self.assertEqual([[one["theme"], figures(one), one["comment"]] for one in found["scores"]], given["scores"])
            for part, wanted in zip(found["parts"], given["parts"], strict=True):
                rows = [[one["finding"], one["theme"], one["on"], one["question"], one["counted"], one["said"], figures(one)]
                        for one in part.pop("rows")]
                self.assertEqual(rows, wanted.pop("rows"))
                self.assertEqual(part, wanted)


if __name__ == "__main__":
    unittest.main()
