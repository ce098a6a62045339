"""Every language has every text: the same keys, the same arguments; every key that is used exists.

Ours say of themselves whether they are a draft, and a questionnaire of ours has a section in each of its languages.
"""

import json
import re

import gate

REASON = "a missing text is a blank on a screen, and to a person who listens a silence"

ARGUMENT = re.compile(r"\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*[,}]")
KEY_LITERAL = re.compile(r'"((?:kiosk|report)\.[a-z0-9_.]+)"')


def catalogues_by_folder(root):
    """{folder: {language: {key: text}}} of every texts/ and section/ folder, and of the programs' own words."""
    folders = {}
    for path in gate.files_of(root):
        names = path.relative_to(root).parts
        if path.suffix != ".json" or names[0] not in ("assets", "tests") or path.parent.name not in ("texts", "section",
                                                                                                     "report"):
            continue
        folders.setdefault(path.parent, {})[path.stem] = json.loads(path.read_text())
    return folders


def differences(root, folder, languages):
    complaints = []
    first = "en" if "en" in languages else sorted(languages)[0]
    for language in sorted(set(languages) - {first}):
        ours, theirs = languages[first], languages[language]
        where = gate.at(root, folder / f"{language}.json")
        for key in sorted(set(ours) ^ set(theirs)):
            if not key.endswith(".spoken"):
                complaints.append(f"{where}: '{key}' stands only in {first if key in ours else language}")
        for key in sorted(set(ours) & set(theirs)):
            if folder.name == "texts" and set(ARGUMENT.findall(ours[key])) != set(ARGUMENT.findall(theirs[key])):
                complaints.append(f"{where}: '{key}' has other arguments than in {first}")
    return complaints


def keys_of(definition):
    """The text keys that a definition calls for in texts/<language>.json."""
    keys = ["title", *definition.get("welcome", []), *definition.get("talk", [])]
    keys += [helpline["text"] for helpline in definition.get("helplines", [])]
    for item in definition["items"] + [item for item in [definition.get("practice")] if item]:
        variable = item["variable"]
        keys += [f"item.{variable}", *(f"item.{variable}.{option['id']}" for option in item.get("options", []))]
        keys += [note["text"] for note in item.get("notes", [])]
        keys += [key for word in item.get("words", []) for key in (f"word.{word}", f"word.{word}.meaning")]
    return keys


def section_keys_of(definition):
    sentences = [sentence for paragraph in definition.get("section", []) for sentence in paragraph["sentences"]]
    ids = [sentence["id"] for sentence in sentences] + [one["otherwise"] for one in sentences if "otherwise" in one]
    return ["section.heading", *(f"section.{name}" for name in ids)] if sentences else []


def missing_in_questionnaires(root, folders):
    complaints = []
    for path in gate.files_of(root):
        if path.name != "definition.json":
            continue
        definition = json.loads(path.read_text())
        texts = folders.get(path.parent / "texts", {})
        for language in definition["languages"]:
            if language not in texts:
                complaints.append(f"{gate.at(root, path)}: there is no texts/{language}.json")
            complaints += [f"{gate.at(root, path.parent / 'texts' / f'{language}.json')}: '{key}' is missing"
                           for key in keys_of(definition) if key not in texts.get(language, {key: ""})]
        section = folders.get(path.parent / "section", {})
        complaints += [f"{gate.at(root, path.parent / 'section' / f'{language}.json')}: '{key}' is missing"
                       for language in section for key in section_keys_of(definition) if key not in section[language]]
    return complaints


def ours_without_section_or_status(root, folders):
    complaints = []
    for folder in sorted(folders):
        if root / "assets" not in folder.parents:
            continue
        for language, texts in sorted(folders[folder].items()):
            if texts.get("status") not in ("draft", "checked"):
                complaints.append(f"{gate.at(root, folder / f'{language}.json')}: 'status' is neither draft nor checked")
    for path in gate.files_of(root):
        if path.name == "definition.json" and root / "assets" in path.parents:
            section = path.parent / "section"
            complaints += [f"{gate.at(root, path)}: there is no section/{language}.json"
                           for language in json.loads(path.read_text())["languages"]
                           if language not in folders.get(section, {})]
    return complaints


