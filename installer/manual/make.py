#!/usr/bin/python3
"""Writes a program's manual pages: what it says of itself with --help, and the few parts that --help has not (NAME.parts).

    make.py PROGRAM FOLDER      FOLDER/NAME.1, and FOLDER/NAME-GROUP.1 for each group of commands

A part begins with "# HEADING"; "TERM :: words" is one of a list. What is said of a group is in its own file, NAME-GROUP.parts.
"""

import os
import re
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST = re.compile(r"^  (\S.*?)(?:  +(\S.*))?$")
CONTINUED = re.compile(r"^ {20,}(\S.*)$")
LISTS = {"Positionals:": "positionals", "Options:": "options", "Subcommands:": "commands"}
OF_EVERY_COMMAND = ("-h,--help",)
ORDER = ("DESCRIPTION", "FILES", "ENVIRONMENT", "SECURITY", "EXIT STATUS", "EXAMPLES", "SEE ALSO")


@dataclass
class Help:
    words: list  # of the command, without the program
    about: str = ""
    usage: str = ""
    positionals: list = field(default_factory=list)
    options: list = field(default_factory=list)
    commands: list = field(default_factory=list)
    foot: list = field(default_factory=list)  # paragraphs, each a list of lines


def said_by(program, words):
    # Not of this machine: a home, and what its environment says.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PERSPECTIVE_")}
    done = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True, timeout=60,
                          env={**environment, "HOME": "~", "LC_ALL": "C.UTF-8"})
    return done.stdout.splitlines()


def read_help(program, words=()):
    parsed, place, about = Help(list(words)), None, []
    lines = said_by(program, words)
    for line in lines:
        bare = line.strip()
        if line.startswith("Usage: "):
            parsed.usage, place = line.removeprefix("Usage: "), "after"
        elif bare in LISTS:
            place = LISTS[bare]
        elif line.startswith("[Option Group") or bare.startswith("[Between"):
            place = "options"
        elif place is None:
            about.append(bare)
        elif place in LISTS.values() and (not bare or line.startswith(" ")):
            take_item(getattr(parsed, place), line if not line.startswith("    --") else line[2:])
        else:
            place = "foot"
            parsed.foot.append(line)
    parsed.about = " ".join(line for line in about if line)
    parsed.foot = paragraphs(parsed.foot)
    parsed.options = [one for one in parsed.options if one[0] not in OF_EVERY_COMMAND]
    return parsed


def take_item(items, line):
    continued, new = CONTINUED.match(line), LIST.match(line)
    if continued and items:
        items[-1] = (items[-1][0], f"{items[-1][1]} {continued.group(1)}".strip())
    elif new and not line.startswith("   "):
        items.append((new.group(1), new.group(2) or ""))


def paragraphs(lines):
    found = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]


# ---- roff

