"""installer/dependencies: a group, a name and a reason on each line, sorted, nothing twice."""

import gate

REASON = "the list is what a newcomer's machine gets installed; each package must have a reason there"

LIST = "installer/dependencies"
GROUPS = ["build", "run", "demo", "test", "builds", "packages"]


def check(root):
    complaints, rows = [], []
    for number, line in gate.numbered_lines(root / LIST):
        if line.startswith("#"):
            continue
        where, parts = f"{LIST}:{number}", line.split(None, 2)
        if len(parts) < 3 or parts[1] not in GROUPS:
            complaints.append(f"{where}: write 'package  group  why'; groups are {', '.join(GROUPS)}")
            continue
        rows.append((GROUPS.index(parts[1]), parts[0]))
        if rows.count(rows[-1]) > 1 or any(name == parts[0] for _, name in rows[:-1]):
            complaints.append(f"{where}: {parts[0]} stands there twice")
    if rows != sorted(rows):
        complaints.append(f"{LIST}: not sorted by group and name")
    return complaints if rows or complaints else [f"{LIST}: lists nothing"]


SOUND = {LIST: "# why\ncmake build the build system\ng++  build  the compiler\nxvfb demo a display\n"}
SPOILT = [
    gate.Spoilt("a package without a reason", {LIST: "cmake build\n"}, "write 'package"),
    gate.Spoilt("an unknown group", {LIST: "cmake tools the build system\n"}, "write 'package"),
    gate.Spoilt("a package twice", {LIST: "cmake build the build\ncmake test the tests\n"}, "twice"),
    gate.Spoilt("out of order", {LIST: "xvfb demo a display\ncmake build the build\n"}, "not sorted"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
