"""Searches folders for answers in clear: comments, and pairs of variable and option, in every usual writing.

Promise: every regular file under the folders is read to its end, or named as not read, which counts as a find; the
names of files are searched too. What is left out is left out by folder, said by the caller. Archives and databases are
searched as bytes: SQLite keeps text as it is; compressed files are named, for they could hide anything. A comment is
found by a piece of it too, for pages, lines and logs cut it.
"""

import argparse
import base64
import json
import os
import re
import stat
import sys
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

OPTION = re.compile(r"[a-z0-9_]{1,40}")  # anything else is a person's own words
SHORTEST = 6  # bytes; shorter needles are found everywhere by chance
PIECE = 24  # characters: rare enough to be nobody else's, and three of them in one line of wrapped base64
COMPRESSED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zstd", b"PK\x03\x04": "zip"}


@dataclass(frozen=True)
class Find:
    path: str
    what: str     # which needle, never its text
    writing: str  # how it was written

    def __str__(self):
        return f"{self.path}: {self.what}, as {self.writing}"


def base64_cores(data):
    """What stands in any base64 text that holds these bytes, wherever the groups of three begin."""
    cores = []
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + data)
        first = (shift * 8 + 5) // 6                # characters that depend on what stands before
        last = ((shift + len(data)) * 8) // 6       # beyond: on what stands after
        cores.append(encoded[first:last])
    return cores


def writings_of(text):
    """[(name, bytes)] of every way in which the text may have been written down."""
    utf8 = text.encode()
    found = [("UTF-8", utf8), ("UTF-16LE", text.encode("utf-16-le")), ("UTF-16BE", text.encode("utf-16-be")),
             ("hexadecimal", utf8.hex().encode()), ("hexadecimal", utf8.hex().upper().encode())]
    for name, quote in (("URL-encoded", urllib.parse.quote), ("URL-encoded form", urllib.parse.quote_plus)):
        encoded = quote(text, safe="")
        found += [(name, encoded.encode()), (name, re.sub("%..", lambda code: code[0].lower(), encoded).encode())]
    for is_ascii in (True, False):  # false: as our own programs write it
        once = json.dumps(text, ensure_ascii=is_ascii)
        found += [("JSON-escaped", once[1:-1].encode()),
                  ("JSON in JSON", json.dumps(once, ensure_ascii=is_ascii)[3:-3].encode())]
    for core in base64_cores(utf8):
        found += [("base64", core), ("base64url", core.translate(bytes.maketrans(b"+/", b"-_")))]
    found += [("base64 of UTF-16LE", core) for core in base64_cores(text.encode("utf-16-le"))]
    unique = dict.fromkeys((name, data) for name, data in found if len(data) >= SHORTEST)
    return list({data: (name, data) for name, data in reversed(unique)}.values())


def pairs_of(variable, option):
    """How programs serialise 'this variable has this answer'."""
    return [f'"{variable}":"{option}"', f'"{variable}": "{option}"', f'"{variable}":["{option}"',
            f'"{variable}": ["{option}"', f'"{variable}":{{"choice":"{option}"',  # the last two: as a draft has it
            f'"{variable}":{{"choices":["{option}"', f"{variable}={option}", f"{variable}: {option}", f"{variable}:{option}",
            f"{variable},{option}", f"{variable}\t{option}", f"{variable}|{option}", f"{variable} {option}",
            f"'{variable}': '{option}'", f"'{variable}','{option}'"]


def pieces_of(comment):
    return [comment[start:start + PIECE] for start in range(0, len(comment) - PIECE + 1, PIECE)]


def needles_of(responses):
    """[(what, bytes, writing)] for every comment and every pair in a responses file."""
    texts = {}
    for rows in (value for value in responses.values() if isinstance(value, list)):
        for row in rows:
            for variable, answer in row["answers"].items():
                options = answer if isinstance(answer, list) else [answer]
                if not all(OPTION.fullmatch(option) for option in options):
                    texts.update({piece: f"a comment to '{variable}'" for option in options
                                  for piece in [option, *pieces_of(option)]})
                for option in options:
                    texts.update(dict.fromkeys(pairs_of(variable, option), f"an answer to '{variable}'"))
    return [(what, data, writing) for text, what in texts.items() for writing, data in writings_of(text)]


def finds_in(path, content, needles):
    found = {Find(str(path), what, writing) for what, data, writing in needles if data in content}
    packed = next((name for start, name in COMPRESSED.items() if content.startswith(start)), None)
    if packed:
        found.add(Find(str(path), "a compressed file, which could hide anything", packed))
    return found


def files_under(folder, leave_out):
    """[(path, problem)]; sockets and pipes hold nothing. A link is not followed: what it names lies elsewhere."""
    for place, folders, names in os.walk(folder, onerror=lambda error: None):
        folders[:] = [name for name in folders if Path(place, name) not in leave_out]
        for name in folders:
            if not os.access(Path(place, name), os.R_OK | os.X_OK):
                yield Path(place, name), "a folder that could not be read"
        for name in names:
            path = Path(place, name)
            if path not in leave_out:
                yield path, None


def search(folders, needles, leave_out=(), newer_than=0.0):
    """(finds, number of files read)."""
    leave_out = {Path(path) for path in leave_out}
    finds, count = set(), 0
    for folder in folders:
        if not Path(folder).is_dir():
            finds.add(Find(str(folder), "a folder that is not there", "nothing"))
        for path, problem in files_under(folder, leave_out):
            finds |= finds_in(path, os.fsencode(path), needles)
            try:
                status = path.lstat()
                changed = max(status.st_mtime, status.st_ctime)  # a program may set the first back, not the second
                if problem is None and (not stat.S_ISREG(status.st_mode) or changed < newer_than):
                    continue
                content = path.read_bytes() if problem is None else b""
            except FileNotFoundError:
                continue  # it went while we looked
            except OSError:
                problem = "a file that could not be read"
            if problem:
                finds.add(Find(str(path), problem, "nothing"))
                continue
            count += 1
            finds |= finds_in(path, content, needles)
    return sorted(finds, key=str), count


def main(words):
    parser = argparse.ArgumentParser(description="Searches folders for the answers of a responses file in clear.")
    parser.add_argument("--responses", type=Path, required=True)
    parser.add_argument("--leave-out", type=Path, action="append", default=[])
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args(words)
    needles = needles_of(json.loads(arguments.responses.read_text()))
    finds, count = search(arguments.folders, needles, arguments.leave_out)
    for find in finds:
        print(find)
    print(f"{count} files searched for {len(needles)} needles: {len(finds)} finds")
    return 1 if finds or not needles or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
