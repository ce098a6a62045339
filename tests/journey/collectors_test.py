"""Two collectors on one PostgreSQL database, two kiosks that send to both, while one collector after the other and the
database are killed and started again: nothing is lost, nothing doubled, and no receipt was a lie."""

import json
import shutil
import signal
import time
import unittest

import line
import senders
from postgres_server import PostgresServer, need_programs
from failure import Failure
from processes import Processes
from programs import COLLECTOR, Collector, Kiosk, free_port

DATABASE, INSPECTION = "perspective", "hove-2012"
ROUNDS = 2
LONGEST_S = 300


class Collectors(line.Line):
    fixture = "library-readers"

    @classmethod
    def setUpClass(cls):
        need_programs()
        super().setUpClass()

    @classmethod
    def run_line(cls):
        cls.server = PostgresServer()
        cls.addClassCleanup(cls.server.end)
        cls.server.start()
        cls.server.make_database(DATABASE)
        demo = cls.line
        cls.first, cls.ports = demo.collector, [free_port(), free_port()]
        cls.first.command("init", "--host", "127.0.0.1", "--port", str(cls.ports[0]), "--store", cls.server.url(DATABASE))
        cls.second = cls.copied_collector(cls.ports[1])
        cls.first.serve()
        cls.second.serve()
        cls.first.create(INSPECTION, "Hove", cls.responses.questionnaires)
        # Each is invited and enrolled by one of them, and known to both.
        cls.kiosks = [cls.enrolled(collector, f"kiosk-{number}")
                      for number, collector in enumerate((cls.first, cls.second))]

    @classmethod
    def copied_collector(cls, port):
        """The same keys, another port, a log of its own."""
        folder = cls.line.folder / "second"
        folder.mkdir(mode=0o700)
        shutil.copytree(cls.first.data / "keys", folder / "keys")
        settings = json.loads((cls.first.data / "configuration.json").read_text())
        (folder / "configuration.json").write_text(json.dumps({**settings, "port": port}))
        logs = cls.line.folder / "logs-second"
        logs.mkdir()
        processes = Processes(logs, cls.line.processes.environment)
        cls.addClassCleanup(processes.end_all)
        return Collector(processes, cls.first.program, folder)

    @classmethod
    def enrolled(cls, collector, name):
        kiosk = Kiosk(cls.line.processes, cls.line.kiosk.program, cls.line.folder / name, line.ASSETS)
        kiosk.enrol(collector.invite(INSPECTION, name))
        return kiosk

    @classmethod
    def sender(cls, kiosk, *ports):
        return senders.start(kiosk, *ports, environment=cls.line.processes.environment)

    def stored(self):
        return int(self.server.column(DATABASE, "SELECT count(*) FROM perspective.envelopes")[0])

    def wait_for_more(self, count=40):
        """So that each death falls into the middle of the sending, and what was killed has served again."""
        enough, end = self.stored() + count, time.monotonic() + LONGEST_S
        while self.stored() < enough:
            self.assertLess(time.monotonic(), end, "nothing more is stored")
            time.sleep(0.1)

    def kill_collector(self, collector):
        collector.processes.end(COLLECTOR, signal.SIGKILL)
        self.wait_for_more()  # by the other one alone
        collector.serve()
        self.wait_for_more()

    def kill_database(self):
        self.server.kill()
        time.sleep(2)
        for collector in (self.first, self.second):
            collector.processes.must_run(COLLECTOR)
        self.server.start()
        self.wait_for_more()

    def test_nothing_is_lost_or_doubled_whoever_is_killed(self):
        sending = [self.sender(kiosk, *self.ports) for kiosk in self.kiosks]
        self.addCleanup(senders.kill, sending)
        self.wait_for_more()
        for _ in range(ROUNDS):
            self.kill_collector(self.first)
            self.kill_database()
            self.kill_collector(self.second)
        senders.check_nothing_lost_or_doubled(self, senders.told_by(sending, LONGEST_S),
                                              lambda query: self.server.column(DATABASE, query))

    def opened_at_first(self):
        """What a kiosk without questions seals is no answer: opened, and set aside."""
        return self.first.tally_json(INSPECTION)["set_aside"]

    def wait_until(self, what, is_so, limit_s=30):
        end = time.monotonic() + limit_s
        while not is_so():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.2)

    def tombstones(self):
        return self.server.column(DATABASE, "SELECT inspection || ' ' || encode(id, 'hex') FROM perspective.tombstones "
                                  "ORDER BY inspection, id")

    def test_what_is_unlocked_at_one_follows_what_comes_to_the_other_and_is_taken_back_there(self):
        self.first.unlock(INSPECTION)
        before = self.opened_at_first()
        self.assertEqual(before, self.stored())
        kiosk = self.enrolled(self.second, "kiosk-of-the-second")
        sender = self.sender(kiosk, self.ports[1])
        self.addCleanup(senders.kill, [sender])
        self.wait_for_more()
        self.assertGreater(self.opened_at_first(), before)
        self.server.kill()
        with self.assertRaises(Failure):  # rather than what somebody may have taken back meanwhile
            self.first.tally(INSPECTION)
        self.server.start()
        self.wait_for_more()
        told, = senders.told_by([sender], LONGEST_S)
        self.assertGreater(len(told["withdrawn"]), 0)
        self.assertEqual(self.opened_at_first(), self.stored(), "at once, and not a moment later")
        kept_apart = self.first.data / "withdrawn"
        self.wait_until("the first has its own note of what was taken back at the second",
                        lambda: kept_apart.exists() and {row.removesuffix(" came") for row in kept_apart.read_text().splitlines()} ==
                        set(self.tombstones()))

    def test_the_address_may_have_no_password_and_none_is_repeated(self):
        elsewhere = Collector(self.first.processes, self.first.program, self.line.folder / "elsewhere")
        for address in ("postgresql://perspective:hunter2@localhost/x", "postgresql://localhost/x?password=hunter2"):
            with self.assertRaises(Failure) as refused:
                elsewhere.command("init", "--store", address)
            self.assertIn("password", str(refused.exception))
            self.assertNotIn("hunter2", str(refused.exception))
            self.assertFalse(elsewhere.data.exists())


if __name__ == "__main__":
    unittest.main()
