"""Runs a journey with a witness at the collector's socket: whatever the command line, or a script, asks of it is compared with
its own description. What is not as described is printed, and the exit code is 1.

    PERSPECTIVE_PROGRAMS=$PWD/build/dev/bin python3 tests/api/watch.py tests/journey/comments_test.py

PERSPECTIVE_PRISM names a program that puts prism between too. A journey that asks who somebody is by the process that came
(paper_test.py) cannot be watched: the witness is who comes then. What goes to the kiosks' and the people's port goes by itself.
"""

import os
import runpy
import shutil
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "installer" / "demo"), str(TOP / "tests" / "journey")]

import programs  # noqa: E402
from prism import through_prism  # noqa: E402
from witness import Front, UnixDoor, Witness, description_of  # noqa: E402


class Watch:
    """Stands at admin.sock while a collector serves there; the collector's own socket has another name meanwhile."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="perspective-watch-"))
        self.fronts = {}  # of collectors, by folder
        self.witnesses = []

    def come_between(self, collector):
        place, behind = collector.data / "admin.sock", collector.data / "behind.sock"
        place.rename(behind)
        door = UnixDoor(behind)
        through = through_prism(collector.processes, self.folder) if "PERSPECTIVE_PRISM" in os.environ else lambda same: same
        witness = Witness(through(door), description_of(door))
        self.witnesses.append(witness)
        self.fronts[collector.data] = Front(witness, place)
        place.chmod(0o600)

    def step_aside(self, collector):
        front = self.fronts.pop(collector.data, None)
        if front:
            front.end()
            for name in ("admin.sock", "behind.sock"):
                (collector.data / name).unlink(missing_ok=True)

    def verdict(self):
        faults = sorted({fault for witness in self.witnesses for fault in witness.faults})
        seen = {name for witness in self.witnesses for name in witness.seen}
        print("\n".join(faults), file=sys.stderr)
        print(f"watched: {len(seen)} operations, {len(faults)} faults", file=sys.stderr)
        return 1 if faults or not seen else 0


def watching(watch):
    start, serve = programs.Collector.start, programs.Collector.serve

    def watched_start(collector):
        watch.step_aside(collector)
        start(collector)

    def watched_serve(collector):
        serve(collector)
        watch.come_between(collector)

    programs.Collector.start, programs.Collector.serve = watched_start, watched_serve


def main(journey):
    watch = Watch()
    watching(watch)
    sys.argv = sys.argv[1:]
    sys.path.insert(0, str(Path(journey).resolve().parent))
    code = 0
    try:
        runpy.run_path(journey, run_name="__main__")
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        shutil.rmtree(watch.folder, ignore_errors=True)
    return code or watch.verdict()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
