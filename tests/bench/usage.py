"""What processes use, from /proc."""

from dataclasses import dataclass
from pathlib import Path


class NotReadable(Exception):
    """/proc does not tell us."""


def processes_of(first):
    """`first` and its children."""
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *(int(child) for child in children)]


def pss_mb(process):
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except PermissionError as error:
        raise NotReadable("the kiosk hides its memory from other programs; root may read its size") from error
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def rss_mb(process):
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


@dataclass
class Activity:
    """Wake-ups: how often a thread went to sleep of itself, which is as often as it was woken."""
    wakeups: int
    cpu_ms: float

    def __sub__(self, before):
        return Activity(self.wakeups - before.wakeups, self.cpu_ms - before.cpu_ms)


def activity_of(process):
    wakeups, cpu_ns = 0, 0
    for task in Path(f"/proc/{process}/task").iterdir():
        lines = (task / "status").read_text().splitlines()
        wakeups += next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches:"))
        cpu_ns += int((task / "schedstat").read_text().split()[0])
    return Activity(wakeups, cpu_ns / 1e6)
