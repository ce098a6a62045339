"""The doors of a real collector, for kiosks and for people, tried by others' tools: testssl.sh and slowhttptest."""

import collections
import contextlib
import http.client
import itertools
import json
import os
import re
import socket
import ssl
import sys
import threading
import time
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(TOP / "installer" / "demo"), str(TOP / "tests" / "journey"), str(TOP / "tests" / "bench")]

import senders  # noqa: E402
from browser import Browser  # noqa: E402
from kiosk_by_hand import KioskByHand  # noqa: E402
from office import open_office  # noqa: E402
from programs import Kiosk, program_in  # noqa: E402
from usage import rss_mb  # noqa: E402

PROGRAMS = Path(os.environ["PERSPECTIVE_PROGRAMS"])
# Kiosks trust this authority alone and by its digest, and learn of a new one in no other way; a kiosk is
# shut out by its own certificate's revocation, which the collector looks up.
OF_A_PRIVATE_AUTHORITY = {"cert_chain_of_trust", "cert_revocation"}
# Of the openssl that testssl.sh itself runs with, not of the door: here it can look for no GOST ciphers.
OF_WHO_LOOKS = {"engine_problem"}
HARMLESS = {"OK", "INFO", "LOW", "DEBUG"}
AIM_S = 1
SEALS_S = 0.5
CROWD, PER_S, LASTS_S = 1000, 400, 20
PASSWORD = "grey tin ladder"
LARGEST_BATCH, SENT_OF_IT = 50 * (16 + 128 * 1024), 128 * 1024  # shared/protocol/limits.h
MOST_MB = 600  # 256 such bodies would be 1 700
ROOM = 256  # connections of one door (http/server.h)
STRANGERS = 2 * ROOM
A_BATCH, MOST_OF_ONE = 50, 10_000  # shared/protocol/PROTOCOL.md, "Limits"
ID_BYTES, WISH = 16, b"perspective withdrawal 1\n"  # shared/protocol/PROTOCOL.md, "Taking a response back"
ELSEWHERE = ("--interface", "127.0.0.9")  # the crowd comes from one address


