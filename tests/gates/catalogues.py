"""The programs' own words: the same keys and arguments in every language; every key that a source names exists.

Those of questionnaires are looked at by `perspective-collector questionnaire check` (tests/unit/authoring). Of ours, each
catalogue says of itself whether it is a draft, or a demonstration: that one may lack texts, which the kiosk then says in
English. No sentence of the kiosk's is longer than 15 words, and each has a line of its own, as in questionnaires. There is a section in each language of the questionnaire. What a text quotes stands on a button. No text for a
respondent tells a thing by its colour, shape or side alone (WCAG 2.2, 1.3.3): who listens, or has chosen other colours,
would not find it.
"""

import json
import re

import gate

REASON = "a missing text is a blank on a screen, and to a person who listens a silence"

FOLDERS = ("assets/texts", "assets/paper", "assets/report", "assets/withdrawal")
ARGUMENT = re.compile(r"\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*[,}]")
SENSORY = re.compile(r"\b(?:(?:on|to|at) the (?:left|right)|green|red|yellow|round|square|below|above|"
                     r"ar y (?:chwith|dde)|gwyrdd|coch|melyn|crwn|sgwâr|isod|uchod)\b", re.IGNORECASE)
QUOTED = re.compile(r"[“”]([^“”{}]+)[“”]")  # in Urdu they stand the other way round
END = re.compile(r"[.?!۔؟।](?:\s|$)|\n")
CROWDED = re.compile(r"(?<=[.?!۔؟।]) +\S.*")
PLURAL = re.compile(r"\{\w+, plural,(?: \w+ \{[^{}]*\})* other \{([^{}]*)\}\}")
MOST_WORDS = 15
KEY_LITERAL = re.compile(r'"((?:kiosk|paper|report)\.[a-z0-9_.]+)"')


def catalogues_by_folder(root):
    """{folder: {language: {key: text}}} of the programs' own words."""
    folders = {}
    for path in gate.files_of(root):
        if path.suffix == ".json" and path.parent in [root / name for name in FOLDERS]:
            folders.setdefault(path.parent, {})[path.stem] = json.loads(path.read_text())
    return folders


def differences(root, folder, languages):
    complaints = []
    first = "en" if "en" in languages else sorted(languages)[0]
    for language in sorted(set(languages) - {first}):
        ours, theirs = languages[first], languages[language]
        where = gate.at(root, folder / f"{language}.json")
        lacks = set(ours) - set(theirs) if theirs.get("status") != "demonstration" else set()
        for key in sorted(lacks | set(theirs) - set(ours)):
            if not key.endswith(".spoken"):
                complaints.append(f"{where}: '{key}' stands only in {first if key in ours else language}")
        for key in sorted(set(ours) & set(theirs)):
            if folder.name != "report" and set(ARGUMENT.findall(ours[key])) != set(ARGUMENT.findall(theirs[key])):
                complaints.append(f"{where}: '{key}' has other arguments than in {first}")
    return complaints


def missing_in_sources(root, folders):
    """Keys that sources name; one that ends in a dot is the start of several."""
    keys = {key for languages in folders.values() for texts in languages.values() for key in texts}
    complaints = []
    for path in gate.sources_of(root):
        for line, text in gate.numbered_lines(path):
            for literal in KEY_LITERAL.findall(text):
                if literal not in keys and not any(key.startswith(literal.rstrip(".") + ".") for key in keys):
                    complaints.append(f"{gate.at(root, path, line)}: no catalogue has '{literal}'")
    return complaints


def without_status(root):
    return [f"{gate.at(root, path)}: 'status' is neither draft nor checked" for path in gate.files_of(root)
            if path.suffix == ".json" and path.parent.name in ("texts", "section", "paper", "report", "withdrawal")
            and root / "assets" in path.parents and json.loads(path.read_text()).get("status") not in
            ("draft", "checked") + (("demonstration",) if path.parent in (root / "assets/texts", root / "assets/paper") else ())]


def without_section(root):
    return [f"{gate.at(root, path)}: there is no section/{language}.json" for path in gate.files_of(root)
            if path.name == "definition.json" and root / "assets" in path.parents
            for language in json.loads(path.read_text())["languages"]
            if not (path.parent / "section" / f"{language}.json").exists()]


def told_by_looks(root):
    return [f"{gate.at(root, path)}: '{key}' says '{found.group(0)}'" for path in gate.files_of(root)
            if path.suffix == ".json" and path.parent.name in ("texts", "withdrawal") and root / "assets" in path.parents
            and path.stem in ("en", "cy")
            for key, text in json.loads(path.read_text()).items()
            if isinstance(text, str) and (found := SENSORY.search(text))]


def quoting_what_is_not_there(root, folders):
    return [f"{gate.at(root, folder / f'{language}.json')}: '{key}' says to press '{quoted}', which stands nowhere"
            for folder, languages in folders.items() if folder.name == "texts" for language, texts in languages.items()
            for key, text in texts.items() for quoted in QUOTED.findall(text)
            if quoted not in [label for name, label in texts.items() if not name.endswith(".heading")]]


