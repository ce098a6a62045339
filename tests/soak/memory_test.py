"""A collector's memory does not grow with what it received: bytes for each envelope and for each that was taken back,
once it is warm, of several kiosks' connections at a time. In fifties, so that it takes a minute and not an hour.

Fails where one of them costs more than a few bytes for good. Its own arenas, pools and caches fill up before: each of
SQLite's connections keeps up to 2 MB of pages, one connection for whoever reads at a time and one that writes.
"""

import os
import shutil
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "bench"), str(TESTS / "journey"), str(TESTS.parent / "installer" / "demo")]

from kiosk_by_hand import KioskByHand  # noqa: E402
from stand import Stand  # noqa: E402
from usage import rss_mb  # noqa: E402

PROGRAMS = Path(os.environ["PERSPECTIVE_PROGRAMS"])
CONNECTIONS = 8
A_REQUEST = 50
# What is free goes back at once, so that what is left is what is kept; else arenas grow for a hundred thousand envelopes.
GIVES_BACK = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "16384", "MALLOC_TRIM_THRESHOLD_": "65536"}
# An id that stayed in memory would take 64 to 100 bytes, an envelope 12 000.
MOST_BYTES_AN_ENVELOPE = 50
MOST_BYTES_A_WISH = 60  # 17 to 34 of them are the line that it keeps for good
WISH = b"perspective withdrawal 1\n"  # shared/protocol/withdrawal.h


class Memory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp(prefix="perspective-soak-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.stand = cls.enterClassContext(Stand(folder, PROGRAMS))
        cls.stand.processes.environment.update(GIVES_BACK)
        cls.stand.open_collector()
        kiosk = cls.stand.further_kiosk(0)
        cls.envelope_bytes = int(cls.stand.measure("bench_responses", "--kiosk", kiosk.state, "--fill",
                                                   A_REQUEST)["envelope_bytes"][0])
        inspection = cls.stand.responses.inspection
        cls.path = f"/v1/inspections/{inspection}/envelopes"
        cls.sender = KioskByHand(folder / "sender", cls.stand.collector.invite(inspection, "Kiosk that sends fifties"),
                                 cls.stand.collector.data / "keys" / "authority.pem")

    def memory_bytes(self):
        return rss_mb(self.stand.processes.running["collector"].pid) * 2**20

    def send(self, requests, ids, body):
        """Of each request the ids, which are made where none are given, all with this body."""
        def one(number):
            some = ids[number] if ids else [os.urandom(16) for _ in range(A_REQUEST)]
            _, told, _ = self.sender.post(self.path, b"".join(each + body for each in some))
            self.assertEqual(told.count('"receipt"'), A_REQUEST, told[:300])
            return some

        with ThreadPoolExecutor(CONNECTIONS) as sending:
            return list(sending.map(one, range(requests)))

    def bytes_of_each(self, warm, then, ids=None, body=None):
        body = body or os.urandom(self.envelope_bytes)
        sent = self.send(warm, ids, body)
        before = self.memory_bytes()
        sent += self.send(then, ids and ids[warm:], body)
        return sent, (self.memory_bytes() - before) / (then * A_REQUEST)

    def test_an_envelope_leaves_nothing_in_memory_and_one_that_was_taken_back_a_line(self):
        sent, an_envelope = self.bytes_of_each(300, 600)
        # As many as one kiosk may: PROTOCOL.md, "Limits".
        wishes, a_wish = self.bytes_of_each(40, 160, sent[:200], WISH.ljust(self.envelope_bytes))
        print(f"{an_envelope:.0f} bytes an envelope, {a_wish:.0f} bytes for one taken back, of {len(sent) * A_REQUEST:,} and "
              f"{len(wishes) * A_REQUEST:,}", flush=True)
        self.assertLess(an_envelope, MOST_BYTES_AN_ENVELOPE)
        self.assertLess(a_wish, MOST_BYTES_A_WISH)


if __name__ == "__main__":
    unittest.main()
