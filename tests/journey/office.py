"""A collector with a door for people, on loopback, in a folder of its own: for tests of a class that needs no kiosk's window."""

import os
import shutil
import tempfile
from pathlib import Path

from processes import Processes
from programs import Collector, free_port, program_in

TOP = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ["PERSPECTIVE_PROGRAMS"])


def open_office(cls, name):
    """Gives the class a folder, processes, a collector that serves, the ports of both doors, and the first administrator's
    link. All of it ends with the class."""
    cls.folder = Path(tempfile.mkdtemp(prefix=f"perspective-{name}-"))
    cls.addClassCleanup(shutil.rmtree, cls.folder)
    cls.processes = Processes(cls.folder, {**os.environ, "PERSPECTIVE_ASSETS": str(TOP / "assets"),
                                           "HOME": str(cls.folder)})
    cls.addClassCleanup(cls.processes.end_all)
    cls.collector = Collector(cls.processes, program_in(PROGRAMS, "perspective-collector"), cls.folder / "collector")
    cls.port, cls.people_port = free_port(), free_port()
    said = cls.collector.command("init", "--host", "127.0.0.1", "--port", str(cls.port), "--people-port",
                                 str(cls.people_port))
    cls.first_link = next(line.strip() for line in said.splitlines() if "/join#" in line)
    cls.collector.serve()