def missing_in_sources(root, folders):
    """Keys that sources name; one that ends in a dot is the start of several."""
    keys = {key for folder, languages in folders.items() if folder.parent == root / "assets"
            for texts in languages.values() for key in texts}
    complaints = []
    for path in gate.sources_of(root):
        for line, text in gate.numbered_lines(path):
            for literal in KEY_LITERAL.findall(text):
                if literal not in keys and not any(key.startswith(literal.rstrip(".") + ".") for key in keys):
                    complaints.append(f"{gate.at(root, path, line)}: no catalogue has '{literal}'")
    return complaints


def check(root):
    folders = catalogues_by_folder(root)
    if not folders:
        return ["there are no catalogues"]
    complaints = [complaint for folder in sorted(folders) for complaint in differences(root, folder, folders[folder])]
    complaints += missing_in_questionnaires(root, folders) + ours_without_section_or_status(root, folders)
    return complaints + missing_in_sources(root, folders)


DEFINITION = {"languages": ["en", "cy"], "items": [{"variable": "a", "options": [{"id": "b"}]}],
              "section": [{"sentences": [{"id": "s"}]}]}
TEXTS = {"status": "draft", "title": "T", "item.a": "A {n}?", "item.a.b": "B"}
SECTION = {"status": "draft", "section.heading": "H", "section.s": "S"}
QUESTIONNAIRE = "assets/questionnaires/q"
SOUND = {f"{QUESTIONNAIRE}/definition.json": json.dumps(DEFINITION),
         f"{QUESTIONNAIRE}/texts/en.json": json.dumps(TEXTS),
         f"{QUESTIONNAIRE}/texts/cy.json": json.dumps({**TEXTS, "item.a.spoken": "dweud"}),
         f"{QUESTIONNAIRE}/section/en.json": json.dumps(SECTION),
         f"{QUESTIONNAIRE}/section/cy.json": json.dumps(SECTION),
         "assets/report/en.json": json.dumps({"status": "checked", "report.mark": "M"}),
         "assets/report/cy.json": json.dumps({"status": "draft", "report.mark": "N"}),
         "assets/texts/en.json": json.dumps({"status": "checked", "kiosk.next": "Next", "kiosk.size.1": "1"}),
         "assets/texts/cy.json": json.dumps({"status": "draft", "kiosk.next": "Nesaf", "kiosk.size.1": "1"}),
         "kiosk/a.cc": 'say("kiosk.next"); say("kiosk.size." + n);\n'}
SPOILT = [
    gate.Spoilt("a key in one language only", {"assets/texts/cy.json": '{"kiosk.next": "Nesaf"}'}, "stands only in en"),
    gate.Spoilt("a message of the report in one language only", {"assets/report/cy.json": '{"status": "draft"}'},
                "report/cy.json: 'report.mark' stands only in en"),
    gate.Spoilt("a catalogue that does not say whether it is a draft", {"assets/report/cy.json": '{"report.mark": "N"}'},
                "'status' is neither"),
    gate.Spoilt("a language without a section",
                {f"{QUESTIONNAIRE}/definition.json": json.dumps({**DEFINITION, "languages": ["en", "fr"]}),
                 f"{QUESTIONNAIRE}/texts/fr.json": json.dumps(TEXTS)}, "no section/fr.json"),
    gate.Spoilt("other arguments", {f"{QUESTIONNAIRE}/texts/cy.json": json.dumps({**TEXTS, "item.a": "A?"})},
                "other arguments"),
    gate.Spoilt("a used key that is not there", {"kiosk/a.cc": 'say("kiosk.gone");\n'}, "no catalogue has 'kiosk.gone'"),
    gate.Spoilt("an option without words",
                {f"{QUESTIONNAIRE}/texts/{language}.json": '{"title": "T", "item.a": "A"}' for language in ("en", "cy")},
                "'item.a.b' is missing"),
    gate.Spoilt("a sentence without words", {f"{QUESTIONNAIRE}/section/en.json": '{"section.heading": "H"}'},
                "'section.s' is missing"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
