"""A Debian tree that was booted: systemd is its process 1, and units run in it as they do on a machine.

Promise: it has no network but loopback; all that it started ends with it, and its cgroups are removed.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[2]
CGROUPS = Path("/sys/fs/cgroup")
PATIENCE_S = 60


class Failure(Exception):
    pass


def hierarchies():
    """Folders that a cgroup is made in: one, or one a controller."""
    if (CGROUPS / "cgroup.procs").exists():
        return [CGROUPS]
    return [path for path in CGROUPS.iterdir() if not path.is_symlink() and (path / "cgroup.procs").exists()]


class Machine:
    def __init__(self, base, folder):
        self.folder = Path(folder)
        self.log = self.folder / "boot.log"
        self.name = f"perspective-proof-{os.getpid()}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.groups = [path / self.name for path in hierarchies()]
        for group in self.groups:
            group.mkdir()
            if (group / "cpuset.cpus").exists():  # a group of cpuset takes nobody in before it has these
                for name in ("cpuset.cpus", "cpuset.mems"):
                    (group / name).write_text((group.parent / name).read_text())
        enter = "".join(f"echo $$ >{group}/cgroup.procs\n" for group in self.groups)
        with open(self.log, "wb") as output:
            self.process = subprocess.Popen(
                ["sh", "-ec", enter + 'exec unshare --mount --pid --fork --kill-child --uts --ipc --net --cgroup '
                 '--propagation=private "$@"', "sh", HERE / "boot", base, self.folder, TOP],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)

    def __enter__(self):
        self.wait_until("systemd runs", lambda: self.run("systemctl", "is-system-running", accept=None).stdout.strip()
                        in ("running", "degraded"))
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)  # unshare's child, process 1, dies with it and takes all along
            self.process.wait(PATIENCE_S)
        for _ in range(50):
            left = [folder for group in self.groups for folder in [*sorted(group.rglob("*/"), reverse=True), group]
                    if folder.is_dir()]
            for folder in left:
                try:
                    folder.rmdir()
                except OSError:
                    continue
            if not any(group.exists() for group in self.groups):
                break
            time.sleep(0.1)

    def first_process(self):
        """Process 1 of the machine, as this one numbers it."""
        if self.process.poll() is not None:
            raise Failure(f"the machine went away:\n{self.log.read_text(errors='replace')[-2000:]}")
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return children[0] if children else None

    def run(self, *words, lines=(), limit_s=120, accept=(0,), user=None):
        """Runs a program in the machine to its end. accept None: whatever its exit code."""
        first = self.first_process()
        if first is None or not Path(f"/proc/{first}/root", "usr").is_dir():
            return subprocess.CompletedProcess(words, 1, "", "not there yet")
        inside = ["nsenter", f"--target={first}", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd",
                  "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "HOME=/root",
                  "DEBIAN_FRONTEND=noninteractive"]
        if user:
            inside += ["runuser", "-u", user, "--"]
        done = subprocess.run([*inside, *map(str, words)], input="".join(f"{line}\n" for line in lines), text=True,
                              capture_output=True, timeout=limit_s, check=False)
        if accept is not None and done.returncode not in accept:
            raise Failure(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout[-1500:]}\n"
                          f"{done.stderr[-1500:]}")
        return done

    def wait_until(self, what, is_so, limit_s=PATIENCE_S):
        end = time.monotonic() + limit_s
        while not is_so():
            if time.monotonic() > end:
                raise Failure(f"waited {limit_s} s in vain until {what}\n{self.journal()}")
            time.sleep(0.2)

    def journal(self):
        return self.run("journalctl", "--no-pager", "--lines=40", accept=None).stdout

    def root(self):
        return Path(f"/proc/{self.first_process()}/root")

    def write(self, name, text):
        path = self.root() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def is_active(self, unit):
        return self.run("systemctl", "is-active", unit, accept=None).stdout.strip() == "active"
