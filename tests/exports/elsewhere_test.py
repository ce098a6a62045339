"""Other people's programs read the same values, labels and absences in an export as its CSV and codebook have."""

import csv
import os
import subprocess
import tempfile
import unittest
from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree

STEMS = [f"{name}.{language}" for name in ("children-and-young-people", "victims") for language in ("en", "cy")]
DDI = "{ddi:codebook:2_5}"
MOST_LABEL_BYTES, MOST_VALUE_LABEL_BYTES = 255, 120  # of SPSS
R_READS = """
d <- haven::read_sav(commandArgs(TRUE)[1], user_na = TRUE)
for (name in names(d)) {
  x <- d[[name]]
  cat("variable", name, attr(x, "label"), sep = "\\t"); cat("\\n")
  labels <- attr(x, "labels")
  for (i in seq_along(labels)) { cat("label", labels[[i]], names(labels)[i], sep = "\\t"); cat("\\n") }
  cat("missing", attr(x, "na_range"), sep = "\\t"); cat("\\n")
  cat("cases", as.numeric(unclass(x)), sep = "\\t"); cat("\\n")
  cat("absent", as.integer(is.na(x)), sep = "\\t"); cat("\\n")
}
"""


def run(*words, **what):
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, **what)
    if done.returncode != 0:
        raise AssertionError(f"{words[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def cut(text, most):
    return text.encode()[:most].decode(errors="ignore")


class Expected:
    """As our CSV and codebook have it."""

    def __init__(self, stem):
        with open(f"{stem}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        self.names, self.rows = rows[0], [[int(code) for code in row] for row in rows[1:]]
        self.labels, self.questions = defaultdict(dict), {}
        with open(f"{stem}.codebook.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self.labels[row["variable"]][int(row["code"])] = row["label"]
                self.questions[row["variable"]] = row["question"]

    def column(self, name):
        place = self.names.index(name)
        return [row[place] for row in self.rows]


class Elsewhere(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="perspective-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        run(os.environ["PERSPECTIVE_EXPORT_FILES"], str(cls.folder))
        cls.expected = {stem: Expected(cls.folder / stem) for stem in STEMS}

    def each(self):
        for stem, expected in self.expected.items():
            with self.subTest(stem=stem):
                self.assertGreater(len(expected.rows), 4)
                yield stem, expected

    def pspp(self, stem, options):
        """What PSPP writes as CSV of what it read."""
        syntax = self.folder / "convert.sps"
        out = self.folder / "out.csv"
        syntax.write_text(f"GET FILE='{self.folder / stem}.sav'.\n"
                          f"SAVE TRANSLATE /OUTFILE='{out}' /TYPE=CSV /REPLACE /FIELDNAMES {options}.\n")
        run("pspp", "--batch", str(syntax))
        with open(out, encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def test_pspp_reads_the_same_values(self):
        for stem, expected in self.each():
            rows = self.pspp(stem, "/CELLS=VALUES")
            self.assertEqual(rows[0], expected.names)
            self.assertEqual([[int(value) for value in row] for row in rows[1:]], expected.rows)

    def test_pspp_reads_the_same_labels(self):
        for stem, expected in self.each():
            for ours, theirs in zip(expected.rows, self.pspp(stem, "/CELLS=LABELS")[1:], strict=True):
                for name, code, label in zip(expected.names, ours, theirs, strict=True):
                    self.assertEqual(label, cut(expected.labels[name][code], MOST_VALUE_LABEL_BYTES))

    def test_pspp_takes_each_kind_of_absence_for_missing_and_nothing_else(self):
        for stem, expected in self.each():
            for ours, theirs in zip(expected.rows, self.pspp(stem, "/MISSING=RECODE /CELLS=VALUES")[1:], strict=True):
                self.assertEqual([value.strip() == "" for value in theirs], [code < 0 for code in ours])

    def test_readstat_reads_the_same_values(self):
        for stem, expected in self.each():
            out = self.folder / "readstat.csv"
            out.unlink(missing_ok=True)
            run("readstat", str(self.folder / f"{stem}.sav"), str(out))
            with open(out, encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            self.assertEqual(rows[0], expected.names)
            values = [[None if value == "" else round(float(value)) for value in row] for row in rows[1:]]
            self.assertEqual(values, expected.rows)

    def test_haven_reads_the_same_values_labels_and_absences(self):
        for stem, expected in self.each():
            name, seen = None, set()
            for line in run("Rscript", "-e", R_READS, str(self.folder / f"{stem}.sav")).splitlines():
                kind, *fields = line.split("\t")
                if kind == "variable":
                    name, found = fields[0], {}
                    seen.add(name)
                    self.assertEqual(fields[1], cut(expected.questions[name], MOST_LABEL_BYTES))
                elif kind == "label":
                    found[int(fields[0])] = fields[1]
                elif kind == "missing":
                    self.assertEqual(float(fields[1]), -1)
                    self.assertEqual(found, {code: cut(label, MOST_VALUE_LABEL_BYTES)
                                             for code, label in expected.labels[name].items()})
                elif kind == "cases":
                    self.assertEqual([int(value) for value in fields], expected.column(name))
                elif kind == "absent":
                    self.assertEqual([value == "1" for value in fields], [code < 0 for code in expected.column(name)])
            self.assertEqual(seen, set(expected.names))

    def test_ddi_describes_the_columns_of_the_csv_with_every_code_and_how_many_have_it(self):
        for stem, expected in self.each():
            book = ElementTree.parse(self.folder / f"{stem}.ddi.xml").getroot()
            self.assertEqual(book.findtext(f"{DDI}fileDscr/{DDI}fileTxt/{DDI}fileName"), f"{stem}.csv")
            self.assertEqual(int(book.find(f".//{DDI}caseQnty").text), len(expected.rows))
            variables = book.findall(f"{DDI}dataDscr/{DDI}var")
            self.assertEqual([one.get("name") for one in variables], expected.names)
            for one in variables:
                name = one.get("name")
                self.assertEqual(one.findtext(f"{DDI}labl"), expected.questions[name])
                counts = Counter(expected.column(name))
                categories = {int(each.findtext(f"{DDI}catValu")): each for each in one.findall(f"{DDI}catgry")}
                self.assertEqual({code: each.findtext(f"{DDI}labl") for code, each in categories.items()},
                                 expected.labels[name])
                for code, each in categories.items():
                    self.assertEqual(each.get("missing"), "Y" if code < 0 else "N")
                    self.assertEqual(int(each.findtext(f"{DDI}catStat")), counts[code])

    def test_triple_s_describes_its_data_with_every_code(self):
        for stem, expected in self.each():
            survey = ElementTree.parse(self.folder / f"{stem}.sss").getroot()
            record = survey.find("survey/record")
            with open(self.folder / record.get("href"), encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))[int(record.get("skip")):]
            self.assertEqual(len(rows), len(expected.rows))
            for one in record.findall("variable"):
                name, place = one.findtext("name"), int(one.find("position").get("start")) - 1
                labels = {int(value.get("code")): value.text for value in one.findall("values/value")}
                self.assertGreaterEqual(min(labels), 0)
                self.assertEqual([labels[int(row[place])] for row in rows],
                                 [expected.labels[name][code] for code in expected.column(name)])


if __name__ == "__main__":
    unittest.main()
