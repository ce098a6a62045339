"""Pictures of the documents: each is used, has words for who cannot see it, and is made by a script that names it; no drawing
shows a room that is gone."""

import re

import gate

REASON = "a picture that nobody can make again shows, sooner or later, what is not so"

PICTURES = (".png", ".svg")
FOLDERS = {"assets/screenshots": "installer/demo/kiosk_screenshots.py", "kiosk/screenshots": "installer/demo/kiosk_screenshots.py",
           "guides/supervisor": "installer/demo/supervisor_sheets.py", "assets/diagrams": "installer/demo/diagrams.py"}
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)|<img src=\"([^\"]+)\" alt=\"([^\"]*)\"")
ROOM = re.compile(r'class="head"[^>]*>([a-z]+)</text>')
SHORTEST = 4  # letters of what a picture is called


def room_names(root):
    path = root / "tests/gates/arrows.py"
    text = gate.text_of(path) if path.exists() else ""
    return {name.rpartition("/")[2] for name in re.findall(r'^    "((?:shared|kiosk|collector)(?:/[a-z]+)?)":', text, re.MULTILINE)}


def check(root):
    complaints, used = [], set()
    for document in [path for path in gate.files_of(root) if path.suffix in (".md", ".html")]:
        for line, text in gate.numbered_lines(document):
            for words, shown, source, alternative in SHOWN.findall(text):
                name, said = (shown, words) if shown else (source, alternative)
                if name.startswith("http") or not name.endswith(PICTURES):
                    continue
                used.add((document.parent / name).resolve())
                if len(said) < SHORTEST:
                    complaints.append(f"{gate.at(root, document, line)}: '{name}' has no words for who cannot see it")
                if not (document.parent / name).exists():
                    complaints.append(f"{gate.at(root, document, line)}: there is no '{name}'")
    pictures = [path for path in gate.files_of(root) if path.suffix in PICTURES
                and any(path.is_relative_to(root / folder) for folder in FOLDERS)]
    complaints += [f"{gate.at(root, path)}: no document shows it" for path in pictures if path.resolve() not in used]
    for folder, script in FOLDERS.items():
        if (root / folder).is_dir() and not (root / script).exists():
            complaints.append(f"{folder}: {script}, which makes its pictures, is gone")
    drawing = root / "assets/diagrams/rooms.svg"
    if drawing.exists():
        gone = set(ROOM.findall(gate.text_of(drawing))) - room_names(root) - {"main"}
        complaints += [f"assets/diagrams/rooms.svg: the room '{name}' is gone; run installer/demo/diagrams.py" for name in sorted(gone)]
    return complaints


SOUND = {"README.md": "![The way](assets/diagrams/rooms.svg)\n", "assets/diagrams/rooms.svg": '<text class="head" x="1">base</text>\n',
         "installer/demo/diagrams.py": "", "tests/gates/arrows.py": 'ARROWS = {\n    "shared/base": [],\n}\n'}
SPOILT = [
    gate.Spoilt("a picture that no document shows", {"kiosk/screenshots/old.png": "", "installer/demo/kiosk_screenshots.py": ""},
                "no document shows it"),
    gate.Spoilt("a picture without words", {"README.md": "![](assets/diagrams/rooms.svg)\n"}, "no words for who cannot see it"),
    gate.Spoilt("a picture that is gone", {"page.html": '<img src="gone.png" alt="what was here">\n'}, "there is no 'gone.png'"),
    gate.Spoilt("a room that is gone", {"tests/gates/arrows.py": 'ARROWS = {\n    "shared/other": [],\n}\n'}, "the room 'base' is gone"),
    gate.Spoilt("pictures whose script is gone", {"kiosk/README.md": "![a screen](screenshots/a.png)\n", "kiosk/screenshots/a.png": ""},
                "is gone"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
