"""Reads what `llvm-cov export` says and prints how many branches of each room the tests take.

    coverage.py EXPORT.json ROOM... [--at-least PERCENT] [--missing FILE]

A branch is one outcome, true or false, of one condition in a source or header of the room; it is taken when it was so in
any instance of a template. Fails where a room stays below PERCENT, or where nothing of it was measured. --missing names
a file that is to have every branch that no test takes.

A branch that no test can reach is deleted. One that cannot be deleted stands in UNREACHABLE, with the text of its
condition and why; an entry that fits no missing branch any more fails too.
"""

import argparse
import json
import sys
from pathlib import Path

HOUSES = ("shared", "kiosk", "collector")
# (file, text of the condition, outcome) -> why no test can reach it.
UNREACHABLE = {
    ("collector/keys/copying.cc", "!folder", "true"): "register_copies(), called before, refused such an id",
    ("collector/keys/destruction.cc", "!folder", "true"): "copies(), called before, refused such an id",
    ("collector/keys/credentials.cc", "::stat(place.c_str(), &status) != 0", "true"): "canonical() found it just before",
    ("collector/keys/key_cabinet.cc", "::stat(directory.c_str(), &status) != 0", "true"): "it was made just before",
    ("collector/keys/key_cabinet.cc", "!opened->text().starts_with(trial)", "true"): "its tag fitted: the cipher's promise",
}


def branches_of(export):
    """{file: {(line, column, end line, end column): [times true, times false]}}, instances of templates together."""
    files = {}
    for file in (file for one in export["data"] for file in one["files"]):
        found = files.setdefault(file["filename"], {})
        for line, column, end_line, end_column, is_true, is_false, *_ in file.get("branches", []):
            times = found.setdefault((line, column, end_line, end_column), [0, 0])
            times[0] += is_true
            times[1] += is_false
    return files


def text_at(lines, place):
    line, column, end_line, end_column = place
    if line == end_line:
        return lines[line - 1][column - 1:end_column - 1]
    return lines[line - 1][column - 1:] + " ..."


def room_of(path, top):
    parts = Path(path).relative_to(top).parts if Path(path).is_relative_to(top) else ()
    return parts[1] if len(parts) > 2 and parts[0] in HOUSES else None


def missing_of(path, places, top):
    """(file, line, text, outcome) of each that nothing took."""
    lines = Path(path).read_text().splitlines()
    name = str(Path(path).relative_to(top))
    for place, times in sorted(places.items()):
        for outcome, count in zip(("true", "false"), times):
            if count == 0:
                yield name, place[0], text_at(lines, place), outcome


def measure(files, rooms, top, unreachable):
    """{room: [branches, taken]}, what is missing, and the entries that fit."""
    counts, missing, fitted = {room: [0, 0] for room in rooms}, [], set()
    for path, places in sorted(files.items()):
        room = room_of(path, top)
        if room not in counts:
            continue
        counts[room][0] += 2 * len(places)
        counts[room][1] += 2 * len(places)
        for name, line, text, outcome in missing_of(path, places, top):
            counts[room][1] -= 1
            if (name, text, outcome) in unreachable:
                fitted.add((name, text, outcome))
                counts[room][0] -= 1
            else:
                missing.append(f"{name}:{line}: never {outcome}: {text}")
    return counts, missing, fitted


def say(counts, at_least):
    """Whether every room has enough."""
    is_enough = True
    for room, (branches, taken) in counts.items():
        percent = 100 * taken / branches if branches else 0.0
        is_room_enough = branches > 0 and percent >= at_least
        is_enough = is_enough and is_room_enough
        word = "" if is_room_enough else f"  BELOW {at_least:g} %" if branches else "  NOTHING MEASURED"
        print(f"{room:12} {taken:5} of {branches:5} branches {percent:6.2f} %{word}")
    return is_enough


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("export", type=Path)
    parser.add_argument("rooms", nargs="+")
    parser.add_argument("--top", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--at-least", type=float, default=95)
    parser.add_argument("--missing", type=Path)
    told = parser.parse_args()
    files = branches_of(json.loads(told.export.read_text()))
    counts, missing, fitted = measure(files, told.rooms, told.top, UNREACHABLE)
    is_enough = say(counts, told.at_least)
    if told.missing:
        told.missing.write_text("".join(f"{text}\n" for text in missing))
    stale = [entry for entry in UNREACHABLE if room_of(told.top / entry[0], told.top) in counts and entry not in fitted]
    for entry in stale:
        print(f"{entry[0]}: '{entry[1]}' is {entry[2]} now, or gone: take it out of UNREACHABLE")
    return 0 if is_enough and not stale else 1


if __name__ == "__main__":
    sys.exit(main())
