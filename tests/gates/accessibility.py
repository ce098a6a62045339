"""kiosk/ACCESSIBILITY.md names only tests that exist; with --ran TESTS.XML, only tests that ran and passed there."""

import sys
from pathlib import Path

import gate
import named_tests

REASON = "a promise whose test is gone is a promise that nobody keeps"

DOCUMENT = "kiosk/ACCESSIBILITY.md"
WANTED = [f"{letter}{number}" for letter, count in (("A", 13), ("V", 10), ("O", 8), ("T", 3), ("C", 8))
          for number in range(1, count + 1)]
EXCUSES = ("not yet", "does not apply")


def rows(root):
    """(line, what, test) of each row of each table but its head."""
    return [(line, cells[0], cells[2]) for line, cells in named_tests.rows(root, DOCUMENT, 3, "test")]


def check(root):
    if not (root / DOCUMENT).exists():
        return [f"there is no {DOCUMENT}"]
    tests = named_tests.defined(root)
    complaints = []
    for line, what, test in rows(root):
        names = named_tests.NAME.findall(test)
        if not names and not test.startswith(EXCUSES):
            complaints.append(f"{DOCUMENT}:{line}: '{what}' names no test and does not say why")
        complaints += [f"{DOCUMENT}:{line}: there is no test '{name}'" for name in names
                       if not named_tests.is_there(root, name, tests)]
    there = {what.split()[0] for _, what, _ in rows(root)}
    return complaints + [f"{DOCUMENT}: no row for {row}" for row in WANTED if row not in there]


def not_run(root, results):
    """Names of tests whose results are missing, or no pass."""
    return named_tests.not_run([(DOCUMENT, name) for _, _, test in rows(root) for name in named_tests.NAME.findall(test)], results)


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
