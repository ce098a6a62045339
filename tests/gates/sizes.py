"""No source file over 400 lines, no function over 60."""

import ast
import json
import re
import subprocess

import gate

REASON = "a file is read as a whole and a function is seen as a whole; what is longer hides another one"

FILE_LINES = 400
FUNCTION_LINES = 60
SUFFIXES = {".h", ".cc", ".py", ".js", ".mjs", ".scss", ".sh", ".cmake"}


def is_source(root, path):
    names = path.relative_to(root).parts
    is_script = path.suffix == "" and (gate.text_of(path) or "").startswith("#!")
    return (path.suffix in SUFFIXES or is_script) and names[0] != "assets"


def functions_in_cpp(paths):
    """(path, name, first line, lines), by universal-ctags, which knows where a function ends."""
    if not paths:
        return []
    listed = subprocess.run(["ctags", "--output-format=json", "--fields=+ne", "--languages=C++", "--map-C++=+.h",
                             "--kinds-C++=f", "-L", "-", "-f", "-"], input="\n".join(map(str, paths)), text=True,
                            capture_output=True, check=True)
    tags = [json.loads(line) for line in listed.stdout.splitlines()]
    return [(tag["path"], tag["name"], tag["line"], tag["end"] - tag["line"] + 1) for tag in tags if "end" in tag]


def functions_in_python(path):
    tree = ast.parse(path.read_text())
    return [(str(path), node.name, node.lineno, node.end_lineno - node.lineno + 1) for node in ast.walk(tree)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


SHELL_FUNCTION = re.compile(r"^([a-z_]+) ?\(\) ?\{")


def functions_in_shell(path):
    found, begun = [], None
    for line, text in gate.numbered_lines(path):
        start = SHELL_FUNCTION.match(text)
        if start:
            begun = (start.group(1), line)
        if begun and text.rstrip().endswith("}") and (text[0] == "}" or start):
            found.append((str(path), begun[0], begun[1], line - begun[1] + 1))
            begun = None
    return found


JAVASCRIPT_FUNCTION = re.compile(r"^(?:export )?(?:async )?function (\w+)|^(?:export )?const (\w+) = (?:async )?\(")


def functions_in_javascript(path):
    """Those that begin at the margin, and end there: with a brace, or where the next thing at the margin begins."""
    found, begun, last = [], None, 0
    for line, text in [*gate.numbered_lines(path), (0, "end")]:
        if begun and text[:1] not in ("", " ", "\t", "}", ")", "]"):
            found.append((str(path), begun[0], begun[1], last - begun[1] + 1))
            begun = None
        start = JAVASCRIPT_FUNCTION.match(text)
        if start:
            begun = (start.group(1) or start.group(2), line)
        if text.strip():
            last = line
    return found


def check(root):
    sources = [path for path in gate.files_of(root) if is_source(root, path)]
    complaints = []
    for path in sources:
        lines = len((gate.text_of(path) or "").splitlines())
        if lines > FILE_LINES:
            complaints.append(f"{gate.at(root, path)}: {lines} lines, more than {FILE_LINES}")
    functions = functions_in_cpp([path for path in sources if path.suffix in gate.SOURCE_SUFFIXES])
    for path in sources:
        if path.suffix == ".py":
            functions += functions_in_python(path)
        elif path.suffix in (".js", ".mjs"):
            functions += functions_in_javascript(path)
        elif path.suffix in ("", ".sh"):
            functions += functions_in_shell(path)
    for path, name, line, lines in functions:
        if lines > FUNCTION_LINES:
            complaints.append(f"{path.removeprefix(f'{root}/')}:{line}: {name} has {lines} lines, "
                              f"more than {FUNCTION_LINES}")
    return complaints


def long_function(lines):
    return "int f() {\n" + "  g();\n" * (lines - 2) + "}\n"


SOUND = {"shared/base/a.cc": long_function(60) * 6, "installer/b.py": "def f():\n" + "    g()\n" * 59}
SPOILT = [
    gate.Spoilt("a long file", {"shared/base/a.cc": "int g();\n" * 401}, "401 lines"),
    gate.Spoilt("a long function", {"shared/base/a.cc": long_function(61)}, "f has 61 lines"),
    gate.Spoilt("a long function in a header", {"kiosk/a.h": "inline " + long_function(70)}, "f has 70 lines"),
    gate.Spoilt("a long function in Python", {"tests/b.py": "def f():\n" + "    g()\n" * 60}, "f has 61 lines"),
    gate.Spoilt("a long function in JavaScript", {"collector/a.js": "export function f() {\n" + "  g();\n" * 60 + "}\nf();\n"},
                "f has 62 lines"),
    gate.Spoilt("a long function in a script", {"tests/run": "#!/bin/sh\nf() {\n" + "  g\n" * 60 + "}\n"},
                "f has 62 lines"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
