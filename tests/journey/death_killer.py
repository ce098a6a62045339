"""The thread that kills. It knows nothing of visits: others tell it when Send was pressed and when a process was started.

Promise: a process is killed by an id that is its own at that moment: a child of ours that we have not reaped, or one
that a descriptor of it (pidfd) names and whose parent is the keeper. Every wait is bounded.
"""

import os
import signal
import socket
import struct
import threading
import time
from dataclasses import dataclass

from death_plan import AHEAD, COLLECTOR, COMMIT, KEEPER, SENDING, SHOWN, START

EVENT_PATIENCE_S = 12   # for Send or a start; then the death comes all the same
SENDING_S = 0.8         # the kiosk sends for longer than that
COMMIT_PATIENCE_S = 2   # for a commit after Send
VICTIM_PATIENCE_S = 120  # until there is one
GLANCE_S = 0.0004


@dataclass(frozen=True)
class Record:
    death: object   # of the plan
    process: int
    screen: str     # where the visit was
    children: tuple = ()  # of a keeper: [(id, start time)]


def listener_of(connection):
    """The process that listens at the other end."""
    return struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))[0]


def shown_process(hook_path):
    """The process of the window that is shown: the one that listens on the hook; None while there is none."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(hook_path))
        except OSError:
            return None
        return listener_of(probe)


def status_of(process):
    """(state, parent, start time) as /proc has them; None when there is no such process."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            words = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return words[0], int(words[1]), int(words[19])


def children_of(process):
    """[(id, start time)], the youngest last."""
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
            found = [(int(word), status_of(word)) for word in file.read().split()]
    except OSError:
        return []
    return sorted(((child, status[2]) for child, status in found if status), key=lambda each: each[1])


def is_running(process, start_time):
    status = status_of(process)
    return status is not None and status[0] not in "ZX" and status[2] == start_time


def mark_of(paths):
    """What changes as soon as one of the files is written to."""
    found = []
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        found.append((status.st_size, status.st_mtime_ns, status.st_ino))
    return found


class Killer(threading.Thread):
    def __init__(self, deaths, hook_path, written_by):
        """`written_by`: victim -> files that a commit of it writes to first."""
        super().__init__(name="killer", daemon=True)
        self.deaths = deaths
        self.hook_path = hook_path
        self.written_by = written_by
        self.lock = threading.RLock()
        self.told = threading.Condition(self.lock)
        self.alive = {}     # KEEPER, COLLECTOR -> Popen, while it is neither killed nor being started
        self.starts = {KEEPER: 0, COLLECTOR: 0}
        self.sent_at = 0.0
        self.screen = ""
        self.records = []
        self.killed = set()  # children: (id, start time)
        self.problem = None
        self.is_stopping = False

    # What others tell.

    def started(self, victim, process):
        with self.lock:
            self.alive[victim] = process
            self.starts[victim] += 1
            self.told.notify_all()

    def sent(self):
        with self.lock:
            self.sent_at = time.monotonic()
            self.told.notify_all()

    def stop(self):
        with self.lock:
            self.is_stopping = True
            self.told.notify_all()

    def is_killed(self, victim):
        with self.lock:
            return victim not in self.alive

    def records_since(self, count):
        with self.lock:
            return self.records[count:]

    # The thread.

    def run(self):
        for death in self.deaths:
            self.await_moment(death)
            if not self.kill(death):
                return

    def await_moment(self, death):
        with self.lock:
            sent_at, starts = self.sent_at, self.starts.get(death.victim)
        if death.aim == SENDING:
            self.await_event(lambda: time.monotonic() - self.sent_at < SENDING_S)
        if death.aim == COMMIT:
            self.await_event(lambda: self.sent_at != sent_at)
            self.await_commit(COLLECTOR if death.victim == COLLECTOR else KEEPER)
        if death.aim == START and starts is not None and self.is_killed(death.victim):
            self.await_event(lambda: self.starts[death.victim] != starts)
        self.pause(death.delay_s)

    def await_event(self, has_come):
        with self.told:
            self.told.wait_for(lambda: has_come() or self.is_stopping, EVENT_PATIENCE_S)

    def await_commit(self, writer):
        before, end = mark_of(self.written_by[writer]), time.monotonic() + COMMIT_PATIENCE_S
        while mark_of(self.written_by[writer]) == before and time.monotonic() < end and not self.is_stopping:
            time.sleep(GLANCE_S)

    def pause(self, duration_s):
        with self.told:
            self.told.wait_for(lambda: self.is_stopping, duration_s)

    def kill(self, death):
        end = time.monotonic() + VICTIM_PATIENCE_S
        while not self.is_stopping:
            with self.lock:
                record = self.kill_now(death)
                if record is not None:
                    self.records.append(record)
                    return True
            if time.monotonic() > end:
                self.problem = f"for {VICTIM_PATIENCE_S} s there was no {death.victim} to be killed"
                return False
            time.sleep(0.005)
        return False

    def kill_now(self, death):
        if death.victim in (KEEPER, COLLECTOR):
            return self.kill_own(death)
        keeper = self.alive.get(KEEPER)
        process = self.child_of(keeper, death.victim) if keeper else None
        if process is None:
            return None
        try:
            descriptor = os.pidfd_open(process)
        except OSError:
            return None
        try:
            status = status_of(process)
            if status is None or status[0] in "ZX" or status[1] != keeper.pid or (process, status[2]) in self.killed:
                return None  # not ours, or on its way out
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
        except ProcessLookupError:
            return None
        finally:
            os.close(descriptor)
        self.killed.add((process, status[2]))
        return Record(death, process, self.screen)

    def kill_own(self, death):
        process = self.alive.get(death.victim)
        if process is None:
            return None
        children = tuple(children_of(process.pid)) if death.victim == KEEPER else ()
        os.kill(process.pid, signal.SIGKILL)
        del self.alive[death.victim]
        return Record(death, process.pid, self.screen, children)

    def child_of(self, keeper, victim):
        shown = shown_process(self.hook_path)
        if victim == SHOWN or shown is None:
            return shown if victim == SHOWN else None
        others = [child for child, _ in children_of(keeper.pid) if child != shown]
        return others[-1] if victim == AHEAD and others else None
