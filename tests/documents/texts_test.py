"""Word processors read the same paragraphs, styles, language, figures and marks in a text as went into it."""

import json
import re
import unittest
import zipfile
from xml.etree import ElementTree

from office import ODF, W, FlatText, Office, complaints_of_container, pages_of, run

STEMS = [f"{name}.{language}" for name in ("section", "awkward") for language in ("en", "cy")]
STYLES = {"docx": {"mark": "PerspectiveMark", "title": "Title", "heading": "Heading 1", "text": "Text body",
                   "note": "PerspectiveNote", "caption": "caption"},
          "odt": {"mark": "PerspectiveMark", "title": "Title", "heading": "Heading 1", "text": "Text body",
                  "note": "PerspectiveNote", "caption": "Caption"}}
LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}
# The order that the schema of ISO/IEC 29500-1 gives to what we write.
ORDER = {"pPr": ["pStyle", "keepNext", "keepLines", "bidi", "jc"], "rPr": ["b", "rtl"],
         "sdt": ["sdtPr", "sdtContent"], "tbl": ["tblPr", "tblGrid", "tr"], "tr": ["trPr", "tc"], "tc": ["tcPr", "p"],
         "tblPr": ["tblStyle", "bidiVisual", "tblW", "tblBorders", "tblLook", "tblCaption"],
         "sectPr": ["headerReference", "footerReference", "pgSz", "pgMar", "titlePg"]}


def words(block):
    return "".join(run["text"] for run in block["runs"])


def written(document):
    """Without the marks that are on each page."""
    return [one for one in document["blocks"] if one["kind"] != "mark" or words(one) != document["page_mark"]]


def expected_blocks(document, styles):
    """As FlatText has them."""
    for block in written(document):
        if block["kind"] != "table":
            yield styles[block["kind"]], "1" if block["kind"] == "heading" else None, words(block)
            continue
        if block["caption"]:
            yield styles["caption"], None, block["caption"]
        yield "table", [block["head"]], [block["head"], *block["rows"]]


class Texts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(cls)
        cls.office.make()
        cls.files = [cls.office.folder / f"{stem}.{form}" for stem in STEMS for form in ("docx", "odt")]
        cls.office.convert("fodt", cls.files)
        cls.office.convert("pdf", cls.files)

    def each(self):
        for path in self.files:
            with self.subTest(file=path.name):
                expected = self.office.expected(path.stem)
                self.assertGreater(len(expected["blocks"]), 5)
                yield path, expected

    def test_the_containers_are_sound(self):
        for path, _ in self.each():
            self.assertEqual(complaints_of_container(path), [])

    def test_libreoffice_reads_every_paragraph_and_table_in_its_style(self):
        for path, expected in self.each():
            flat = FlatText(self.office.converted("fodt", path))
            found = [block for block in flat.blocks if block[2] != ""]
            self.assertEqual(found, list(expected_blocks(expected, STYLES[path.suffix[1:]])))

    def test_libreoffice_reads_language_and_title(self):
        for path, expected in self.each():
            flat = FlatText(self.office.converted("fodt", path))
            self.assertEqual(flat.language(), LANGUAGES[expected["language"]])
            self.assertEqual(flat.root.findtext(".//{http://purl.org/dc/elements/1.1/}title"), expected["title"])

    def test_the_mark_is_at_head_and_foot_of_every_page(self):
        for path, expected in self.each():
            pages = pages_of(self.office.converted("pdf", path))
            mark = " ".join(expected["page_mark"].split())
            self.assertEqual([page.count(mark) for page in pages], [2] * len(pages))
            self.assertTrue(all(page.startswith(mark) for page in pages))
            if path.stem.startswith("section"):
                self.assertGreater(len(pages), 1)

    def test_the_pages_have_every_paragraph(self):
        for path, expected in self.each():
            mark = " ".join(expected["page_mark"].split())
            pages = [re.sub(r"\s\d+$", "", page.replace(mark, "").strip())
                     for page in pages_of(self.office.converted("pdf", path))]
            printed = "".join("".join(pages).split())
            for block in written(expected):
                if block["kind"] != "table":
                    self.assertIn("".join(words(block).split()), printed)

    def test_nothing_tells_who_wrote_it_and_when(self):
        for path, expected in self.each():
            with zipfile.ZipFile(path) as container:
                about = container.read("docProps/core.xml" if path.suffix == ".docx" else "meta.xml")
            said = {node.tag.rsplit("}")[-1]: node.text for node in ElementTree.fromstring(about).iter()
                    if node.text and node.text.strip()}
            self.assertEqual(said.pop("generator", "Perspective"), "Perspective")
            self.assertEqual(said, {"title": expected["title"], "language": LANGUAGES[expected["language"]]})

    def test_plain_text_has_one_paragraph_a_line(self):
        for stem in ("section.en", "section.cy"):
            expected = self.office.expected(stem)
            lines = (self.office.folder / f"{stem}.txt").read_text().split("\n\n")
            self.assertEqual([line.rstrip("\n") for line in lines],
                             [words(one) for one in expected["blocks"]])
            self.assertEqual({lines[0], lines[-1].rstrip("\n")}, {expected["page_mark"]})


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(cls)
        cls.office.make()

    def expected(self, stem):
        figures = [(run["cell"], run["text"]) for block in self.office.expected(stem)["blocks"]
                   for run in block.get("runs", []) if run["cell"]]
        self.assertGreater(len(figures), 2)
        return figures

    def test_each_stands_in_a_content_control_of_its_cell(self):
        for stem in STEMS:
            with self.subTest(stem=stem), zipfile.ZipFile(self.office.folder / f"{stem}.docx") as container:
                root = ElementTree.fromstring(container.read("word/document.xml"))
                found = [(one.find(f"{W}sdtPr/{W}tag").get(W + "val"), "".join(one.itertext()))
                         for one in root.iter(W + "sdt")]
                self.assertEqual(found, [(cell[-64:], text) for cell, text in self.expected(stem)])
                ids = [one.get(W + "val") for one in root.iterfind(f".//{W}sdtPr/{W}id")]
                self.assertEqual(len(set(ids)), len(ids))

    def test_each_stands_in_a_bookmark_of_its_cell(self):
        for stem in STEMS:
            with self.subTest(stem=stem), zipfile.ZipFile(self.office.folder / f"{stem}.odt") as container:
                root = ElementTree.fromstring(container.read("content.xml"))
                found, names = [], set()
                for start in root.iter(ODF["text"] + "bookmark-start"):
                    name = start.get(ODF["text"] + "name")
                    self.assertNotIn(name, names)
                    names.add(name)
                    found.append((re.sub(r" \(\d+\)$", "", name), start.tail))
                self.assertEqual(found, self.expected(stem))

    def test_what_we_write_stands_in_the_order_of_the_schema(self):
        for stem in STEMS:
            with self.subTest(stem=stem), zipfile.ZipFile(self.office.folder / f"{stem}.docx") as container:
                for part in container.namelist():
                    if not re.match(r"word/(document|perspective-.*)\.xml", part):
                        continue
                    for node in ElementTree.fromstring(container.read(part)).iter():
                        order = ORDER.get(node.tag.removeprefix(W))
                        if order:
                            places = [order.index(child.tag.removeprefix(W)) for child in node]
                            self.assertEqual(places, sorted(places), node.tag)


