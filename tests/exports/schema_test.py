"""DDI-Codebook 2.5 and Triple-S 3.0 as we write them keep the rules of ddi.rng and .sch, triple-s.rng and .sch, which say them in our
own words; and those rules refuse every file of broken.json for what is wrong with it, and for nothing else first."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from lxml import etree, isoschematron

HERE = Path(__file__).resolve().parent
RULES = {"ddi.xml": "ddi", "sss": "triple-s"}
STEMS = [f"{name}.{language}" for name in ("children-and-young-people", "victims") for language in ("en", "cy")]
SAID = "{http://purl.oclc.org/dsdl/svrl}text"


def name_at(document, path):
    return etree.QName(document.xpath(path)[0]).localname if path else ""


class Rules:
    def __init__(self, name):
        self.structure = etree.RelaxNG(etree.parse(HERE / f"{name}.rng"))
        self.relations = isoschematron.Schematron(etree.parse(HERE / f"{name}.sch"), store_report=True)

    def mistakes(self, text):
        document = etree.fromstring(text.encode())
        found = []
        if not self.structure.validate(document):
            found += [f"{entry.message} [{name_at(document, entry.path)}]" for entry in self.structure.error_log]
        if not self.relations.validate(document):
            found += [one.text.strip() for one in self.relations.validation_report.iter(SAID)]
        return found


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="perspective-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        subprocess.run([os.environ["PERSPECTIVE_EXPORT_FILES"], str(cls.folder)], check=True, timeout=60)
        cls.rules = {kind: Rules(name) for kind, name in RULES.items()}

    def text_of(self, stem, kind):
        return (self.folder / f"{stem}.{kind}").read_text(encoding="utf-8")

    def test_every_file_keeps_the_rules(self):
        for stem in STEMS:
            for kind, rules in self.rules.items():
                with self.subTest(file=f"{stem}.{kind}"):
                    self.assertEqual(rules.mistakes(self.text_of(stem, kind)), [])

    def test_every_broken_file_is_refused_for_what_is_wrong_with_it(self):
        vectors = json.loads((HERE / "broken.json").read_text(encoding="utf-8"))
        self.assertEqual(set(vectors), set(RULES))
        for kind, cases in vectors.items():
            self.assertGreater(len(cases), 20)
            whole = self.text_of("victims.en", kind)
            for case in cases:
                with self.subTest(file=kind, broken=case["broken"]):
                    spoilt = re.sub(case["find"], case["put"], whole, count=1)
                    self.assertNotEqual(spoilt, whole, "nothing was broken")
                    mistakes = self.rules[kind].mistakes(spoilt)
                    self.assertTrue(any(case["refused"] in mistake for mistake in mistakes), mistakes)

    def test_every_rule_about_relations_refuses_some_broken_file(self):
        vectors = json.loads((HERE / "broken.json").read_text(encoding="utf-8"))
        for kind, name in RULES.items():
            rules = {one.text for one in etree.parse(HERE / f"{name}.sch").iter("{*}assert")}
            self.assertEqual(rules - {case["refused"] for case in vectors[kind]}, set())


if __name__ == "__main__":
    unittest.main()
