"""SECURITY.md and guides/data-protection.md: each promise names the tests that would fail, and these exist; with --ran
TESTS.XML, they ran and passed there."""

import sys
from pathlib import Path

import gate
import named_tests

REASON = "a promise that no test keeps is a wish; whoever trusts it with a child's words should know which it is"

DOCUMENTS = {"SECURITY.md": 3, "guides/data-protection.md": 3}  # columns of their tables of promises
LAST = "test"


def promises(root):
    for document, columns in DOCUMENTS.items():
        if (root / document).exists():
            for line, cells in named_tests.rows(root, document, columns, LAST):
                yield document, line, cells[0], named_tests.NAME.findall(cells[-1])


def check(root):
    tests = named_tests.defined(root)
    found = list(promises(root))
    complaints = [f"{document}: no promise names a test" for document in DOCUMENTS
                  if (root / document).exists() and document not in {each[0] for each in found}]
    if not found:
        return complaints or ["there is no document of promises"]
    for document, line, what, names in found:
        if not names:
            complaints.append(f"{document}:{line}: '{what}' names no test")
        complaints += [f"{document}:{line}: there is no test '{name}'" for name in names
                       if not named_tests.is_there(root, name, tests)]
    return complaints


HEAD = "| promise | how | test |\n|---|---|---|\n"
SOUND = {"SECURITY.md": HEAD + "| At rest | sealed | `Suite.Test`, `journey_a`, `attack_b` |\n\n| a | b | c |\n|---|---|---|\n| x | y | z |\n",
         "tests/unit/a/a_test.cc": "TEST_P(Suite, Test) {\n}\n", "tests/journey/a_test.py": "",
         "tests/attack/b/CMakeLists.txt": "attack_test(attack_b)\n"}
SPOILT = [
    gate.Spoilt("a test that is gone", {"tests/unit/a/a_test.cc": "TEST(Suite, Other) {}\n"}, "no test 'Suite.Test'"),
    gate.Spoilt("an attack that is gone", {"tests/attack/b/CMakeLists.txt": ""}, "no test 'attack_b'"),
    gate.Spoilt("a promise without a test", {"SECURITY.md": HEAD + "| At rest | sealed | tried by hand |\n"}, "names no test"),
    gate.Spoilt("no promises any more", {"SECURITY.md": "# Security\n"}, "no promise names a test"),
]

if __name__ == "__main__":
    if sys.argv[1:2] == ["--ran"]:
        missing = named_tests.not_run([(document, name) for document, _, _, names in promises(gate.TOP) for name in names],
                                      Path(sys.argv[2]))
        print("\n".join([f"{len(missing)} tests of promises did not run or failed", *missing]))
        sys.exit(1 if missing else 0)
    gate.main(REASON, check, SOUND, SPOILT)
