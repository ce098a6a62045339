"""Reads ctest's JUnit file and says how many tests passed and failed and which failed."""

import sys
import xml.etree.ElementTree as ElementTree


def outcome_of(case):
    if case.find("failure") is not None or case.get("status") == "fail":
        return "failed"
    return "skipped" if case.find("skipped") is not None or case.get("status") == "notrun" else "passed"


def main(path):
    cases = [(case.get("name"), outcome_of(case)) for case in ElementTree.parse(path).getroot().iter("testcase")]
    names = {outcome: [name for name, found in cases if found == outcome] for outcome in ("passed", "failed", "skipped")}
    for outcome in ("failed", "skipped"):
        for name in names[outcome]:
            print(f"  {outcome}: {name}")
    skipped = f", {len(names['skipped'])} skipped" if names["skipped"] else ""
    print(f"{len(names['passed'])} passed, {len(names['failed'])} failed{skipped}")
    return 1 if names["failed"] or not names["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
