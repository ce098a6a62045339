"""Twenty kiosks send to one collector for PERSPECTIVE_MINUTES (2), with the real sender from real outboxes over mutual
TLS, some of it taken back again; an inspector looks in meanwhile. Each minute is printed: requests answered, how long
they took, the collector's memory, descriptors and threads.

Fails where memory or descriptors go on growing once the collector is warm, where it was started anew, or where what it
has at the end is not what the kiosks have receipts for. How long answers take is printed and never asserted: this
machine has other things to do.
"""

import json
import os
import sys
import time
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "journey"))
sys.path.insert(0, str(TESTS / "bench"))

import line  # noqa: E402
import senders  # noqa: E402
from programs import COLLECTOR, Kiosk, free_port  # noqa: E402
from usage import rss_mb  # noqa: E402

INSPECTION = "hove-2012"
KIOSKS = 20
MINUTES = float(os.environ.get("PERSPECTIVE_MINUTES", "2"))
PAUSE_MS = 1000  # of each kiosk between two envelopes: more in an hour than a kiosk has in a year
TICK_S = min(60, MINUTES * 60 / 8)
WARM = 0.25  # so much of the time the collector may still grow: pools, caches, statements
# Then no more than this: an envelope that stayed in memory, of a thousand a minute, would be 90 MB in an hour.
MOST_GROWTH_MB = 12
MOST_MORE_DESCRIPTORS = 12  # a connection of each kiosk may be closing while its next one is open
LONGEST_S = 300


def usage_of(process):
    folder = Path(f"/proc/{process}")
    return {"rss_mb": rss_mb(process), "descriptors": len(list((folder / "fd").iterdir())),
            "threads": len(list((folder / "task").iterdir()))}


class Soak(line.Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        demo = cls.line
        cls.port = free_port()
        demo.collector.init(cls.port)
        demo.collector.serve()
        demo.collector.create(INSPECTION, "Hove", cls.responses.questionnaires)
        cls.kiosks = []
        for number in range(KIOSKS):
            kiosk = Kiosk(demo.processes, demo.kiosk.program, demo.folder / f"kiosk-{number}", line.ASSETS)
            kiosk.enrol(demo.collector.invite(INSPECTION, f"kiosk-{number}"))
            cls.kiosks.append(kiosk)

    def sender(self, kiosk):
        return senders.start(kiosk, self.port,
                             environment={**self.line.processes.environment, "PERSPECTIVE_PAUSE_MS": str(PAUSE_MS)})

    def tell(self, sending):
        """What all of them say of the time since they were last asked."""
        for sender in sending:
            sender.stdin.write("\n")
            sender.stdin.flush()
        return [json.loads(sender.stdout.readline()) for sender in sending]

    def look_in(self):
        """As an inspector does: the door of the command line, while the inspection stays locked."""
        self.line.collector.command("kiosk", "list")
        self.line.collector.command("inspection", "list")

    def run_for_the_time(self, sending, process):
        rows, began = [], time.monotonic()
        print("minute  answered/s  p50 ms  p99 ms  memory MB  descriptors  threads", flush=True)
        while time.monotonic() - began < MINUTES * 60:
            time.sleep(TICK_S)
            self.look_in()
            self.line.processes.must_run(COLLECTOR)
            told, usage = self.tell(sending), usage_of(process)
            answered = sum(one["answers"] for one in told)
            rows.append(usage)
            median = sorted(one["p50_ms"] for one in told)[len(told) // 2]
            print(f"{(time.monotonic() - began) / 60:6.1f}  {answered / TICK_S:10.1f}  {median:6.1f}  "
                  f"{max(one['p99_ms'] for one in told):6.0f}  {usage['rss_mb']:9.1f}  {usage['descriptors']:11}  "
                  f"{usage['threads']:7}", flush=True)
            self.assertGreater(answered, 0, "nobody is answered any more")
        return rows

    def test_memory_and_descriptors_stay_as_they_are_once_the_collector_is_warm(self):
        process = self.line.processes.running[COLLECTOR].pid
        sending = [self.sender(kiosk) for kiosk in self.kiosks]
        self.addCleanup(senders.kill, sending)
        rows = self.run_for_the_time(sending, process)
        self.check_what_is_kept(sending)
        warm = rows[int(len(rows) * WARM):]
        self.assertGreater(len(warm), 2)
        growth_mb = max(row["rss_mb"] for row in warm) - warm[0]["rss_mb"]
        self.assertLess(growth_mb, MOST_GROWTH_MB, "memory goes on growing")
        before = warm[0]["descriptors"]
        self.assertLess(max(row["descriptors"] for row in warm) - before, MOST_MORE_DESCRIPTORS, "descriptors are kept")
        self.assertEqual({row["threads"] for row in warm}, {warm[0]["threads"]}, "threads come or go")
        self.assertEqual(self.line.processes.running[COLLECTOR].pid, process)

    def check_what_is_kept(self, sending):
        told = senders.told_by(sending, LONGEST_S)
        kept = sorted(one for of_kiosk in told for one in of_kiosk["kept"])
        database = self.line.folder / "collector" / "collector.sqlite"
        stored = [one for one, in line.rows(database, "SELECT lower(hex(id)) FROM envelopes ORDER BY 1")]
        print(f"{len(kept)} envelopes kept", flush=True)
        self.assertEqual(stored, kept)


if __name__ == "__main__":
    unittest.main()
