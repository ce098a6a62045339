"""Documents name only what exists: files, linked or in backticks that begin with a folder of ours, and presets."""

import json
import re

import gate

REASON = "a document that sends the reader to a file that is gone is worse than none"

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
BACKTICKED = re.compile(r"`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]*)+)[^`]*`")
NAMED_FILE = re.compile(r"`([A-Z][A-Za-z0-9_]*\.(?:md|txt|json)|CMakeLists\.txt)`")
PRESET = re.compile(r"(?:--preset +|preset `|tests/builds (?!NAME|all|memcheck))([a-z]+)")
MADE_LATER = ("build/", "demo/")


def is_there(root, document, name):
    return (root / name).exists() or (document.parent / name).exists()


def presets_of(root):
    path = root / "CMakePresets.json"
    return {each["name"] for each in json.loads(path.read_text())["configurePresets"]} if path.exists() else set()


def check(root):
    documents = [path for path in gate.files_of(root) if path.suffix == ".md"]
    if not documents:
        return ["there are no documents"]
    files = gate.files_of(root)
    folders = {path.relative_to(root).parts[0] for path in files if path.parent != root}
    names = {path.name for path in files}
    presets = presets_of(root)
    complaints = []
    for document in documents:
        for line, text in gate.numbered_lines(document):
            where = gate.at(root, document, line)
            for name in LINK.findall(text):
                if not (document.parent / name).exists():
                    complaints.append(f"{where}: the link to '{name}' leads nowhere")
            for name in BACKTICKED.findall(text.replace("`./", "`")):
                is_ours = name.split("/")[0] in folders and not name.startswith(MADE_LATER)
                if is_ours and not is_there(root, document, name):
                    complaints.append(f"{where}: there is no '{name}'")
            complaints += [f"{where}: there is no preset '{name}'" for name in PRESET.findall(text)
                           if name not in presets]
            complaints += [f"{where}: no file is called '{name}'" for name in NAMED_FILE.findall(text)
                           if name not in names]
    return complaints


SOUND = {"README.md": "[how](CONTRIBUTING.md#build) and `shared/base/` and `./tests/run -L unit`, `build/dev/x`, preset `dev`\n",
         "CMakePresets.json": '{"configurePresets": [{"name": "dev"}]}',
         "CONTRIBUTING.md": "See `README.md`, `and/or`.\n", "shared/base/a.h": "", "tests/run": ""}
SPOILT = [
    gate.Spoilt("a link to nowhere", {"CONTRIBUTING.md": "[x](GONE.md)\n"}, "leads nowhere"),
    gate.Spoilt("a path that is gone", {"README.md": "`tests/runner --all`\n"}, "there is no 'tests/runner'"),
    gate.Spoilt("a file that is gone", {"README.md": "see `PROTOCOL.md`\n"}, "no file is called 'PROTOCOL.md'"),
    gate.Spoilt("a preset that is gone", {"README.md": "`cmake --preset asan`\n"}, "there is no preset 'asan'"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
