"""What an inspector waits for at the people's port, with many inspections and responses stored: what the pages home, tally
and section ask, one after the other on one connection, as a browser does."""

import http.client
import os
import random
import sqlite3
import ssl
import time
from contextlib import closing

from figure import DIFFERENCE, Figure
from many import counted, fill
from programs import free_port
from stand import Stand
from web_server import start_file_server

PASSWORD = "grey tin ladder"
OWN = 1_000  # responses of the inspection that is read: twenty times those of a service
DAY = "2012-11-22"
AIM_MS = 100
# What collector/console/js/pages/home.js asks.
HOME = ("/v1/inspections?limit=1", "/v1/alarms", "/v1/reminders", "/v1/inspections?limit=50&state=unfinished")


class Person:
    """Signed in at the people's port: a connection that stays, and a session's cookie."""

    def __init__(self, authority, port):
        self.connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60,
                                                      context=ssl.create_default_context(cafile=authority))
        self.session = ""

    def signed_in(self, name):
        self.ask("/v1/people/sessions", f'{{"name":"{name}","password":"{PASSWORD}","code":""}}')
        return self

    def ask(self, path, body=None):
        self.connection.request("POST" if body else "GET", path, body,
                                {"Content-Type": "application/json", "Cookie": self.session})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status < 300, f"{path}: {answer.status} {text}"
        cookies = [one for one in answer.headers.get_all("Set-Cookie", []) if one.startswith("__Host-session")]
        self.session = cookies[0].partition(";")[0] if cookies else self.session
        return text

    def ask_all(self, paths):
        """In bytes."""
        return sum(len(self.ask(path)) for path in paths)


def inspector(stand, said, port):
    """Invited by the first administrator, as an office does it."""
    authority = stand.folder / "collector" / "keys" / "authority.pem"
    link = next(line.strip() for line in said.splitlines() if "/join#" in line)
    stand.collector.command("people", "join", lines=(link, PASSWORD, PASSWORD))
    administrator = Person(authority, port).signed_in("administrator")
    invited = administrator.ask("/v1/people", '{"name":"ruth","roles":["inspector"]}')
    secret = invited.rpartition("#")[2].partition('"')[0].rpartition(".")[2]
    ruth = Person(authority, port)
    ruth.ask("/v1/people/joining", f'{{"name":"ruth","secret":"{secret}","password":"{PASSWORD}"}}')
    return ruth.signed_in("ruth")


def multiply(database, inspection, inspections, responses):
    """Others beside it, each a copy of it with envelopes of its own: what a store of years looks like. Nobody reads them,
    and none of them opens."""
    each = responses // inspections
    with closing(sqlite3.connect(database)) as store, store:
        digest, body = store.execute("SELECT digest, body FROM envelopes LIMIT 1").fetchone()
        for number in range(1, inspections):
            name = f"another-{number}"
            store.execute("INSERT INTO inspections SELECT ?, area, state, version, envelope_bytes, is_accepting, definition, "
                          "package FROM inspections WHERE id = ?", (name, inspection))
            store.executemany("INSERT INTO envelopes VALUES (?, ?, ?, ?)",
                              ((name, random.randbytes(16), digest, body) for _ in range(each)))
            store.execute("INSERT INTO daily_counts VALUES (?, ?, 'kiosk', ?)", (name, DAY, each))


def waits_ms(work, rounds):
    taken = []
    for _ in range(rounds):
        began = time.monotonic()
        work()
        taken.append(1000 * (time.monotonic() - began))
    return sorted(taken)


def latency(bench):
    inspections = bench.pick(1_000, 4)
    responses = int(os.environ.get("PERSPECTIVE_RESPONSES", bench.pick(100_000, 40)))
    rounds, people_port = bench.pick(200, 3), free_port()
    with Stand(bench.folder / "latency", bench.programs) as stand:
        said = stand.open_collector(people_port=people_port)
        inspection, own = stand.responses.inspection, min(OWN, responses // 2)
        fill(stand, stand.further_kiosk(0), own, "--to-be-opened")
        stand.collector.stop()
        multiply(stand.folder / "collector" / "collector.sqlite", inspection, inspections, responses - own)
        stand.collector.serve()
        stand.collector.command("inspection", "end-fieldwork", inspection)
        stand.collector.unlock(inspection)
        counted(stand, inspection, own)
        ruth = inspector(stand, said, people_port)
        one = f"/v1/inspections/{inspection}"
        asks = {"home": lambda: ruth.ask_all(HOME), "tally": lambda: len(ruth.ask(f"{one}/tally?format=json")),
                "section": lambda: len(ruth.ask(f"{one}/section?kind=full&language=en"))}
        sizes = {page: ask() for page, ask in asks.items()}
        web = Person(stand.folder / "collector" / "keys" / "authority.pem", start_file_server(stand, sizes))
        figures = []
        for page, ask in asks.items():
            taken, with_nothing = waits_ms(ask, rounds), waits_ms(lambda page=page: web.ask(f"/{page}"), rounds)
            figures += of_page(page, taken, with_nothing, responses)
    return figures


def of_page(page, taken_ms, nginx_ms, responses):
    of = f"{page}, {responses:,} responses"
    for share, at in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        yield Figure(f"latency.{page}.{share}", of if share == "p50" else f"  {share}", "ms",
                     [share_of(taken_ms, at)], "nginx, the same bytes", [share_of(nginx_ms, at)], DIFFERENCE,
                     under=AIM_MS if share == "p95" else None)


def share_of(ordered, at):
    return ordered[int(at * (len(ordered) - 1))]
