"""A section written with a template of somebody else's: its looks are kept, its text is not."""

import struct
import unittest
import zipfile
import zlib
from xml.etree import ElementTree

from office import FO, ODF, FlatText, Office, W, complaints_of_container, pages_of, run

from texts_test import STYLES, expected_blocks

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (f'xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}" '
         'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
         'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
         'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"')
LOGO = ('<w:drawing><wp:inline><wp:extent cx="360000" cy="360000"/><wp:docPr id="1" name="Logo" descr="The logo"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        '</a:graphicData></a:graphic></wp:inline></w:drawing>')


def picture():
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    rows = b"".join(b"\0" + bytes((29, 53, 87)) * 8 for _ in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def relations(*all_of_them):
    return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in all_of_them) +
        "</Relationships>")


def style(identity, name, more):
    return f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{more}</w:style>'


def template():
    """As an inspectorate's designer leaves it: names of its own, a logo on the first page, left and right pages."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = ["document.main", "styles", "settings", "header", "comments"]
    files = ["document", "styles", "settings", "header1", "comments"]
    return {
        "[Content_Types].xml":
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" '
            'ContentType="image/png"/>' + "".join(
                f'<Override PartName="/word/{name}.xml" ContentType="{word}.{part}+xml"/>'
                for name, part in zip(files, parts, strict=True)) + "</Types>",
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"), ("rId3", "header", "header1.xml"),
            ("rId4", "comments", "comments.xml")),
        "word/_rels/header1.xml.rels": relations(("rId1", "image", "media/logo.png")),
        "word/media/logo.png": picture(),
        "word/comments.xml": f'<w:comments {NAMES}><w:comment w:id="1" w:author="A. Designer"/></w:comments>',
        "word/settings.xml": f"<w:settings {NAMES}><w:evenAndOddHeaders/></w:settings>",
        "word/header1.xml": f"<w:hdr {NAMES}><w:p><w:r>{LOGO}</w:r><w:r><w:t>HM Inspectorate</w:t></w:r></w:p></w:hdr>",
        "word/styles.xml": f"<w:styles {NAMES}>" +
            '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="36"/></w:rPr></w:rPrDefault></w:docDefaults>' +
            style("Titre", "Title", '<w:rPr><w:sz w:val="60"/></w:rPr>') +
            style("Titre1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:color w:val="AA00AA"/></w:rPr>') +
            style("Corps", "Body Text", '<w:pPr><w:spacing w:after="300"/></w:pPr>') + "</w:styles>",
        "word/document.xml":
            f"<w:document {NAMES}><w:body><w:p><w:r><w:t>Lorem ipsum</w:t></w:r></w:p><w:sectPr>"
            '<w:headerReference w:type="first" r:id="rId3"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" '
            'w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/><w:titlePg/>'
            "</w:sectPr></w:body></w:document>"}


class Templates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office(cls)
        cls.template = cls.office.theirs / "template.docx"
        with zipfile.ZipFile(cls.template, "w") as container:
            for name, content in template().items():
                container.writestr(name, content)
        cls.office.make(cls.template)
        cls.files = [cls.office.folder / f"section.{language}.docx" for language in ("en", "cy")]
        cls.office.convert("fodt", cls.files)
        cls.office.convert("pdf", cls.files)

    def each(self):
        for path in self.files:
            with self.subTest(file=path.name):
                yield path, self.office.expected(path.stem)

    def test_its_styles_carry_the_same_paragraphs(self):
        without = {**STYLES["docx"], "note": "Text body"}
        for path, expected in self.each():
            self.assertEqual(complaints_of_container(path), [])
            flat = FlatText(self.office.converted("fodt", path))
            self.assertEqual([one for one in flat.blocks if one[2]], list(expected_blocks(expected, without)))
            looks = {one.get(ODF["style"] + "name"): one.find(ODF["style"] + "text-properties")
                     for one in flat.root.iter(ODF["style"] + "style")}
            self.assertEqual(looks["Title"].get(FO + "font-size"), "30pt")
            self.assertEqual(looks["Heading_20_1"].get(FO + "color"), "#aa00aa")

    def test_its_page_and_logo_are_kept_and_its_text_is_not(self):
        for path, _ in self.each():
            pdf = self.office.converted("pdf", path)
            self.assertIn("612 x 792 pts", run("pdfinfo", pdf))
            pictures = run("pdfimages", "-list", pdf).splitlines()[2:]
            self.assertEqual({line.split()[0] for line in pictures}, {"1"})
            pages = pages_of(pdf)
            self.assertIn("HM Inspectorate", pages[0])
            self.assertNotIn("HM Inspectorate", "".join(pages[1:]))
            self.assertNotIn("Lorem ipsum", "".join(pages))
            with zipfile.ZipFile(path) as container:
                for name in container.namelist():
                    self.assertNotIn(b"Designer", container.read(name))

    def test_the_mark_is_on_every_page_all_the_same(self):
        for path, expected in self.each():
            pages = pages_of(self.office.converted("pdf", path))
            self.assertGreater(len(pages), 2)
            self.assertEqual([page.count(expected["page_mark"]) for page in pages], [2] * len(pages))

    def test_what_it_lacks_is_said(self):
        for _, expected in self.each():
            named = [name for name in ("PerspectiveMark", "PerspectiveNote", "Caption", "PerspectiveTable")
                     if any(f'"{name}"' in remark for remark in expected["remarks"])]
            self.assertEqual(len(named), 4)
            self.assertEqual(len(expected["remarks"]), 4)


class TemplateOfLibreOffice(unittest.TestCase):
    """Our own file, opened and saved by another program, is a template as good as ours."""

    def test_is_kept_as_it_was_restyled(self):
        office = Office(self.__class__)
        self.addCleanup(self.__class__.doClassCleanups)
        office.make()
        first = office.folder / "section.en.docx"
        office.convert("fodt", [first])
        flat = office.converted("fodt", first)
        flat.write_text(flat.read_text().replace("#1d3557", "#006600"))
        office.convert("docx", [flat])
        office.make(office.converted("docx", flat))
        expected = office.expected("section.en")
        self.assertEqual(len(expected["remarks"]), 1)  # no table in it, so LibreOffice leaves their style out
        self.assertIn("PerspectiveTable", expected["remarks"][0])
        office.convert("fodt", [first])
        again = FlatText(office.converted("fodt", first))
        found = [one for one in again.blocks if one[2]]
        self.assertEqual(found, list(expected_blocks(expected, STYLES["docx"])))
        self.assertIn("#006600", ElementTree.tostring(again.root, encoding="unicode"))
        self.assertNotIn("#1d3557", ElementTree.tostring(again.root, encoding="unicode"))
        office.convert("pdf", [first])
        pages = pages_of(office.converted("pdf", first))
        self.assertEqual([page.count(expected["page_mark"]) for page in pages], [2] * len(pages))


if __name__ == "__main__":
    unittest.main()
