"""The console's words: the same keys, forms and arguments in both languages; every key that a page names is there, and none that no
page names; no word stands in a script. Its scripts make no markup of text, and nothing in them leads to another host. Behind a number a Welsh noun has its form."""

import json
import re

import gate

REASON = "a page speaks two languages only as long as no word of it stands anywhere else; and text that becomes markup can run"

SOURCES, TEXTS = "collector/console/js", "collector/console/texts"
ARGUMENT = re.compile(r"\{(\w+)\}")
NAMED = re.compile(r'"([a-z][a-z_]*(?:\.[\w-]+)*)"')
PATTERN = re.compile(r'`([a-z][\w-]*\.(?:[\w.-]|\$\{[^}]*\})*)`|`(\$\{key\}\.\w+)`')
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}")
STYLES = re.compile(r"(?:^|\s)(?:govuk|moj|app)-")
MARKUP = re.compile(r"\.(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\b|\bdocument\.write|\beval\(|new Function\b")
ELSEWHERE = re.compile(r"https?://(?!www\.w3\.org/2000/svg)")
# What is no word for people: a transform, types of content, a selector, a cookie.
NO_WORDS = re.compile(r"^(?:rotate\(|text/|application/|input, textarea$|=.*; Path=/|no catalogue$)")
REFUSED = "refused."
COUNTED = re.compile(r"\{n\} ([\w']+)")
NO_NOUNS = {"o", "o'r", "ohonynt", "arall", "ar"}
SPIRANT = (("ch", "ch"), ("ph", "ph"), ("th", "th"), ("c", "ch"), ("p", "ph"), ("t", "th"))
CHANGES = {"two": (("ch", "ch"), ("ll", "l"), ("rh", "r"), ("dd", "dd"), ("p", "b"), ("t", "d"), ("c", "g"), ("b", "f"), ("d", "dd"), ("g", ""), ("m", "f")),
           "few": SPIRANT, "many": SPIRANT}
FORMS = {"en": {"one", "other"}, "cy": {"zero", "one", "two", "few", "many", "other"}}


def arguments(value):
    texts = value.values() if isinstance(value, dict) else [value]
    return set().union(*(ARGUMENT.findall(text) for text in texts))


def differences(english, welsh):
    complaints = [f"{TEXTS}: '{key}' stands only in {'en' if key in english else 'cy'}" for key in sorted(set(english) ^ set(welsh))]
    for key in sorted(set(english) & set(welsh) - {"status"}):
        if isinstance(english[key], dict) != isinstance(welsh[key], dict):
            complaints.append(f"{TEXTS}: '{key}' has forms in one language only")
        elif arguments(english[key]) != arguments(welsh[key]):
            complaints.append(f"{TEXTS}: '{key}' has other arguments in cy than in en")
        for language, value in (("en", english[key]), ("cy", welsh[key])):
            if isinstance(value, dict) and ("other" not in value or not set(value) <= FORMS[language]):
                complaints.append(f"{TEXTS}/{language}.json: '{key}' has forms that the language has not, or lacks 'other'")
    return complaints


def mutated(word, changes):
    for first, instead in changes:
        if word.startswith(first):
            return instead + word[len(first):]
    return word


def counted_wrongly(welsh):
    """A noun in the singular changes its first letter after two, and after three and six; or a plural stands behind "o", but not of one."""
    complaints = []
    for key, forms in sorted(welsh.items()):
        if not isinstance(forms, dict):
            continue
        said = {form: COUNTED.search(forms.get(form, forms["other"])) for form in ("one", "two", "few", "many", "other")}
        noun = said["one"] and said["one"].group(1)
        if noun == "o":
            complaints.append(f"{TEXTS}/cy.json: '{key}' has a plural behind one")
        for form, found in said.items():
            if not found or not noun or noun in NO_NOUNS or found.group(1) in NO_NOUNS:
                continue
            wanted = mutated(noun, CHANGES.get(form, ()))
            if found.group(1) != wanted:
                complaints.append(f"{TEXTS}/cy.json: '{key}' of {form} says '{found.group(1)}', not '{wanted}'")
    return complaints


def used(sources, english):
    """Keys that a script names, and patterns of keys with something put in."""
    keys, patterns = set(), []
    for text in sources.values():
        keys |= set(NAMED.findall(text)) & set(english)
        for plain, by_key in PATTERN.findall(text):
            parts = re.split(r"\$\{[^}]*\}", plain or by_key)
            patterns.append(re.compile(".+".join(map(re.escape, parts))))
    return keys, patterns


def missing(root, sources, english):
    called = re.compile(r'\bt\(\s*"([^"]+)"')
    return [f"{gate.at(root, path)}: there is no text '{key}'" for path, text in sources.items()
            for key in sorted(set(called.findall(text)) - set(english))]


def said_by_nobody(root, english):
    """Our words for what the collector says are found by its words: `refused.` and those, in small letters, or the last of them; x is a name."""
    plain = lambda text: re.sub(r"[^a-z0-9]+", "-", text.lower())
    sources = [plain(gate.text_of(path) or "") for path in gate.sources_of(root, ("collector",)) if path.suffix in (".cc", ".h")]
    complaints = []
    for key in sorted(english):
        parts = key.removeprefix(REFUSED).split("-x-")
        said = re.compile("-(?:[a-z0-9-]{0,40}-)?".join(parts))
        if key.startswith(REFUSED) and not any(parts[0] in source and said.search(source) for source in sources):
            complaints.append(f"{TEXTS}: the collector does not say '{key}'")
    return complaints


