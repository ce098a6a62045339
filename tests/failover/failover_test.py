"""A collector on PostgreSQL with a synchronous standby, under Patroni and etcd, each on a host of its own. Two kiosks
send; the primary is killed in the middle of it, the standby takes over, the old one comes back as the standby, and the
same once more the other way round. Then the primary's cable is pulled. Nothing that was acknowledged is lost, nothing
is doubled, no kiosk is told anything but to come again."""

import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "journey"))

import hosts  # noqa: E402

hosts.enter()

import line  # noqa: E402
import senders  # noqa: E402
from cluster import Cluster, TTL_S, need_programs  # noqa: E402
from programs import COLLECTOR, Kiosk, free_port  # noqa: E402

INSPECTION = "hove-2012"
LONGEST_S = 300


class FailOver(line.Line):
    fixture = "library-readers"

    @classmethod
    def setUpClass(cls):
        need_programs()
        hosts.open_network()
        super().setUpClass()

    @classmethod
    def prepare_folder(cls):
        cls.folder.chmod(0o755)  # the databases run as another user, in folders of their own below

    @classmethod
    def run_line(cls):
        cls.cluster = Cluster(cls.folder / "cluster", cls.line.logs, cls.line.processes.environment)
        cls.addClassCleanup(cls.cluster.processes.end_all)
        cls.cluster.start()
        cls.collector, cls.port = cls.line.collector, free_port()
        cls.collector.command("init", "--host", "127.0.0.1", "--port", str(cls.port), "--store", cls.cluster.url())
        cls.collector.serve()
        cls.collector.create(INSPECTION, "Hove", cls.responses.questionnaires)
        cls.kiosks = [cls.enrolled(f"kiosk-{number}") for number in (1, 2)]

    @classmethod
    def enrolled(cls, name):
        kiosk = Kiosk(cls.line.processes, cls.line.kiosk.program, cls.line.folder / name, line.ASSETS)
        kiosk.enrol(cls.collector.invite(INSPECTION, name))
        return kiosk

    def stored(self):
        """At the primary; where there is none, less than ever was."""
        primary = self.cluster.primary()
        try:
            return int(primary.column("SELECT count(*) FROM perspective.envelopes")[0]) if primary else -1
        except AssertionError:
            return -1

    def wait_for_more(self, count=40):
        enough, end = self.stored() + count, time.monotonic() + LONGEST_S
        while self.stored() < enough:
            self.assertLess(time.monotonic(), end, "nothing more is stored")
            self.collector.processes.must_run(COLLECTOR)
            time.sleep(0.1)

    def take_over(self, lost, how):
        """Until the other one is the primary and stores more. How long nobody stored anything."""
        began = time.monotonic()
        other = next(node for node in self.cluster.nodes if node is not lost)
        while not other.is_primary():
            self.assertLess(time.monotonic() - began, LONGEST_S, "the standby does not take over")
            time.sleep(0.2)
        promoted = time.monotonic() - began
        self.wait_for_more()
        print(f"{how}: {other.name} took over after {promoted:.0f} s, {time.monotonic() - began:.0f} s until 40 more "
              f"were stored (a primary is given up after {TTL_S} s)", flush=True)

    def kill_primary(self):
        primary = self.cluster.primary()
        self.assertGreater(primary.kill(), 5, "patroni, postgres and its processes ran there")
        self.take_over(primary, f"{primary.name} killed")
        primary.start()
        self.cluster.wait_for_standby()
        self.wait_for_more()

    def cut_primary_off(self):
        primary = self.cluster.primary()
        primary.host.cut()
        self.take_over(primary, f"{primary.name} cut off")
        primary.host.mend()
        self.cluster.wait_for_standby()
        self.wait_for_more()

    def test_nothing_acknowledged_is_lost_or_doubled_when_the_primary_goes(self):
        sending = [senders.start(kiosk, self.port, environment=self.line.processes.environment) for kiosk in self.kiosks]
        self.addCleanup(senders.kill, sending)
        self.wait_for_more()
        self.kill_primary()
        self.kill_primary()
        self.cut_primary_off()
        told = senders.told_by(sending, LONGEST_S)
        senders.check_nothing_lost_or_doubled(self, told, self.cluster.primary().column)


if __name__ == "__main__":
    unittest.main()
