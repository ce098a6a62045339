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
    """Of each thread: how often it went to sleep of itself, which is as often as it was woken, and milliseconds of the
    processor's time. A thread that has ended takes its past with it."""
    threads: dict

    def __sub__(self, before):
        return Activity({thread: tuple(now - then for now, then in zip(spent, before.threads.get(thread, (0, 0))))
                         for thread, spent in self.threads.items()})

    @property
    def wakeups(self):
        return sum(wakeups for wakeups, _ in self.threads.values())

    @property
    def cpu_ms(self):
        return sum(cpu_ms for _, cpu_ms in self.threads.values())


def spent_by(task):
    lines = (task / "status").read_text().splitlines()
    wakeups = next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches:"))
    return wakeups, int((task / "schedstat").read_text().split()[0]) / 1e6


def activity_of(process):
    threads = {}
    for task in Path(f"/proc/{process}/task").iterdir():
        try:
            threads[task.name] = spent_by(task)
        except (FileNotFoundError, ProcessLookupError):  # it ended while we looked
            continue
    return Activity(threads)