def plain(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq").replace("~", "\\(ti")
    text = text.replace("^", "\\(ha")
    return "\\&" + text if text.startswith(".") else text


def flowing(text):
    """As lines of text that a page fills anew: none too long for who reads the source, none that begins as a request does."""
    lines = textwrap.wrap(plain(text), 78, break_long_words=False, break_on_hyphens=False)
    return ["\\&" + line if line.startswith((".", "'")) else line for line in lines]


def bold(text):
    return f"\\fB{plain(text)}\\fR"


def signature(item):
    """'--rate N:INT in [0 - 1000000]=20' as '--rate N', and what is said of it: its limits, default, that it is required."""
    words, notes = item, []
    if words.endswith(" REQUIRED"):
        words = words.removesuffix(" REQUIRED")
        notes.append("required")
    name, _, rest = words.partition(" ")
    rest, is_given, default = rest.partition("=")
    kind, _, limits = rest.partition(":")
    values = re.search(r"\{(.*)\}", limits)
    limits = re.sub(r"^INT in ", "", limits)
    if values:
        notes.append("one of " + ", ".join(one.partition("->")[0] for one in values.group(1).split(",")))
    elif re.match(r"\[.* - .*\]", limits):
        notes.append(re.sub(r"\[(.*) - (.*)\]", r"\1 to \2", limits))
    elif limits:
        kind = limits
    if is_given:
        notes.append(f"else {default}")
    return name, kind, "; ".join(notes)


def item_lines(items, is_option):
    lines = []
    for term, words in items:
        name, kind, notes = signature(term if is_option else term.removesuffix(" REQUIRED"))
        names = ", ".join(bold(one) for one in name.split(",")) if is_option else f"\\fI{plain(name)}\\fR"
        lines += [".TP", names + (f" \\fI{plain(kind)}\\fR" if is_option and kind else "")]
        lines += flowing(words + (f" ({notes})" if notes and words else notes)) or ["\\&"]
    return lines


def foot_lines(foot):
    """Text; examples as they are typed. Exit codes have a section of their own."""
    lines = []
    for paragraph in foot:
        if paragraph[0].startswith("Exit codes"):
            continue
        if paragraph[0].startswith("Example"):
            lines += [".PP", "Example:", ".PP", ".nf", ".RS 4", *[plain(line[2:]) for line in paragraph[1:]], ".RE", ".fi"]
        else:
            lines += [".PP", *flowing(" ".join(line.strip() for line in paragraph))]
    return lines


def exit_lines(foot):
    lines = []
    for paragraph in foot:
        if paragraph[0].startswith("Exit codes"):
            for line in paragraph[1:]:
                number, _, words = line.strip().partition("  ")
                lines += [".TP", bold(number), *flowing(words)]
    return lines


def command_lines(program, parsed, common):
    """One command as a subsection."""
    lines = [f".SS {plain(' '.join(parsed.words))}", *flowing(parsed.about + ("" if parsed.about.endswith(("?", ".")) else ".")), ".PP", bold(program) + " " + plain(parsed.usage.removeprefix(program).strip())]
    lines += item_lines(parsed.positionals, False) + item_lines(parsed.options, True)
    return lines + foot_lines([one for one in parsed.foot if one not in common])


# ---- pages

def parts_of(name):
    path = HERE / f"{name}.parts"
    parts = {}
    heading = None
    for line in path.read_text().splitlines() if path.exists() else ():
        if line.startswith("# "):
            heading = line[2:]
            parts[heading] = []
        elif heading:
            parts[heading].append(line)
    return {heading: part_lines(lines) for heading, lines in parts.items()}


def part_lines(lines):
    written = []
    for paragraph in paragraphs(lines):
        if all(" :: " in line for line in paragraph):
            for line in paragraph:
                term, _, words = line.partition(" :: ")
                written += [".TP", bold(term), *flowing(words)]
        elif paragraph[0].startswith(".BR "):
            written += paragraph
        else:
            written += [".PP", *flowing(" ".join(paragraph))]
    return written


def page(program, name, version, parsed, sections):
    about = parsed.about.rstrip(".")
    about = about if about.startswith("Perspective") else about[0].lower() + about[1:]
    head = [f'.TH {name.upper()} 1 "{day()}" "Perspective {version}" "Perspective"', ".SH NAME",
            *[line.replace("\0", "\\-") for line in flowing(f"{name} \0 {about}")], ".SH SYNOPSIS",
            bold(program) + " " + plain(parsed.usage.removeprefix(program).strip())]
    body = []
    for heading in [*sections]:
        lines = sections[heading]
        if lines:
            body += [f".SH {heading}", *(lines[1:] if lines[0] == ".PP" else lines)]
    return "\n".join(head + body) + "\n"


def in_order(first, parts):
    rest = {heading: parts[heading] for heading in ORDER if heading in parts and heading not in first}
    return {**first, **rest}


def write_pages(program, folder):
    name = Path(program).name
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    top = read_help(program)
    groups, single = [], []
    for word, _ in top.commands:
        word = word.split(",")[0]
        parsed = read_help(program, [word])
        (groups if parsed.commands else single).append(parsed)
    pages = [f"{name}-{group.words[0]}" for group in groups]
    parts = parts_of(name)
    sections = {"DESCRIPTION": parts.pop("DESCRIPTION", []) + foot_lines(top.foot), "OPTIONS": item_lines(top.options, True),
                "COMMANDS": [line for parsed in single for line in command_lines(name, parsed, top.foot)]}
    if groups:
        sections["GROUPS OF COMMANDS"] = [line for group, other in zip(groups, pages) for line in (
            ".TP", f"{bold(other)}(1)", plain(group.about))]
    parts["EXIT STATUS"] = exit_lines(top.foot)
    also = parts.get("SEE ALSO", [])
    write(folder / f"{name}.1", page(name, name, version, top, in_order(sections, parts)))
    for group, other in zip(groups, pages):
        write_group(program, folder, version, group, other, top, also)


def write_group(program, folder, version, group, other, top, also):
    name = Path(program).name
    commands = [read_help(program, [*group.words, word.split(",")[0]]) for word, _ in group.commands]
    parts = parts_of(other)
    sections = {"DESCRIPTION": parts.pop("DESCRIPTION", []) + foot_lines([one for one in group.foot if one not in top.foot]),
                "COMMANDS": [line for parsed in commands for line in command_lines(name, parsed, top.foot)]}
    parts["EXIT STATUS"] = [plain(f"As {name} has it.")]
    parts["SEE ALSO"] = [f"{bold(name)}(1)", *also]
    write(folder / f"{other}.1", page(name, other, version, group, in_order(sections, parts)))


def day():
    """Of the sources where a package says so, so that the same commit gives the same bytes."""
    return time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write_pages(sys.argv[1], Path(sys.argv[2]))
