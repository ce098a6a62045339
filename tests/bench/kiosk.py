"""The kiosk's window beside the least that a window can be: how soon the first picture is there, how much memory that
takes, and what is done while nobody does anything."""

import contextlib
import time

from figure import DIFFERENCE, Figure
from stand import Stand
from usage import NotReadable, activity_of, processes_of, pss_mb
from watch import Watcher

BARE = "bare GLFW + ImGui"
KEEPER_AND_TWO_WINDOWS = 3  # the one that is shown, and the one started ahead for the next visit
MEMORY = ("kiosk.memory.shown", "kiosk.memory.all")
SETTLE_S = 20
QUIET_S = 1.5


@contextlib.contextmanager
def kiosk_stand(bench, name):
    """A stand with an enrolled kiosk and a display, and who watches that."""
    with Stand(bench.folder / name, bench.programs) as stand:
        stand.open_collector()
        stand.enrol(stand.kiosk)
        stand.open_bare_display()
        watcher = Watcher(stand.environment)
        try:
            yield stand, watcher
        finally:
            watcher.close()
            stand.display.close()


def open_and_time(start, watcher, what):
    """(process, milliseconds until its first frame)."""
    began = time.monotonic()
    process = start()
    return process, (watcher.first_frame(what)[0] - began) * 1000


def settled(first, count):
    """The processes of `first`, once they are so many and none has been woken for a while."""
    end = time.monotonic() + SETTLE_S
    before = None
    while time.monotonic() < end:
        processes = processes_of(first)
        now = [activity_of(process) for process in processes]
        if len(processes) == count and now == before:
            break
        before = now
        time.sleep(QUIET_S)
    return processes


def start(bench):
    """Start and memory are of the same runs: bare window, kiosk, bare window, kiosk."""
    bare_ms, kiosk_ms, bare_mb, shown_mb, all_mb = [], [], [], [], []
    with kiosk_stand(bench, "start") as (stand, watcher):
        for _ in range(bench.pick(5, 1)):
            bare, took_ms = open_and_time(stand.start_bare_window, watcher, "the bare window")
            bare_ms.append(took_ms)
            bare_mb.append(size_of(settled(bare.pid, 1)))
            stand.processes.end("bare")
            keeper, took_ms = open_and_time(stand.start_kiosk, watcher, "the kiosk")
            kiosk_ms.append(took_ms)
            processes = settled(keeper.pid, KEEPER_AND_TWO_WINDOWS)
            shown_mb.append(size_of(processes[:2]))  # the window shown is the keeper's first child
            all_mb.append(size_of(processes))
            stand.kiosk.close()
    figures = [Figure("kiosk.start", "kiosk start to first frame", "ms", kiosk_ms, BARE, bare_ms, at_most=1.6)]
    if None in all_mb:
        hidden = "the kiosk hides its memory from other programs; root may read its size"
        bench.not_measured.update(dict.fromkeys(MEMORY, hidden))
        return figures
    labels = ("PSS, keeper and window shown", "PSS, with the window ahead")
    return figures + [Figure(key, label, "MB", sizes, BARE, bare_mb, DIFFERENCE, at_most=60)
                      for key, label, sizes in zip(MEMORY, labels, (shown_mb, all_mb), strict=True)]


def size_of(processes):
    try:
        return sum(pss_mb(process) for process in processes)
    except NotReadable:
        return None


def idle(bench):
    """Both windows at the same time, for the same seconds."""
    seconds = bench.pick(30, 10)
    with kiosk_stand(bench, "idle") as (stand, watcher):
        keeper, _ = open_and_time(stand.start_kiosk, watcher, "the kiosk")
        settled(keeper.pid, KEEPER_AND_TWO_WINDOWS)
        bare, _ = open_and_time(stand.start_bare_window, watcher, "the bare window")
        settled(bare.pid, 1)
        processes = {"keeper": [keeper.pid], "windows": settled(keeper.pid, KEEPER_AND_TWO_WINDOWS)[1:],
                     "bare": [bare.pid]}
        before = {process: activity_of(process) for group in processes.values() for process in group}
        time.sleep(seconds)
        spent = {name: [activity_of(process) - before[process] for process in group]
                 for name, group in processes.items()}
    return [figure for name, label in (("keeper", "keeper"), ("windows", "its windows"))
            for figure in idle_figures(name, f"{label}, {seconds} s idle", spent[name], spent["bare"])]


def idle_figures(name, label, spent, bare):
    def total(activities, what):
        return [sum(getattr(activity, what) for activity in activities)]
    yield Figure(f"kiosk.idle.{name}.wakeups", label, "wakes", total(spent, "wakeups"), BARE, total(bare, "wakeups"),
                 DIFFERENCE, at_most=0)
    yield Figure(f"kiosk.idle.{name}.cpu", label + ", CPU", "ms", total(spent, "cpu_ms"), BARE, total(bare, "cpu_ms"),
                 DIFFERENCE, at_most=0)
