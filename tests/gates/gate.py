"""What the gates share: the project's files, the printing of complaints, and the proof that a gate can fail.

A gate is a function check(root) -> list of complaints ("path:line: what"). Run without arguments it looks at the
project. With --self-test it looks at small made-up trees: the sound one must pass, each spoilt one must be found.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SOURCE_SUFFIXES = {".h", ".cc"}
NOT_OURS = ("build", "demo/", ".git/")


@dataclass
class Spoilt:
    """A tree that must be found out: these files over the sound ones, and what the complaint must say."""
    why: str
    files: dict
    complaint: str


def files_of(root):
    """Every file that belongs to the project, new ones too; without git, all that lie there."""
    listed = subprocess.run(["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], capture_output=True, text=True, check=False)
    if listed.returncode == 0 and root == TOP:
        names = [name for name in listed.stdout.split("\0") if name]
    else:
        names = [str(path.relative_to(root)) for path in root.rglob("*")]
        names = [name for name in names if not name.startswith(NOT_OURS) and "__pycache__" not in name]
    return sorted(root / name for name in set(names) if (root / name).is_file())


def sources_of(root, houses=("shared", "kiosk", "collector")):
    return [path for path in files_of(root)
            if path.suffix in SOURCE_SUFFIXES and path.relative_to(root).parts[0] in houses]


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return None


def at(root, path, line=None):
    return f"{path.relative_to(root)}{f':{line}' if line else ''}"


def numbered_lines(path):
    return enumerate((text_of(path) or "").splitlines(), 1)


def write_tree(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def self_test(check, sound, spoilt):
    faults = []
    for sample in [Spoilt("the sound tree", {}, ""), *spoilt]:
        with tempfile.TemporaryDirectory(prefix="perspective-gate-") as folder:
            write_tree(Path(folder), {**sound, **sample.files})
            complaints = check(Path(folder))
        if not sample.files and complaints:
            faults.append(f"the sound tree is refused: {complaints}")
        elif sample.files and not any(sample.complaint in complaint for complaint in complaints):
            faults.append(f"not found: {sample.why}; complaints were {complaints}")
    return faults


def main(reason, check, sound, spoilt):
    if not spoilt:
        sys.exit("this gate has no tree that it must refuse")
    if sys.argv[1:] == ["--self-test"]:
        complaints = self_test(check, sound, spoilt)
        print(f"{len(spoilt)} spoilt trees, {len(complaints)} not found")
    else:
        complaints = check(TOP)
        print(f"{len(complaints)} complaints")
    for complaint in complaints:
        print(f"  {complaint}")
    if complaints:
        print(f"Why this is a gate: {reason}")
    sys.exit(1 if complaints else 0)


os.environ.setdefault("LC_ALL", "C.UTF-8")
