"""Reads ctest's JUnit file and says how many tests passed and failed, which failed and what they said at last.

Of a long log often only its end is kept: why a test failed has to stand there.
"""

import sys
import xml.etree.ElementTree as ElementTree


LAST_LINES = 12
WIDTH = 200


def last_words_of(case):
    lines = [line.rstrip() for line in (case.findtext("system-out") or "").splitlines() if line.strip()]
    return [f"    {line[:WIDTH]}" for line in lines[-LAST_LINES:]]


def outcome_of(case):
    if case.find("failure") is not None or case.get("status") == "fail":
        return "failed"
    return "skipped" if case.find("skipped") is not None or case.get("status") == "notrun" else "passed"


def main(path):
    cases = {"passed": [], "failed": [], "skipped": []}
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        cases[outcome_of(case)].append(case)
    for case in cases["skipped"]:
        print(f"  skipped: {case.get('name')}")
    for case in cases["failed"]:
        print(f"  failed: {case.get('name')}", *last_words_of(case), sep="\n")
    skipped = f", {len(cases['skipped'])} skipped" if cases["skipped"] else ""
    print(f"{len(cases['passed'])} passed, {len(cases['failed'])} failed{skipped}")
    return 1 if cases["failed"] or not cases["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
