"""Every C++ file is laid out as .clang-format says (version 14, Debian 12's)."""

import re
import shutil
import subprocess

import gate

REASON = "one layout, made by a program, so that a change shows only what changed"

WARNING = re.compile(r"^(.*?):(\d+):\d+: error: code should be clang-formatted", re.MULTILINE)


def check(root):
    sources = gate.sources_of(root, ("shared", "kiosk", "collector", "tests"))
    if not sources:
        return ["there are no sources"]
    program = shutil.which("clang-format-14") or "clang-format"
    done = subprocess.run([program, f"--style=file:{gate.TOP / '.clang-format'}", "--dry-run", "-Werror", *sources],
                          capture_output=True, text=True, check=False)
    found = {}
    for path, line in WARNING.findall(done.stderr):
        found.setdefault(path, line)
    complaints = [f"{path.removeprefix(f'{root}/')}:{line}: run clang-format -i on it" for path, line in found.items()]
    return complaints or ([done.stderr[-800:]] if done.returncode else [])


SOUND = {"shared/base/a.h": "int sum(int a, int b);\n"}
SPOILT = [gate.Spoilt("another layout", {"shared/base/a.h": "int sum( int a,int b );\n"}, "a.h:1: run clang-format")]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
