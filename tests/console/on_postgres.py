#!/usr/bin/env python3
"""The console's tests with a collector whose store is a PostgreSQL database: a real server, as tests/journey starts it."""

import os
import signal
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
for place in (HERE.parent / "journey", HERE.parents[1] / "installer" / "demo"):
    sys.path.insert(0, str(place))

from postgres_server import PostgresServer, need_programs  # noqa: E402

DATABASE = "console"
LIMIT_S = 1500


def end_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


class TheConsole(unittest.TestCase):
    def test_does_the_same_on_postgresql(self):
        need_programs()
        server = PostgresServer()
        self.addCleanup(server.end)
        server.start()
        server.make_database(DATABASE)
        environment = {**os.environ, "PERSPECTIVE_STORE": server.url(DATABASE)}
        # In a group of its own, so that the collector and the browser end with it however it ends.
        tests = subprocess.Popen([HERE / "run", "--short", os.environ["PERSPECTIVE_BUILD"]], env=environment, start_new_session=True)
        self.addCleanup(tests.wait)
        self.addCleanup(end_group, tests.pid)
        self.assertEqual(tests.wait(LIMIT_S), 0)
        # And that was the store that it used.
        self.assertEqual(server.column(DATABASE, "SELECT count(*) > 0 FROM inspections"), ["t"])


if __name__ == "__main__":
    unittest.main()
