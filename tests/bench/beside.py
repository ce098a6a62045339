"""What a kiosk's upload, and somebody's short list, wait for while others ask for what takes long."""

import http.client
import json
import os
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from failure import Failure
from figure import DIFFERENCE, Figure
from kiosk_by_hand import KioskByHand
from latency import Person, inspector, share_of
from many import fill, how_many
from programs import free_port
from stand import Stand

LONGEST_S = 600
PAUSE_S = 0.05
AIM_MS = 1000
SHARES = (("p50", 0.5), ("p99", 0.99), ("longest", 1))
OPENED = 40_000


class Uploads:
    """A kiosk that sends one envelope at a time, each on a connection of its own. They are opened by nobody, and set aside
    in the end."""

    def __init__(self, stand, envelope_bytes):
        self.envelope_bytes = envelope_bytes
        self.kiosk = KioskByHand(stand.folder / "uploads", stand.collector.invite(stand.responses.inspection,
                                 "Kiosk beside others"), stand.folder / "collector" / "keys" / "authority.pem")
        self.path = f"/v1/inspections/{stand.responses.inspection}/envelopes"

    def send_one(self):
        status, receipt, _ = self.kiosk.post(self.path, os.urandom(16 + self.envelope_bytes))
        if status >= 300 or "201" not in receipt:
            raise Failure(f"an envelope was not taken: {status} {receipt}")


class Office:
    """Two people: one asks for a list (of people: a short one), the other for forms on paper, many at once."""

    def __init__(self, stand, said, port):
        self.authority, self.port = stand.folder / "collector" / "keys" / "authority.pem", port
        self.ruth = inspector(stand, said, port)
        self.administrator = Person(self.authority, port).signed_in("administrator")
        self.path = f"/v1/inspections/{stand.responses.inspection}/paper/forms"

    def list(self):
        self.administrator.ask("/v1/people")

    def print_forms(self, at_once, copies):
        with ThreadPoolExecutor(at_once) as asking:
            for printed in [asking.submit(self.forms, copies) for _ in range(at_once)]:
                printed.result()

    def forms(self, copies):
        context = ssl.create_default_context(cafile=self.authority)
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=LONGEST_S, context=context)
        connection.request("POST", self.path, json.dumps({"form": "easy-read", "copies": copies, "questionnaire": "victims"}),
                           {"Content-Type": "application/json", "Cookie": self.ruth.session})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Failure(f"forms: {answer.status} {body[:300]}")


def waits_ms(asks, work):
    """Each asks again and again while `work` is done: how long each time, ascending."""
    over = threading.Event()

    def keep_asking(ask):
        taken = []
        while not taken or not over.is_set():
            began = time.monotonic()
            ask()
            taken.append(1000 * (time.monotonic() - began))
            over.wait(PAUSE_S)
        return sorted(taken)

    with ThreadPoolExecutor(len(asks)) as asking:
        running = {who: asking.submit(keep_asking, ask) for who, ask in asks.items()}
        try:
            work()
        finally:
            over.set()
        return {who: one.result() for who, one in running.items()}


def beside(bench):
    people_port, many = free_port(), how_many(bench, OPENED, 40)
    alone_s = bench.pick(10, 0.3)
    with Stand(bench.folder / "beside", bench.programs) as stand:
        said = stand.open_collector(people_port=people_port)
        filled = fill(stand, stand.further_kiosk(0), many, "--to-be-opened")
        office = Office(stand, said, people_port)
        asks = {"kiosk": Uploads(stand, int(filled["envelope_bytes"][0])).send_one, "people": office.list}
        works = {"forms": lambda: office.print_forms(bench.pick(12, 2), bench.pick(100, 1)),
                 "unlocking": lambda: stand.collector.unlock(stand.responses.inspection, limit_s=LONGEST_S)}
        figures = []
        for name, work in works.items():
            before = waits_ms(asks, lambda: time.sleep(alone_s))
            taken = waits_ms(asks, work)
            after = waits_ms(asks, lambda: time.sleep(alone_s))
            print(f"beside {name}: load {os.getloadavg()[0]:.1f}", flush=True)
            for who, label in (("kiosk", "an upload"), ("people", "the list")):
                figures += of(who, name, f"{label} beside {name}", taken[who], sorted(before[who] + after[who]))
    return figures


def of(who, name, label, taken_ms, alone_ms):
    for share, at in SHARES:
        is_longest = share == "longest"
        yield Figure(f"beside.{who}.{name}.{share}", label if share == "p50" else f"  {share}", "ms",
                     [share_of(taken_ms, at)], "alone", [share_of(alone_ms, at)],
                     **({"comparison": DIFFERENCE, "at_most": AIM_MS} if is_longest else {}))
