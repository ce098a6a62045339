"""No source outside assets/ and tests/ names a variable, an option or a finding of a questionnaire.

A literal may not be such a name. A name of two words or more, with an underscore, may not stand inside a longer literal
either, nor, outside Python, anywhere in the code: raw literals have quotation marks of their own, scripts none. The words
of the published form itself (the keys and fixed values of assets/schemas) are nobody's answers.
"""

import json
import re

import gate

REASON = "a questionnaire is data: another inspectorate's own must work without a line of code"

CODE = {".h", ".cc", ".py", ".js", ".sh", ".cmake", ".txt", ""}
READ_WHOLE = {".h", ".cc", ".sh", ".cmake", ".txt", ""}
WORD = re.compile(r"[A-Za-z0-9_]+")
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'')
# Words that a folder needs for itself and that happen to be options too: (folder, words, what they mean there).
OWN_WORDS = [
    ("collector/report", {"none", "one", "all", "some", "same", "other"},
     "what the sentences of a section select by: how near a count is to its edges, whether two counts are equal"),
    ("shared/survey", {"none"}, "what SVG calls no colour, in a picture"),
    *((f"collector/console/js{folder}", {"yes", "no", "none"}, "the pages' own questions, and what SVG calls no colour")
      for folder in ("", "/pages")),
]


def names_of(definition):
    names = {finding["id"] for finding in definition.get("findings", [])}
    for item in definition.get("items", []) + [item for item in [definition.get("practice")] if item]:
        names.add(item["variable"])
        names.update(option["id"] for option in item.get("options", []))
    return names


def words_of_form(schema):
    """Every key and fixed value that a schema allows."""
    if isinstance(schema, list):
        return set().union(*map(words_of_form, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    words = set(schema.get("properties", {})) | set(map(str, schema.get("enum", []))) | {str(schema.get("const"))}
    return words.union(*map(words_of_form, schema.values()))


def all_names(root):
    files = gate.files_of(root)
    definitions = [names_of(json.loads(path.read_text())) for path in files if path.name == "definition.json"]
    schemas = [words_of_form(json.loads(path.read_text())) for path in files if path.name.endswith(".schema.json")]
    return set().union(*definitions) - set().union(*schemas)


def code_of(path, line):
    """Without its comment, roughly: examples in comments bind nobody."""
    mark = "//" if path.suffix in gate.SOURCE_SUFFIXES else "# "
    before = line.partition(mark)[0]
    return line if before.count('"') % 2 else before


def named_in(path, code, names):
    """Names in this line: whole literals, and names of two words or more wherever a program could read them."""
    literals = [found.group(1) if found.group(1) is not None else found.group(2) for found in STRING.finditer(code)]
    read = [code] if path.suffix in READ_WHOLE else literals
    words = {word for text in read for word in WORD.findall(text) if "_" in word}
    return sorted((words | set(literals)) & names)


def check(root):
    names = all_names(root)
    if not names:
        return ["there is no definition.json to take the names from"]
    complaints = []
    for path in gate.files_of(root):
        folder = path.relative_to(root).parts[0]
        if folder in ("assets", "tests") or path.suffix not in CODE or path.parent == root:
            continue
        own = set().union(*(words for place, words, _ in OWN_WORDS if place == str(path.parent.relative_to(root))))
        for line, text in gate.numbered_lines(path):
            for name in named_in(path, code_of(path, text), names - own):
                complaints.append(f"{gate.at(root, path, line)}: \"{name}\" is a name of a questionnaire; take it "
                                  "from the definition")
    return complaints


DEFINITION = json.dumps({"practice": {"variable": "practice", "options": [{"id": "sunny"}]},
                         "items": [{"variable": "felt_heard", "options": []},
                                   {"variable": "heard", "options": [{"id": "always"}, {"id": "none"}, {"id": "yes"}]}],
                         "findings": [{"id": "heard_always"}]})
SOUND = {"assets/questionnaires/q/definition.json": DEFINITION, "kiosk/visit/a.cc": 'say("weather report");  // "heard"\nread("practice");\n',
         "collector/report/edge.cc": 'select("none");\n',
         "assets/schemas/q.schema.json": '{"properties": {"practice": {"type": "object"}}}',
         "tests/unit/visit/a_test.cc": 'choose("heard", "yes");\n'}
SPOILT = [
    gate.Spoilt("a variable", {"kiosk/visit/a.cc": 'if (variable == "heard") return;\n'}, '"heard"'),
    gate.Spoilt("an option", {"collector/tally/a.cc": 'count("always");\n'}, '"always"'),
    gate.Spoilt("an option that is another folder's word", {"kiosk/visit/a.cc": 'f("none");\n'}, '"none"'),
    gate.Spoilt("a finding", {"collector/report/a.cc": 'find("heard_always");\n'}, '"heard_always"'),
    gate.Spoilt("the practice", {"installer/demo/a.py": "press('sunny')\n"}, '"sunny"'),
    gate.Spoilt("a variable inside a longer literal", {"kiosk/visit/a.cc": 'say("item.felt_heard");\n'}, '"felt_heard"'),
    gate.Spoilt("a variable in a raw literal", {"kiosk/visit/a.cc": 'R"({"felt_heard":1})";\n'}, '"felt_heard"'),
    gate.Spoilt("a variable in a script, without quotes", {"installer/setup": '#!/bin/sh\nask felt_heard\n'},
                '"felt_heard"'),
    gate.Spoilt("a variable in a list of CMake", {"kiosk/CMakeLists.txt": 'set(A felt_heard)\n'}, '"felt_heard"'),
    gate.Spoilt("a name in a script", {"installer/setup": '#!/bin/sh\nchoose "yes"\n'}, '"yes"'),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