def in_one_form(text):
    """Of a plural its last form, which is the longest that there is."""
    while (found := PLURAL.search(text)) is not None:
        text = text[:found.start()] + found.group(1) + text[found.end():]
    return text


def too_long(root, folders):
    return [f"{gate.at(root, folder / f'{language}.json')}: '{key}' has a sentence of {len(words)} words: {' '.join(words[:5])} ..."
            for folder, languages in folders.items() if folder.name in ("texts", "paper") for language, texts in languages.items()
            for key, text in texts.items() for sentence in END.split(in_one_form(text))
            if len(words := sentence.split()) > MOST_WORDS]


def crowded(root, folders):
    """What is only said has no lines."""
    return [f"{gate.at(root, folder / f'{language}.json')}: '{key}' has two sentences on a line: {found.group(0).strip()}"
            for folder, languages in folders.items() if folder.name in ("texts", "paper") for language, texts in languages.items()
            for key, text in texts.items() if not key.endswith(".spoken") and not key.startswith("kiosk.say.")
            and (found := CROWDED.search(text))]


def check(root):
    folders = catalogues_by_folder(root)
    if not folders:
        return ["there are no catalogues"]
    complaints = [complaint for folder in sorted(folders) for complaint in differences(root, folder, folders[folder])]
    complaints += missing_in_sources(root, folders) + quoting_what_is_not_there(root, folders) + too_long(root, folders)
    complaints += crowded(root, folders)
    return complaints + without_status(root) + without_section(root) + told_by_looks(root)


ENGLISH = {"status": "checked", "kiosk.next": "Next {n}", "kiosk.size.1": "1"}
WELSH = {"status": "draft", "kiosk.next": "Nesaf {n}", "kiosk.size.1": "1", "kiosk.next.spoken": "a"}
QUESTIONNAIRE = "assets/questionnaires/q"
SOUND = {"assets/texts/en.json": json.dumps(ENGLISH),
         "assets/texts/bn.json": json.dumps({"status": "demonstration", "kiosk.size.1": "1"}),
         "assets/texts/cy.json": json.dumps(WELSH),
         f"{QUESTIONNAIRE}/definition.json": json.dumps({"languages": ["en"]}),
         f"{QUESTIONNAIRE}/section/en.json": json.dumps({"status": "draft"}),
         "kiosk/a.cc": 'say("kiosk.next"); say("kiosk.size." + n);\n'}
SPOILT = [
    gate.Spoilt("a key in one language only", {"assets/texts/cy.json": json.dumps({"status": "draft", "kiosk.next": "N"})},
                "stands only in en"),
    gate.Spoilt("a key that a demonstration made up",
                {"assets/texts/ur.json": json.dumps({"status": "demonstration", "kiosk.nest": "N"})}, "stands only in ur"),
    gate.Spoilt("a catalogue that does not say whether it is a draft",
                {f"{QUESTIONNAIRE}/section/en.json": '{"section.heading": "H"}'}, "'status' is neither"),
    gate.Spoilt("a language without a section",
                {f"{QUESTIONNAIRE}/definition.json": json.dumps({"languages": ["en", "fr"]})}, "no section/fr.json"),
    gate.Spoilt("a button told by its side", {f"{QUESTIONNAIRE}/texts/en.json": '{"a": "Press the one on the right."}'},
                "says 'on the right'"),
    gate.Spoilt("a button told by its colour", {"assets/texts/cy.json": json.dumps({**WELSH, "kiosk.size.1": "yr un coch"})},
                "says 'coch'"),
    gate.Spoilt("other arguments", {"assets/texts/cy.json": json.dumps({**WELSH, "kiosk.next": "Nesaf"})},
                "other arguments"),
    gate.Spoilt("a button by another name", {"assets/texts/cy.json": json.dumps({**WELSH, "kiosk.size.1": "Gwasgwch “Gosod”."})},
                "says to press 'Gosod'"),
    gate.Spoilt("a sentence of sixteen words", {"assets/texts/cy.json": json.dumps({**WELSH, "kiosk.size.1": "Un. " + 16 * "gair "})},
                "has a sentence of 16 words"),
    gate.Spoilt("two sentences on a line", {"assets/texts/cy.json": json.dumps({**WELSH, "kiosk.size.1": "Un.\nDau. Tri."})},
                "two sentences on a line: Tri."),
    gate.Spoilt("two Bengali sentences on a line",
                {"assets/texts/bn.json": json.dumps({"status": "demonstration", "kiosk.size.1": "এক। দুই।"})},
                "two sentences on a line"),
    gate.Spoilt("a used key that is not there", {"kiosk/a.cc": 'say("kiosk.gone");\n'}, "no catalogue has 'kiosk.gone'"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
