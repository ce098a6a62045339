"""kiosk/ACCESSIBILITY.md names only tests that exist; with --ran TESTS.XML, only tests that ran and passed there."""

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import gate

REASON = "a promise whose test is gone is a promise that nobody keeps"

DOCUMENT = "kiosk/ACCESSIBILITY.md"
WANTED = [f"{letter}{number}" for letter, count in (("A", 13), ("V", 10), ("O", 8), ("T", 3), ("C", 8))
          for number in range(1, count + 1)]
DEFINED = re.compile(r"^TEST(?:_F|_P)?\((\w+), (\w+)\)", re.MULTILINE)
NAME = re.compile(r"`([^`]+)`")
EXCUSES = ("not yet", "does not apply")


def rows(root):
    """(line, what, test) of each row of each table but its head."""
    found = []
    for line, text in gate.numbered_lines(root / DOCUMENT):
        cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
        if text.startswith("|") and len(cells) == 3 and not set(cells[0]) <= set("-") and cells[2] != "test":
            found.append((line, cells[0], cells[2]))
    return found


def is_there(root, name, defined):
    kind, _, rest = name.partition("_")
    if kind == "journey":
        return (root / "tests" / "journey" / f"{rest}_test.py").exists()
    if kind == "gate":
        return (root / "tests" / "gates" / f"{rest}.py").exists()
    return name in defined


def check(root):
    if not (root / DOCUMENT).exists():
        return [f"there is no {DOCUMENT}"]
    defined = {f"{suite}.{test}" for path in gate.sources_of(root, ("tests",)) if path.suffix == ".cc"
               for suite, test in DEFINED.findall(gate.text_of(path) or "")}
    complaints = []
    for line, what, test in rows(root):
        names = NAME.findall(test)
        if not names and not test.startswith(EXCUSES):
            complaints.append(f"{DOCUMENT}:{line}: '{what}' names no test and does not say why")
        complaints += [f"{DOCUMENT}:{line}: there is no test '{name}'" for name in names
                       if not is_there(root, name, defined)]
    there = {what.split()[0] for _, what, _ in rows(root)}
    return complaints + [f"{DOCUMENT}: no row for {row}" for row in WANTED if row not in there]


def not_run(root, results):
    """Names of tests whose results are missing, or no pass. A test with parameters ran if each of its forms did."""
    passed, failed = set(), set()
    for case in ElementTree.parse(results).getroot().iter("testcase"):
        name = case.get("name")
        parts = name.split("/")
        plain = next((part for part in parts if "." in part), name)
        (passed if case.get("status") == "run" else failed).add(plain)
    named = {name for _, _, test in rows(root) for name in NAME.findall(test)}
    return [f"'{name}' of {DOCUMENT} {'failed' if name in failed else 'did not run'}" for name in sorted(named)
            if name in failed or name not in passed]


ALL = "".join(f"| {row} words | how | `Suite.Test` |\n" for row in WANTED)
HEAD = "| promise | how | test |\n|---|---|---|\n"
SOUND = {DOCUMENT: HEAD + ALL + "| 5.3 | how | does not apply |\n| 5.4 | how | `journey_a`, `gate_b` |\n",
         "tests/unit/a/a_test.cc": "TEST_F(Suite, Test) {\n}\n", "tests/journey/a_test.py": "", "tests/gates/b.py": ""}
SPOILT = [
    gate.Spoilt("a test that is gone", {"tests/unit/a/a_test.cc": "TEST(Suite, Other) {}\n"}, "no test 'Suite.Test'"),
    gate.Spoilt("a journey that is gone", {DOCUMENT: HEAD + ALL + "| x | how | `journey_b` |\n"}, "'journey_b'"),
    gate.Spoilt("a row without a test", {DOCUMENT: HEAD + ALL + "| x | how |  |\n"}, "names no test"),
    gate.Spoilt("a promise without a row", {DOCUMENT: HEAD + ALL.replace("| C8 ", "| D8 ")}, "no row for C8"),
]

if __name__ == "__main__":
    if sys.argv[1:2] == ["--ran"]:
        missing = not_run(gate.TOP, Path(sys.argv[2]))
        print("\n".join([f"{len(missing)} tests of {DOCUMENT} did not run or failed", *missing]))
        sys.exit(1 if missing else 0)
    gate.main(REASON, check, SOUND, SPOILT)
