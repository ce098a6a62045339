"""A real PostgreSQL server in a temporary folder, reached over a Unix socket alone, run as an unprivileged user (initdb
refuses root).

Promise: every wait is bounded; end() ends the server by its id and takes the folder away.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from processes import die_with_parent

LIMIT_S = 60
USER = "perspective"  # of the database; of the machine it is Debian's postgres, where we are root


def programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def need_programs():
    """Skips by name where the server is not installed, but fails where CI is set."""
    if programs():
        return
    if "CI" in os.environ:
        raise AssertionError("PostgreSQL is not installed, and CI tests both stores")
    raise unittest.SkipTest("PostgreSQL is not installed: installer/install-dependencies test")


class PostgresServer:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="perspective-pg-"))
        self.owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        if self.owner:
            shutil.chown(self.folder, "postgres", "postgres")
        self.process = None
        self.run("initdb", "--pgdata=data", f"--username={USER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
                 "--no-sync")

    def run(self, program, *arguments):
        done = subprocess.run([programs() / program, *arguments], cwd=self.folder, text=True, capture_output=True,
                              timeout=LIMIT_S, check=False, **self.owner)
        if done.returncode != 0:
            raise AssertionError(f"{program} ended with {done.returncode}: {done.stderr[-1000:]}")
        return done.stdout

    def start(self):
        end = time.monotonic() + LIMIT_S
        while not self.answers():
            if self.process is None or self.process.poll() is not None:  # what was killed may still be about to go
                self.launch()
            if time.monotonic() > end:
                raise AssertionError(f"postgres does not answer:\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.1)

    def launch(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", "data", "-c", "listen_addresses=", "-c",
                 f"unix_socket_directories={self.folder}", "-c", "shared_buffers=32MB"], cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=die_with_parent, **self.owner)

    def answers(self):
        return subprocess.run([programs() / "pg_isready", "-q", "-h", self.folder], timeout=LIMIT_S,
                              check=False).returncode == 0

    def kill(self):
        self.process.kill()
        self.process.wait(LIMIT_S)

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(LIMIT_S)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_database(self, name):
        self.run("createdb", "-h", self.folder, "-U", USER, name)

    def url(self, database):
        return f"postgresql://{USER}@{str(self.folder).replace('/', '%2F')}/{database}"

    def column(self, database, statement):
        return self.run("psql", "-XAtq", "-h", self.folder, "-U", USER, "-d", database, "-c", statement).split("\n")[:-1]
