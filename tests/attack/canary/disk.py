"""A disk of one's own: an image that is mounted through the loop device where that is allowed, so that every block of it
can be read, whatever became of the files. And the names of all files that a program opened for writing."""

import re
import resource
import subprocess
from pathlib import Path

import memory

IMAGE_MIB = 192
TRACED = "trace=open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat"
OPENED = re.compile(r"\bO_(?:WRONLY|RDWR)\b.* = \d+<(?P<path>/[^>]*)>")
NAMED = re.compile(r"\b(?:rename|renameat|renameat2|link|linkat|symlink|symlinkat|mknod|mknodat)\(.*\"(?P<path>[^\"]*)\".* = 0$")


class Disk:
    """`is_image` False: a plain folder, of which only files can be searched."""

    def __init__(self, image, folder):
        self.image, self.folder = image, folder
        folder.mkdir()
        with open(image, "wb") as file:
            file.truncate(IMAGE_MIB << 20)
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
        self.is_image = subprocess.run(["mount", "-o", "loop", image, folder],
                                       capture_output=True, check=False).returncode == 0
        if self.is_image:
            (folder / "lost+found").rmdir()

    def blocks(self, is_written_back=False):
        """All of the disk that was ever written to, in pieces that overlap: the image is full of holes. Without an image, all
        files."""
        if not self.is_image:
            yield from (path.read_bytes() for path in self.folder.rglob("*") if path.is_file())
            return
        if is_written_back:
            subprocess.run(["sync", "--file-system", self.folder], check=True)
        with open(self.image, "rb", buffering=0) as file:
            for begin, end in memory.data_of(file, 0, IMAGE_MIB << 20):
                yield from (content for _, content in memory.pieces_of(file, "", begin, end))

    def close(self):
        if self.is_image:
            subprocess.run(["umount", "--lazy", self.folder], check=False)
            self.is_image = False


def traced(folder):
    """For Processes.wrap: the program as it was, with a tracer beside it that writes down which files it opens."""
    def wrap(name, arguments):
        return ["strace", "-D", "-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf", "-e", TRACED, "-e", "signal=none",
                "-o", folder / f"{name}.trace", "--", *arguments]
    return wrap


def written_by(trace):
    """Paths that were opened for writing, or were made."""
    found = set()
    for line in trace.read_text(errors="replace").splitlines():
        opened = OPENED.search(line) or NAMED.search(line)
        if opened:
            found.add(opened["path"])
    return found


def writes_cores():
    """Whether this system writes a core dump beside the program that died, where its limit allows it."""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    return not pattern.startswith(("|", "/")) and resource.getrlimit(resource.RLIMIT_CORE)[1] != 0


def cores_under(folder):
    return [path for path in folder.rglob("*core*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