class Pandoc(unittest.TestCase):
    """A reader that is no word processor."""

    @classmethod
    def setUpClass(cls):
        cls.office = Office(cls)
        cls.office.make()

    def inline(self, node):
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            return content
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if kind == "Quoted":
            return "".join(self.inline(one) for one in content[1])
        if kind in ("Span", "Link"):
            return "".join(self.inline(one) for one in content[1])
        if kind in ("Strong", "Emph", "Underline"):
            return "".join(self.inline(one) for one in content)
        raise AssertionError(f"pandoc reads a {kind}")

    def read(self, form, stem):
        document = json.loads(run("pandoc", "-f", form, "-t", "json", self.office.folder / f"{stem}.{form}"))
        title = document["meta"].get("title", {"c": []})["c"]
        yield "title", "".join(self.inline(one) for one in title)
        for block in document["blocks"]:
            kind, content = block["t"], block["c"]
            while kind in ("Div", "BlockQuote"):
                inner = content[1] if kind == "Div" else content
                kind, content = inner[0]["t"], inner[0]["c"]
            if kind == "Header":
                self.assertEqual(content[0], 1)
                yield "heading", "".join(self.inline(one) for one in content[2])
            elif kind in ("Para", "Plain"):
                yield "text", "".join(self.inline(one) for one in content)
            else:
                raise AssertionError(f"pandoc reads a {kind}")

    def test_reads_the_same_title_headings_and_paragraphs_of_a_word_file(self):
        for stem in ("section.en", "section.cy"):
            with self.subTest(stem=stem):
                found = list(self.read("docx", stem))
                blocks = written(self.office.expected(stem))
                # A title is one to pandoc where nothing stands before it, not even that the words are a draft.
                first = blocks.pop(0) if blocks[0]["kind"] == "title" else {"runs": []}
                others = [("heading" if one["kind"] == "heading" else "text", words(one)) for one in blocks]
                self.assertEqual(found, [("title", words(first)), *others])

    def test_reads_the_same_headings_and_paragraphs_of_an_open_document(self):
        for stem in ("section.en", "section.cy"):
            with self.subTest(stem=stem):
                found = [words for _, words in self.read("odt", stem) if words]
                self.assertEqual(found, [words(one) for one in written(self.office.expected(stem))])


if __name__ == "__main__":
    unittest.main()
