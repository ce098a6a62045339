"""The line of a run in which processes are killed: what lies dead is started again, as an operator would; what is seen is
seen together with the process that showed it.

KeeperDied is raised wherever the death of the keeper is noticed; the collector's is mended on the way.
"""

import random
import shutil
import signal
import sqlite3
import socket
import tempfile
import time
from pathlib import Path

import line as line_module
from death_killer import is_running, listener_of
from death_plan import COLLECTOR, KEEPER
from failure import Failure
from hook import Hook, screen_from
from window import Window

PATIENCE_S = 60
LONGEST_ABSENCE_S = 1.5  # of a collector, before it is started again
NAMES = {KEEPER: "kiosk", COLLECTOR: "collector"}


class KeeperDied(Exception):
    pass


class Patience:
    """Counts from the last death: whoever is killed again and again while starting needs longer, and on a busy machine much
    longer. The plan has an end, and so has this."""

    def __init__(self, killer, limit_s=PATIENCE_S):
        self.killer, self.limit_s = killer, limit_s
        self.deaths, self.end = -1, 0.0

    def is_over(self):
        deaths = len(self.killer.records)
        if deaths != self.deaths:
            self.deaths, self.end = deaths, time.monotonic() + self.limit_s
        return time.monotonic() > self.end


class Witness(Hook):
    """A hook that knows whose answer it gives."""

    process = None

    def ask_once(self, request, limit_s):
        if self.stream is None:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(limit_s)
                connection.connect(self.path)
                self.process = listener_of(connection)
                self.stream = connection.makefile("rwb")
        return super().ask_once(request, limit_s)


class Stand:
    def __init__(self, line, inspection, seed):
        self.line = line
        self.inspection = inspection
        self.killer = None
        self.chance = random.Random(f"{seed} and how long the collector stays away")
        self.collector_due = None  # when it is started again; None: it runs
        self.is_unlocked = True
        self.window = None
        self.leaving = None  # (id, start time) of the process whose visit ended
        self.visits = []     # that have begun
        self.snapshots = []  # at each death of the keeper: (how many visits had begun, how many envelopes are durable)

    def watch(self, killer):
        """From here on the killer may kill."""
        self.killer = killer
        for victim, name in NAMES.items():
            killer.started(victim, self.line.processes.running[name])
        self.look_anew()
        killer.start()

    def look_anew(self):
        self.window = Window(self.line.display, Witness(self.line.hook_path))

    # Seeing.

    def look(self):
        """(screen, process), or None while no window answers."""
        self.tend()
        if self.killer.problem:
            raise Failure(self.killer.problem)
        hook = self.window.hook
        try:
            return screen_from(hook.ask_once("screen", 5)), hook.process
        except (OSError, EOFError):
            hook.close()
            time.sleep(0.003)
            return None

    def wait_until(self, what, is_so, limit_s=PATIENCE_S):
        patience = Patience(self.killer, limit_s)
        while not is_so():
            if patience.is_over():
                raise Failure(f"waited in vain until {what}, {limit_s} s since the last death")
            time.sleep(0.005)

    # Dead or alive.

    def tend(self):
        if self.lies_dead(KEEPER):
            raise KeeperDied
        if self.collector_due is None and self.lies_dead(COLLECTOR):
            self.reap(COLLECTOR)
            self.collector_due = time.monotonic() + self.chance.uniform(0, LONGEST_ABSENCE_S)
            self.is_unlocked = False
        if self.collector_due is not None and time.monotonic() >= self.collector_due:
            self.start_collector()
        elif self.collector_due is None and not self.is_unlocked:
            self.unlock_collector()

    def lies_dead(self, victim):
        process = self.line.processes.running.get(NAMES[victim])
        if process is None:
            return True
        if process.poll() is None:
            return False
        if process.returncode != -signal.SIGKILL or not self.killer.is_killed(victim):
            self.line.processes.must_run(NAMES[victim])
        return True

    def reap(self, victim):
        """The process alone, not its group: who outlives it shall be noticed."""
        process = self.line.processes.running.pop(NAMES[victim], None)
        if process is not None:
            process.wait(PATIENCE_S)

    def start_collector(self):
        self.collector_due = None
        self.line.collector.start()
        self.killer.started(COLLECTOR, self.line.processes.running[NAMES[COLLECTOR]])

    def unlock_collector(self):
        if not self.line.collector.answers():
            return
        try:
            self.line.collector.unlock(self.inspection)
            self.is_unlocked = True
        except Failure:
            # Killed again meanwhile? Then tend() finds it dead. Else the complaint is a real one.
            if not self.killer.is_killed(COLLECTOR):
                raise

    def restart_keeper(self):
        """What an operator's systemd does. Its death is looked at closely first."""
        while True:
            last = [record for record in self.killer.records_since(0) if record.death.victim == KEEPER][-1]
            self.reap(KEEPER)
            self.wait_until("the dead keeper's children are gone",
                            lambda: not any(is_running(*child) for child in last.children))
            self.snapshots.append((len(self.visits), len(self.durable_ids())))
            self.line.hook_path.unlink(missing_ok=True)
            self.line.kiosk.open(self.line.environment, self.line.hook_path, "1280x800")
            self.killer.started(KEEPER, self.line.processes.running[NAMES[KEEPER]])
            self.look_anew()
            try:
                self.wait_until("the kiosk shows a window again", lambda: self.look() is not None)
                return
            except KeeperDied:
                continue

    def mend_all(self):
        """Until everything runs, and is unlocked."""
        while True:
            try:
                self.wait_until("everything runs again", lambda: self.look() is not None and self.is_unlocked)
                return
            except KeeperDied:
                self.restart_keeper()

    # What is durable. The keeper is dead, so that its file stands still; the collector may be alive.

    def durable_ids(self):
        ids = set(ids_in_copy(self.line.folder / "kiosk" / "outbox.sqlite"))
        stored = line_module.rows(self.line.folder / "collector" / "collector.sqlite", "SELECT id FROM envelopes")
        return ids | {identifier for identifier, in stored}


def ids_in_copy(database):
    """Of a copy: opening a file whose writer was killed rolls its journal back, which is for the keeper to do."""
    with tempfile.TemporaryDirectory(prefix="perspective-copy-") as folder:
        for path in (database, database.with_name(database.name + "-journal")):
            if path.exists():
                shutil.copy(path, folder)
        connection = sqlite3.connect(Path(folder) / database.name)
        try:
            return [identifier for identifier, in connection.execute("SELECT id FROM envelope")]
        finally:
            connection.close()
