"""No ten lines of code written twice."""

import re

import gate

REASON = "what stands twice is mended once; a repeated piece belongs into one function or one table"

LINES = 10
SUFFIXES = {".h", ".cc", ".py", ".js", ".mjs", ".scss", ".sh", ".cmake"}
# Blank lines, comments, lone punctuation, what is included or imported, and names of namespaces say nothing.
THIN = re.compile(r'[\W_]*$|//|#|"""|/?\*|import |from \w+ import |using |namespace |export \{')


def is_source(root, path):
    names = path.relative_to(root).parts
    is_script = path.suffix == "" and (gate.text_of(path) or "").startswith("#!")
    return (path.suffix in SUFFIXES or is_script) and names[0] != "assets"


def code_of(path):
    """(line, its text without space around and within) of what says something."""
    lines = ((number, text.strip()) for number, text in gate.numbered_lines(path))
    return [(number, re.sub(r"\s+", " ", text)) for number, text in lines if not THIN.match(text)]


def check(root):
    """By runs of LINES lines, each remembered where it stood first; of a longer run the first lines are told."""
    first, complaints = {}, []
    for path in gate.files_of(root):
        if not is_source(root, path):
            continue
        code, told_until = code_of(path), 0
        for start in range(len(code) - LINES + 1):
            run = tuple(text for _, text in code[start:start + LINES])
            there = first.setdefault(run, (path, code[start][0], start))
            is_itself = there[0] == path and start - there[2] < LINES
            is_one_line = len(set(run)) < 3  # rows of a table
            if is_itself or is_one_line or start < told_until:
                continue
            told_until = start + LINES
            complaints.append(f"{gate.at(root, path, code[start][0])}: ten lines that stand at "
                              f"{gate.at(root, there[0], there[1])} too")
    return complaints


def function(name, lines=12):
    return f"int {name}() {{\n" + "".join(f"  step_{number}();\n" for number in range(lines)) + "}\n"


SOUND = {"shared/base/a.cc": function("f", 9), "kiosk/b.cc": function("g", 9),
         "tests/rows.py": "ROWS = [\n" + "    1,\n" * 40 + "]\n", "shared/base/c.h": "#include <a>\n" * 12,
         "shared/base/d.h": "#include <a>\n" * 12}
SPOILT = [
    gate.Spoilt("the same steps in two files", {"kiosk/b.cc": function("g"), "shared/base/a.cc": function("f")},
                "shared/base/a.cc:2: ten lines that stand at kiosk/b.cc:2 too"),
    gate.Spoilt("the same steps twice in a file", {"kiosk/b.cc": function("f") + function("g")},
                "kiosk/b.cc:16: ten lines that stand at kiosk/b.cc:2 too"),
    gate.Spoilt("with other spaces and a comment between", {
        "tests/a.py": "".join(f"step({n})\n" for n in range(10)),
        "tests/b.py": "def f():\n    # why\n" + "".join(f"    step({n})\n\n" for n in range(10))}, "ten lines"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
