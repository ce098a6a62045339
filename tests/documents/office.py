"""Files as other programs read them: LibreOffice without a window, pandoc, poppler; and as ZIP and XML are."""

import json
import os
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

ODF = {name: f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in
       ("office", "style", "text", "table", "config", "meta")}
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def run(*words, timeout=120, **what):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=timeout, check=False,
                          **what)
    if done.returncode != 0:
        raise AssertionError(f"{words[0]}: {done.stdout}{done.stderr}")
    return done.stdout


class Office:
    """A folder with our files, and one with what other programs make of them."""

    def __init__(self, case):
        folder = tempfile.TemporaryDirectory(prefix="perspective-")
        case.addClassCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "files"
        self.theirs = Path(folder.name) / "theirs"
        self.profile = Path(folder.name) / "profile"
        self.folder.mkdir()
        self.theirs.mkdir()

    def make(self, *words, **what):
        return run(os.environ["PERSPECTIVE_DOCUMENT_FILES"], self.folder, *words, **what)

    def expected(self, stem):
        return json.loads((self.folder / f"{stem}.expected.json").read_text())

    def convert(self, form, paths):
        """By LibreOffice, all in one start: FILE.docx becomes theirs/FILE.docx.FORM."""
        folder = self.theirs / form
        for suffix in sorted({path.suffix for path in paths}):
            own = folder / suffix.lstrip(".")
            own.mkdir(parents=True, exist_ok=True)
            run("soffice", f"-env:UserInstallation=file://{self.profile}", "--headless", "--convert-to", form,
                "--outdir", own, *[path for path in paths if path.suffix == suffix], timeout=200)
        missing = [path.name for path in paths if not self.converted(form, path).exists()]
        if missing:
            raise AssertionError(f"LibreOffice did not convert {missing} to {form}")

    def converted(self, form, path):
        return self.theirs / form / path.suffix.lstrip(".") / f"{path.stem}.{form}"


def words_in(node):
    """Of a paragraph in OpenDocument, as it is seen."""
    text = node.text or ""
    for child in node:
        if child.tag == ODF["text"] + "s":
            text += " " * int(child.get(ODF["text"] + "c", "1"))
        elif child.tag == ODF["text"] + "tab":
            text += "\t"
        elif child.tag == ODF["text"] + "line-break":
            text += "\n"
        elif child.tag not in (ODF["office"] + "annotation", ODF["text"] + "note"):
            text += words_in(child)
        text += child.tail or ""
    return text


class FlatText:
    """What LibreOffice understood of a text."""

    def __init__(self, path):
        self.root = ElementTree.parse(path).getroot()
        self.parents = {one.get(ODF["style"] + "name"): one.get(ODF["style"] + "parent-style-name")
                        for one in self.root.iterfind(f"{ODF['office']}automatic-styles/{ODF['style']}style")}
        body = self.root.find(f"{ODF['office']}body/{ODF['office']}text")
        self.blocks = [self.block(one) for one in body
                       if one.tag in (ODF["text"] + "p", ODF["text"] + "h", ODF["table"] + "table")]

    def style(self, node):
        name = node.get(ODF["text"] + "style-name")
        return re.sub("_20_", " ", self.parents.get(name) or name)

    def block(self, node):
        if node.tag == ODF["table"] + "table":
            head = node.find(ODF["table"] + "table-header-rows")
            rows = [self.row(one) for one in node.iter(ODF["table"] + "table-row")]
            return "table", [self.row(one) for one in head] if head is not None else None, rows
        level = node.get(ODF["text"] + "outline-level") if node.tag == ODF["text"] + "h" else None
        return self.style(node), level, words_in(node)

    @staticmethod
    def row(node):
        return ["\n".join(words_in(one) for one in cell.iter(ODF["text"] + "p"))
                for cell in node.iter(ODF["table"] + "table-cell")]

    def language(self):
        for style in self.root.iter(ODF["style"] + "default-style"):
            if style.get(ODF["style"] + "family") == "paragraph":
                words = style.find(ODF["style"] + "text-properties")
                return f"{words.get(FO + 'language')}-{words.get(FO + 'country')}"
        return None


