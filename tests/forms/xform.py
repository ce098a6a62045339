"""The smallest converter from XLSForm to XForm (ODK XForms specification) that the proof needs.

pyxform, which does this for ODK, is in no Debian package and could not be fetched where this was written. So this knows
what our exports use, and refuses all else. It must not interpret anything that the proof is about: a `relevant` or a
`constraint` goes over as it stands, with ${name} as the path of that question.
"""

import re
import sys
import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number


def rows_of(book, part):
    for row in ElementTree.fromstring(book.read(part)).iter(MAIN + "row"):
        yield {column_of(cell.get("r")): "".join(text.text or "" for text in cell.iter(MAIN + "t"))
               for cell in row.iter(MAIN + "c")}


def tables_of(path):
    """Sheet name: its rows as {heading: text}. Only inline texts, as our exports write them."""
    with zipfile.ZipFile(path) as book:
        names = [sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        tables = {}
        for i, name in enumerate(names, 1):
            head, *rows = list(rows_of(book, f"xl/worksheets/sheet{i}.xml")) or [{}]
            tables[name] = [{head[column]: text for column, text in row.items()} for row in rows]
    return tables


class Form:
    def __init__(self, tables):
        self.survey, self.choices, self.settings = tables["survey"], tables["choices"], tables["settings"][0]
        headings = {heading for row in self.survey + self.choices for heading in row}
        self.languages = sorted(heading[len("label::"):] for heading in headings if heading.startswith("label::"))
        self.paths, self.texts, self.binds = {}, [], []
        self.place_all()

    def place_all(self):
        groups = []
        for row in self.survey:
            if row["type"] == "end_group":
                groups.pop()
                continue
            self.paths[row["name"]] = "/data/" + "/".join(groups + [row["name"]])
            if row["type"] == "begin_group":
                groups.append(row["name"])

    def expression(self, written):
        return re.sub(r"\$\{([^}]+)\}", lambda found: self.paths[found.group(1)], written)

    def text(self, key, row, kind):
        said = {language: row[f"{kind}::{language}"] for language in self.languages if f"{kind}::{language}" in row}
        if not said:
            return ""
        self.texts.append((key, said))
        tag = "label" if kind == "label" else "hint"
        return f"<{tag} ref=\"jr:itext('{key}')\"/>"

    def bind(self, row, kind):
        attributes = {"nodeset": self.paths[row["name"]], "type": kind,
                      "relevant": self.expression(row.get("relevant", "")),
                      "constraint": self.expression(row.get("constraint", ""))}
        if row["type"] == "note":
            attributes["readonly"] = "true()"
        self.binds.append("<bind " + " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items()
                                              if value) + "/>")

    def control(self, row):
        path = self.paths[row["name"]]
        words = row["type"].split()
        label = self.text(path + ":label", row, "label") + self.text(path + ":hint", row, "hint")
        if words[0] in ("text", "note"):
            self.bind(row, "string")
            return f"<input ref={quoteattr(path)}>{label}</input>"
        if words[0] not in ("select_one", "select_multiple"):
            raise SystemExit(f"xform.py does not know the type {row['type']}")
        self.bind(row, "string")
        items = ""
        for choice in self.choices:
            if choice["list_name"] != words[1]:
                continue
            key = f"{path}/{choice['name']}:label"
            items += f"<item>{self.text(key, choice, 'label')}<value>{escape(choice['name'])}</value></item>"
        tag = "select1" if words[0] == "select_one" else "select"
        return f"<{tag} ref={quoteattr(path)}>{label}{items}</{tag}>"

    def xml(self):
        body, nodes = "", ""
        for row in self.survey:
            if row["type"] == "begin_group":
                self.bind(row, "")
                body += f"<group ref={quoteattr(self.paths[row['name']])} appearance=\"field-list\">"
                nodes += f"<{row['name']}>"
                opened = row["name"]
            elif row["type"] == "end_group":
                body += "</group>"
                nodes += f"</{opened}>"
            else:
                body += self.control(row)
                nodes += f"<{row['name']}/>"
        first = self.settings["default_language"]
        spoken = ""
        for language in self.languages:
            default = " default=\"true()\"" if language == first else ""
            said = "".join(f"<text id={quoteattr(key)}><value>{escape(texts[language])}</value></text>"
                           for key, texts in self.texts if language in texts)
            spoken += f"<translation lang={quoteattr(language)}{default}>{said}</translation>"
        return ("<?xml version=\"1.0\"?><h:html xmlns=\"http://www.w3.org/2002/xforms\" "
                "xmlns:h=\"http://www.w3.org/1999/xhtml\" xmlns:jr=\"http://openrosa.org/javarosa\" "
                "xmlns:orx=\"http://openrosa.org/xforms\">"
                f"<h:head><h:title>{escape(self.settings['form_title'])}</h:title><model><itext>{spoken}</itext>"
                f"<instance><data id={quoteattr(self.settings['form_id'])} version={quoteattr(self.settings['version'])}>"
                f"{nodes}<meta><instanceID/></meta></data></instance>{''.join(self.binds)}"
                "<bind nodeset=\"/data/meta/instanceID\" type=\"string\" readonly=\"true()\" "
                "jr:preload=\"uid\"/></model></h:head>"
                f"<h:body>{body}</h:body></h:html>")


if __name__ == "__main__":
    sys.stdout.write(Form(tables_of(sys.argv[1])).xml())
