"""A guide as whoever follows it reads it: headings, commands (blocks marked sh), and what is said then (blocks marked text).

A command ends with its line, unless a backslash goes on. A text block shows lines of what the command before it says, in
their order; "..." stands for whatever is there. Words in capitals that PLACEHOLDERS names are put in by whoever reads.
"""

import re
from dataclasses import dataclass, field

FENCE = re.compile(r"^```(\w*)$")
HEADING = re.compile(r"^#+ (.*)$")
ELLIPSIS = "..."
OURS = re.compile(r"`((?:perspective-(?:collector|kiosk)|systemctl) [^`]*)`")


@dataclass
class Command:
    heading: str
    line: int
    words: str
    expected: list = field(default_factory=list)


class Malformed(Exception):
    pass


def read(path):
    """Its commands in order; which of our commands its sentences name; its headings."""
    commands, named, headings = [], [], []
    heading, kind, block = "", None, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        fence = FENCE.match(line)
        if kind is None:
            found = HEADING.match(line)
            if found:
                heading = found.group(1)
                headings.append(heading)
            elif fence:
                kind, block = fence.group(1), []
            else:
                named += [(number, name) for name in OURS.findall(line)]
        elif fence:
            close(path, kind, block, commands, heading)
            kind = None
        else:
            block.append((number, line))
    if kind is not None:
        raise Malformed(f"{path.name}: a block does not end")
    return commands, named, headings


def close(path, kind, block, commands, heading):
    if kind == "sh":
        commands += commands_of(block, heading)
    elif kind == "text":
        if not commands or commands[-1].expected:
            raise Malformed(f"{path.name}:{block[0][0]}: no command says this")
        commands[-1].expected = [line for _, line in block]
    else:
        raise Malformed(f"{path.name}:{block[0][0]}: a block is marked sh or text, else nobody knows whether it was tried")


def commands_of(block, heading):
    commands, begun = [], None
    for number, line in block:
        if begun is None:
            if not line.strip():
                continue
            begun = Command(heading, number, line)
        else:
            begun.words += "\n" + line
        if not line.endswith("\\"):
            commands.append(begun)
            begun = None
    return commands


def missing(expected, said):
    """The first expected line that is not in what was said, after those before it; None where all are."""
    lines = [line.rstrip() for line in said.splitlines()]
    at = 0
    for wanted in expected:
        if wanted.strip() == ELLIPSIS or not wanted.strip():
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in wanted.rstrip().split(ELLIPSIS)))
        while at < len(lines) and not pattern.fullmatch(lines[at]):
            at += 1
        if at == len(lines):
            return wanted
        at += 1
    return None
