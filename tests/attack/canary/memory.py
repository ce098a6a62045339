"""The memory of processes, read as root reads it: every mapping that can be read, and files without a name."""

import os
from dataclasses import dataclass
from pathlib import Path

import needles as needles_module

PIECE = 8 << 20     # bytes at a time
OVERLAP = 4096      # what lies across two pieces is found
PAGE = os.sysconf("SC_PAGESIZE")
IS_FILE_PAGE = 1 << 61
UNREADABLE = ("[vvar]", "[vsyscall]")


@dataclass(frozen=True)
class Mapping:
    begin: int
    end: int
    name: str
    is_shared: bool
    offset: int = 0  # in its file

    @property
    def is_of_a_file(self):
        """Of a file with a name: what was not changed in it is that file's."""
        return self.name.startswith("/") and not self.is_shared and not self.name.endswith(" (deleted)")


def mappings_of(process):
    found = []
    for line in Path(f"/proc/{process}/maps").read_text().splitlines():
        words = line.split(maxsplit=5)
        begin, end = (int(word, 16) for word in words[0].split("-"))
        name = words[5] if len(words) > 5 else "[anonymous]"
        if name not in UNREADABLE:  # root reads what the process itself may not
            found.append(Mapping(begin, end, name, "s" in words[1], int(words[2], 16)))
    return found


def pages_in_use(process, mapping):
    """Runs of pages that are in memory, or in swap; what was never touched holds nothing."""
    with open(f"/proc/{process}/pagemap", "rb", buffering=0) as file:
        file.seek(mapping.begin // PAGE * 8)
        entries = memoryview(file.read((mapping.end - mapping.begin) // PAGE * 8)).cast("Q")
    is_of_a_file = mapping.is_of_a_file
    used = [number for number, entry in enumerate(entries)
            if entry >> 62 and not (is_of_a_file and entry & IS_FILE_PAGE)]
    runs = []
    for number in used:
        if runs and runs[-1][1] == number:
            runs[-1][1] = number + 1
        else:
            runs.append([number, number + 1])
    return [(mapping.begin + first * PAGE, mapping.begin + end * PAGE) for first, end in runs]


def contents_of(process):
    """(name of the mapping, bytes), in pieces that overlap. ProcessLookupError when it has ended."""
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        for mapping in mappings_of(process):
            if mapping.is_shared:
                yield from shared_contents_of(process, mapping, memory)
                continue
            for begin, end in pages_in_use(process, mapping):
                yield from pieces_of(memory, mapping.name, begin, end)
    yield from nameless_files_of(process)


def shared_contents_of(process, mapping, memory):
    """By way of its file, which knows what was ever written; where that is not allowed, all of it."""
    if mapping.name.startswith("/dev/") and not mapping.name.startswith("/dev/shm"):
        return
    try:
        with open(f"/proc/{process}/map_files/{mapping.begin:x}-{mapping.end:x}", "rb", buffering=0) as file:
            for begin, end in data_of(file, mapping.offset, mapping.offset + mapping.end - mapping.begin):
                yield from pieces_of(file, mapping.name, begin, end)
    except OSError:
        yield from pieces_of(memory, mapping.name, mapping.begin, mapping.end)


def data_of(file, begin, end):
    """Where it is no hole."""
    while begin < end:
        try:
            begin = os.lseek(file.fileno(), begin, os.SEEK_DATA)
        except OSError:
            return  # nothing further on
        hole = min(os.lseek(file.fileno(), begin, os.SEEK_HOLE), end)
        if begin < hole:
            yield begin, hole
        begin = hole


def pieces_of(file, name, begin, end):
    for at in range(begin, end, PIECE):
        start = max(begin, at - OVERLAP)
        try:
            file.seek(start)
            yield name, file.read(min(at + PIECE, end) - start)
        except OSError:
            continue  # a device's memory, or it was given back meanwhile


def nameless_files_of(process):
    """Those that it has open and need not have mapped."""
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        try:
            name = os.readlink(descriptor)
            if name.startswith("/memfd:") or name.endswith(" (deleted)"):
                yield name, descriptor.read_bytes()
        except OSError:
            continue


def is_there(process):
    """A zombie has no memory any more."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def children_of(process):
    try:
        found = [int(word) for task in Path(f"/proc/{process}/task").iterdir()
                 for word in (task / "children").read_text().split()]
    except OSError:
        return []
    return found + [below for child in found for below in children_of(child)]


def finds_in(process, search):
    """{(mapping, what, writing)}; nothing when it has ended."""
    found = set()
    try:
        for name, content in contents_of(process):
            found |= {(name, *find) for find in search.finds_in(content)}
    except (ProcessLookupError, FileNotFoundError):
        pass
    return found


def keys_in(process, codes):
    """Where keys that were pressed one after the other stand in equal steps: {(mapping, step)}."""
    found = set()
    for name, content in contents_of(process):
        if name in ("[heap]", "[anonymous]"):
            found.add((name, needles_module.keys_apart(content, codes)))
    return {find for find in found if find[1] is not None}