def flat_sheets(path):
    """What LibreOffice understood of a workbook: name -> rows of values, without what is empty at the ends."""
    body = ElementTree.parse(path).getroot().find(f"{ODF['office']}body/{ODF['office']}spreadsheet")
    sheets = {}
    for table in body.iterfind(ODF["table"] + "table"):
        rows = []
        for row in table.iter(ODF["table"] + "table-row"):
            cells = []
            for cell in row.iterfind(ODF["table"] + "table-cell"):
                times = int(cell.get(ODF["table"] + "number-columns-repeated", "1"))
                cells += [value_of(cell)] * (times if times < 1000 else 1)
            while cells and cells[-1] is None:
                cells.pop()
            times = int(row.get(ODF["table"] + "number-rows-repeated", "1"))
            rows += [cells] * (times if times < 1000 else 1)
        while rows and not rows[-1]:
            rows.pop()
        sheets[table.get(ODF["table"] + "name")] = rows
    return sheets


def value_of(cell):
    if cell.get(ODF["table"] + "formula"):
        return ("formula", cell.get(ODF["table"] + "formula"))
    if cell.get(ODF["office"] + "value-type") == "float":
        return float(cell.get(ODF["office"] + "value"))
    if cell.get(ODF["office"] + "value-type") == "string":
        return "\n".join(words_in(one) for one in cell.iterfind(ODF["text"] + "p"))
    return None


def pages_of(pdf):
    """The words of each page, on one line."""
    pages = run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def complaints_of_container(path):
    """What is wrong with a file of parts, by the rules that both kinds share and those of its own."""
    complaints = []
    with zipfile.ZipFile(path) as container:
        names = container.namelist()
        for one in container.infolist():
            if one.date_time != (1980, 1, 1, 0, 0, 0):
                complaints.append(f"{one.filename} has a date")
            if one.filename.endswith((".xml", ".rels")):
                ElementTree.fromstring(container.read(one))
        if "[Content_Types].xml" in names:
            complaints += complaints_of_package(container, names)
        else:
            if names[0] != "mimetype" or container.infolist()[0].compress_type != zipfile.ZIP_STORED:
                complaints.append("the type does not stand first, as it is")
            listed = {one.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path")
                      for one in ElementTree.fromstring(container.read("META-INF/manifest.xml"))}
            if listed - {"/"} != set(names) - {"mimetype", "META-INF/manifest.xml"}:
                complaints.append(f"the list of parts is {listed}")
    return complaints


def complaints_of_package(container, names):
    complaints = []
    types = ElementTree.fromstring(container.read("[Content_Types].xml"))
    known = {one.get("PartName") for one in types.iterfind(TYPES + "Override")}
    suffixes = {one.get("Extension") for one in types.iterfind(TYPES + "Default")}
    for name in names:
        if name != "[Content_Types].xml" and "/" + name not in known and name.rsplit(".", 1)[-1] not in suffixes:
            complaints.append(f"{name} is of no type")
    complaints += [f"{name} is of a type, and not there" for name in known if name[1:] not in names]
    for name in names:
        if not name.endswith(".rels"):
            continue
        folder = name.rsplit("_rels/", 1)[0]
        seen = set()
        for one in ElementTree.fromstring(container.read(name)).iterfind(RELATIONS + "Relationship"):
            target = one.get("Target")
            place = target[1:] if target.startswith("/") else folder + target
            if one.get("TargetMode") != "External" and place not in names:
                complaints.append(f"{name} leads to {place}, which is not there")
            if one.get("Id") in seen:
                complaints.append(f"{name} has the id {one.get('Id')} twice")
            seen.add(one.get("Id"))
    return complaints
