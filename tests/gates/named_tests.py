"""Tests by the names that documents give them: `Suite.Test`, or what ctest knows (journey_x, guide_x, gate_x, packages_x,
attack_x)."""

import re
import xml.etree.ElementTree as ElementTree

import gate

DEFINED = re.compile(r"^TEST(?:_F|_P)?\((\w+), (\w+)\)", re.MULTILINE)
NAME = re.compile(r"`([^`]+)`")
FILES = {"journey": "tests/journey/{}_test.py", "guide": "tests/guides/{}_test.py", "gate": "tests/gates/{}.py",
         "packages": "tests/packages/{}_test.py"}
PROGRAM = re.compile(r"\w+")
ATTACK = re.compile(r"\b(attack_\w+)\b")


def defined(root):
    """Every Suite.Test of the sources, and every attack that is built."""
    tests = {f"{suite}.{test}" for path in gate.sources_of(root, ("tests",)) if path.suffix == ".cc"
             for suite, test in DEFINED.findall(gate.text_of(path) or "")}
    for path in gate.files_of(root):
        if path.name == "CMakeLists.txt" and "attack" in path.parts:
            tests.update(ATTACK.findall(gate.text_of(path) or ""))
    return tests


def is_there(root, name, tests):
    kind, _, rest = name.partition("_")
    if kind in FILES:
        return (root / FILES[kind].format(rest)).exists()
    return name in tests


def rows(root, document, columns, last):
    """(line, cells) of each row of the tables with so many columns whose last heading is this, but heads and rules."""
    found, is_ours = [], False
    for line, text in gate.numbered_lines(root / document):
        if not text.startswith("|"):
            is_ours = False
            continue
        cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
        if len(cells) == columns and cells[-1] == last:
            is_ours = True
        elif is_ours and len(cells) == columns and not set(cells[1]) <= set("-"):
            found.append((line, cells))
    return found


def not_run(names_of, results):
    """What of (document, name) has no pass in these results. A test with parameters ran if each of its forms did."""
    passed, failed = set(), set()
    for name, has_passed in outcomes(results):
        plain = next((part for part in name.split("/") if "." in part), name)
        (passed if has_passed else failed).add(plain)
    return [f"'{name}' of {document} {'failed' if name in failed else 'did not run'}"
            for document, name in sorted(set(names_of)) if name in failed or name not in passed]


def outcomes(results):
    """(name, whether it passed) of each test. Of a program that ctest runs as one test, NAME, each of its own tests counts
    as the program wrote it into NAME.xml beside the results; what an earlier run left there counts only after a pass."""
    for case in ElementTree.parse(results).getroot().iter("testcase"):
        name, has_passed = case.get("name"), case.get("status") == "run"
        yield name, has_passed
        own = results.with_name(f"{name}.xml") if PROGRAM.fullmatch(name) else None  # a parameter's name may be no file's
        if has_passed and own and own.exists():
            for each in ElementTree.parse(own).getroot().iter("testcase"):
                yield f"{each.get('classname')}.{each.get('name')}", each.get("result") == "completed"