class TheDoor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        open_office(cls, "door")
        cls.collector.command("people", "join", lines=(cls.first_link, PASSWORD, PASSWORD))
        cls.person = Browser(cls, "administrator")
        assert cls.person.sign_in("administrator", PASSWORD).status == 201
        cls.collector.create("lewes", "Lewes", [TOP / "assets" / "questionnaires" / "victims"])

    def test_testssl_finds_nothing_above_low_at_the_kiosks_door_but_a_private_authority(self):
        self.look_with_testssl(self.port)

    def test_testssl_finds_nothing_above_low_at_the_peoples_door_but_a_private_authority(self):
        self.look_with_testssl(self.people_port)

    def look_with_testssl(self, port):
        report = self.folder / f"testssl-{port}.json"
        self.processes.run("testssl", ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none",
                                       "--jsonfile", report, f"127.0.0.1:{port}"], limit_s=500, accept=range(256))
        findings = json.loads(report.read_text())
        self.assertGreater(len(findings), 80, "testssl.sh did not look")
        self.assertIn("TLS1_3", {finding["id"] for finding in findings})
        for finding in findings:
            with self.subTest(finding["id"]):
                if finding["id"] not in OF_A_PRIVATE_AUTHORITY | OF_WHO_LOOKS:
                    self.assertIn(finding["severity"], HARMLESS, finding["finding"])

    def delivers_in_s(self, kiosk):
        """Seals for a while and sends; then how long until the last has its receipt."""
        sender = senders.start(kiosk, self.port, environment=None)
        time.sleep(SEALS_S)
        began = time.monotonic()
        told, = senders.told_by([sender], 60)
        took_s = time.monotonic() - began
        self.assertGreater(len(told["kept"]), 0)
        self.assertEqual(told["set_aside"], 0)
        return took_s

    def answered_in_s(self):
        """Somebody signed in asks something, each time on a connection of its own; the slowest of some."""
        took_s = []
        for _ in range(5):
            began = time.monotonic()
            self.assertEqual(self.person.ask("/v1/people/me", None, *ELSEWHERE).status, 200)
            took_s.append(time.monotonic() - began)
        return max(took_s)

    def strangers(self, port, held):
        """Connect, each from an address of its own, and say nothing; after every tenth."""
        for number in range(STRANGERS):
            address = f"127.1.{number // 250}.{number % 250 + 1}"
            held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(address, 0)))
            if number % 10 == 9:
                yield number + 1

    def test_strangers_from_many_addresses_push_nobody_off_the_peoples_door(self):
        trusts = ssl.create_default_context(cafile=self.collector.data / "keys" / "authority.pem")
        cookie = {"Cookie": f"__Host-session={self.person.session()}"}
        person = http.client.HTTPSConnection("127.0.0.1", self.people_port, timeout=10, context=trusts)
        with contextlib.closing(person), contextlib.ExitStack() as held:
            person.connect()
            her_socket = person.sock
            for come in itertools.chain([0], self.strangers(self.people_port, held)):
                person.request("GET", "/v1/people/me", headers=cookie)
                answer = person.getresponse()
                answer.read()
                self.assertEqual(answer.status, 200, f"beside {come}")
                self.assertIs(person.sock, her_socket, f"beside {come} she had to connect again")
            self.answered_in_s()  # on connections that are new, in a house full of strangers

    def test_strangers_from_many_addresses_keep_no_kiosk_out(self):
        kiosk = self.enrolled("kiosk-beside-strangers")
        with contextlib.ExitStack() as held:
            for _ in self.strangers(self.port, held):
                pass
            self.delivers_in_s(kiosk)

    def enrolled(self, name):
        kiosk = Kiosk(self.processes, program_in(PROGRAMS, "perspective-kiosk"), self.folder / name, TOP / "assets")
        kiosk.enrol(self.collector.invite("lewes", f"Front office of {name}"))
        return kiosk

    def test_kiosks_and_people_are_served_beside_a_thousand_slow_connections(self):
        kiosk = self.enrolled("kiosk")
        doors = [(self.port, "/v1/authority"), (self.people_port, "/v1/people/sessions")]
        for (port, path), mode in itertools.product(doors, ("-H", "-B", "-X")):
            with self.subTest(mode, path=path):
                alone_s, person_alone_s = self.delivers_in_s(kiosk), self.answered_in_s()
                self.processes.start("crowd", [
                    "slowhttptest", mode, "-c", CROWD, "-r", PER_S, "-i", 2, "-l", LASTS_S, "-p", 3, "-t",
                    "POST" if mode == "-B" else "GET", "-f", "application/json", "-u", f"https://127.0.0.1:{port}{path}"])
                time.sleep(CROWD / PER_S + 1)
                beside_s, person_beside_s = self.delivers_in_s(kiosk), self.answered_in_s()
                self.assertIsNone(self.processes.running["crowd"].poll(), "the crowd has gone home already")
                self.processes.end("crowd")
                self.tell(f"slowhttptest {mode} at {path}", alone_s, beside_s, person_alone_s, person_beside_s)

    def test_a_kiosk_is_served_beside_a_thousand_slow_connections_of_another_kiosk(self):
        kiosk, hostile = self.enrolled("kiosk-beside-a-slow-one"), self.hostile("slow-kiosk")
        came, is_over = [], threading.Event()

        def crowd():
            with contextlib.ExitStack() as held:
                while not is_over.is_set():
                    one = held.enter_context(contextlib.closing(socket.create_connection(("127.0.0.1", self.port), 10)))
                    with contextlib.suppress(OSError):  # shown out: there is no room for so many of one
                        one = held.enter_context(hostile.trusts.wrap_socket(one, server_hostname="127.0.0.1"))
                        one.sendall(b"GET /v1/packages HTTP/1.1\r\nX-Slow: ")
                    came.append(one)
                    if len(came) > CROWD:
                        came.pop(0).close()

        self.tell_beside("connections with a certificate that say little", kiosk, [crowd], is_over,
                         until=lambda: len(came) >= CROWD)

    def test_a_kiosk_is_served_beside_another_that_takes_back_what_never_came(self):
        kiosk, hostile = self.enrolled("kiosk-beside-wishes"), self.hostile("kiosk-of-wishes")
        rest = (WISH + b" " * 65536)[:self.envelope_bytes(hostile)]
        answered, is_over = [], threading.Event()

        def wishes():
            with contextlib.closing(hostile.connect()) as connection:
                while not is_over.is_set():
                    batch = b"".join(os.urandom(ID_BYTES) + rest for _ in range(A_BATCH))
                    status, _, wait_s = hostile.post("/v1/inspections/lewes/envelopes", batch, connection=connection)
                    answered.append(status)
                    is_over.wait(wait_s)

        self.tell_beside("wishes to take back what nobody sent", kiosk, [wishes] * 20, is_over,
                         until=lambda: len(answered) >= 20)
        self.assertIn(200, answered)
        self.assertLessEqual(set(answered), {200, 429})

    def test_a_kiosk_is_served_beside_bodies_of_another_that_never_end_and_are_left_all_at_once(self):
        kiosk, hostile = self.enrolled("kiosk-beside-bodies"), self.hostile("kiosk-of-bodies")
        head = (f"POST /v1/inspections/lewes/envelopes HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
                f"Content-Length: {LARGEST_BATCH}\r\n\r\n").encode()
        came, is_over, most_mb = [], threading.Event(), []

        def bodies():
            while not is_over.is_set():
                with contextlib.ExitStack() as held:
                    for _ in range(ROOM):
                        with contextlib.suppress(OSError):  # there is no room for so many of one
                            raw = held.enter_context(socket.create_connection(("127.0.0.1", self.port), 10))
                            one = held.enter_context(hostile.trusts.wrap_socket(raw, server_hostname="127.0.0.1"))
                            one.sendall(head + b" " * SENT_OF_IT)
                            came.append(one)
                    most_mb.append(rss_mb(self.processes.running["collector"].pid))

        self.tell_beside("bodies that never end", kiosk, [bodies], is_over, until=lambda: len(most_mb) >= 2)
        print(f"{len(came)} bodies of {LARGEST_BATCH / 1e6:.1f} MB begun: the collector has {max(most_mb):.0f} MB", flush=True)
        self.assertLess(max(most_mb), MOST_MB)

    def test_a_kiosk_that_brings_envelopes_without_end_fills_no_disk(self):
        kiosk, hostile = self.enrolled("kiosk-beside-envelopes"), self.hostile("kiosk-of-envelopes")
        size, statuses = self.envelope_bytes(hostile), collections.Counter()
        with contextlib.closing(hostile.connect()) as connection:
            for _ in range(MOST_OF_ONE // A_BATCH + 20):
                batch = b"".join(os.urandom(ID_BYTES + size) for _ in range(A_BATCH))
                status, answer, _ = hostile.post("/v1/inspections/lewes/envelopes", batch, connection=connection)
                self.assertEqual(status, 200)
                statuses.update(outcome["status"] for outcome in json.loads(answer)["outcomes"])
        self.assertEqual(statuses, {201: MOST_OF_ONE, 429: 20 * A_BATCH})
        self.delivers_in_s(kiosk)

    def hostile(self, name):
        return KioskByHand(self.folder / name, self.collector.invite("lewes", name),
                           self.collector.data / "keys" / "authority.pem")

    @staticmethod
    def envelope_bytes(kiosk):
        with contextlib.closing(kiosk.connect()) as connection:
            connection.request("GET", "/v1/packages/lewes")
            return int(re.search(rb'"envelope_bytes":(\d+)', connection.getresponse().read())[1])

    def tell_beside(self, what, kiosk, crowd, is_over, until):
        """How long the kiosk and a person wait alone, and beside threads that run `crowd` until `is_over`."""
        alone_s, person_alone_s = self.delivers_in_s(kiosk), self.answered_in_s()
        threads = [threading.Thread(target=one, daemon=True) for one in crowd]
        for thread in threads:
            thread.start()
        try:
            limit = time.monotonic() + LASTS_S * 3
            while not until():
                self.assertLess(time.monotonic(), limit, "the crowd has not come")
                time.sleep(0.1)
            beside_s, person_beside_s = self.delivers_in_s(kiosk), self.answered_in_s()
            self.assertTrue(all(thread.is_alive() for thread in threads), "the crowd has gone home already")
        finally:
            is_over.set()
            for thread in threads:
                thread.join(30)
        self.tell(what, alone_s, beside_s, person_alone_s, person_beside_s)

    @staticmethod
    def tell(crowd, alone_s, beside_s, person_alone_s, person_beside_s):
        print(f"{crowd}: a kiosk is done {alone_s:.2f} s after its last, alone; {beside_s:.2f} s beside it; a person has an "
              f"answer within {person_alone_s:.2f} s alone, {person_beside_s:.2f} s beside it (aim: under {AIM_S} s)", flush=True)


if __name__ == "__main__":
    unittest.main()