def written_out(root, path, text):
    plain = COMMENT.sub(lambda found: "\n" * found.group(0).count("\n"), text)
    complaints = []
    for found in LITERAL.finditer(plain):
        said = re.sub(r"\$\{[^}]*\}", "", found.group(1) or found.group(2) or "")
        if WORDS.search(said) and not STYLES.search(said) and not NO_WORDS.search(said):
            line = plain.count("\n", 0, found.start()) + 1
            complaints.append(f"{gate.at(root, path, line)}: words stand in a script: {said[:40]!r}; put them into {TEXTS}")
    for what, pattern in (("makes markup of text", MARKUP), ("names another host", ELSEWHERE)):
        complaints += [f"{gate.at(root, path, plain.count(chr(10), 0, found.start()) + 1)}: {what}: {found.group(0)}"
                       for found in pattern.finditer(plain)]
    return complaints


def check(root):
    sources = {path: gate.text_of(path) or "" for path in gate.files_of(root)
               if path.suffix == ".js" and gate.at(root, path).startswith(SOURCES + "/")}
    if not sources:
        return ["the console has no scripts"]
    english, welsh = (json.loads((root / TEXTS / f"{language}.json").read_text()) for language in ("en", "cy"))
    complaints = differences(english, welsh) + counted_wrongly(welsh) + missing(root, sources, english)
    if welsh.get("status") not in ("draft", "checked") or english.get("status") not in ("draft", "checked"):
        complaints.append(f"{TEXTS}: a catalogue says of itself whether it is a draft, or checked")
    keys, patterns = used(sources, english)
    complaints += [f"{TEXTS}: nothing says '{key}'" for key in sorted(set(english) - keys - {"status"})
                   if not any(pattern.fullmatch(key) for pattern in patterns)]
    complaints += said_by_nobody(root, english)
    for path, text in sorted(sources.items()):
        complaints += written_out(root, path, text)
    return complaints


ENGLISH = {"status": "checked", "refused.it-is-not-there": "Gone.", "a.b": "Next {n}", "c.x": {"one": "a", "other": "b"}}
WELSH = {"status": "draft", "refused.it-is-not-there": "Wedi mynd.", "a.b": "Nesaf {n}", "c.x": {"zero": "a", "other": "b"}}
PAGE = f"{SOURCES}/a.js"
SOUND = {f"{TEXTS}/en.json": json.dumps(ENGLISH), f"{TEXTS}/cy.json": json.dumps(WELSH),
         "collector/a/a.cc": 'return fail(invalid, "it is not there");\n',
         PAGE: '// two words\nh("p", { class: "govuk-body app-x y" }, t("a.b"), t(`c.${x}`), t(`refused.${y}`));\n'}
SPOILT = [
    gate.Spoilt("a text in one language only", {f"{TEXTS}/cy.json": json.dumps({**WELSH, "d": "x"})}, "'d' stands only in cy"),
    gate.Spoilt("other arguments", {f"{TEXTS}/cy.json": json.dumps({**WELSH, "a.b": "Nesaf"})}, "other arguments"),
    gate.Spoilt("a form that English has not", {f"{TEXTS}/en.json": json.dumps({**ENGLISH, "c.x": {"few": "a", "other": "b"}})},
                "forms that the language has not"),
    gate.Spoilt("a noun unchanged after three", {f"{TEXTS}/cy.json": json.dumps({**WELSH, "c.x": {"two": "{n} god", "one": "{n} cod", "other": "{n} cod"}}),
                f"{TEXTS}/en.json": json.dumps({**ENGLISH, "c.x": {"other": "{n} codes"}})}, "'c.x' of few says 'cod', not 'chod'"),
    gate.Spoilt("one of a plural", {f"{TEXTS}/cy.json": json.dumps({**WELSH, "c.x": {"other": "{n} o bobl"}}),
                f"{TEXTS}/en.json": json.dumps({**ENGLISH, "c.x": {"other": "{n} people"}})}, "'c.x' has a plural behind one"),
    gate.Spoilt("words in a script", {PAGE: 'h("p", {}, "Sign in here", t("a.b"), t(`c.${x}`));\n'}, "a.js:1: words stand in a script"),
    gate.Spoilt("a text that is not there", {PAGE: 't("a.gone"); t("a.b"); t(`c.${x}`);\n'}, "there is no text 'a.gone'"),
    gate.Spoilt("a text that nothing says", {PAGE: 't("a.b");\n'}, "nothing says 'c.x'"),
    gate.Spoilt("a refusal of a name that is said otherwise by now",
                {f"{TEXTS}/{language}.json": json.dumps({**texts, "refused.there-is-a-x-already": "There is."})
                 for language, texts in (("en", ENGLISH), ("cy", WELSH))}, "does not say 'refused.there-is-a-x-already'"),
    gate.Spoilt("a refusal that is said otherwise by now", {"collector/a/a.cc": 'return fail(invalid, "it has gone");\n'}, "does not say 'refused.it-is"),
    gate.Spoilt("text as markup", {PAGE: 't("a.b"); t(`c.${x}`);\nplace.innerHTML = x;\n'}, "a.js:2: makes markup of text"),
    gate.Spoilt("another host", {PAGE: 't("a.b"); t(`c.${x}`); fetch("https://example.org");\n'}, "names another host"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
