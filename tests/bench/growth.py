"""How everything that reads responses grows with their number, from a hundred to a hundred thousand, or a million where
PERSPECTIVE_RESPONSES says so: each beside a reference that the same run measured at the same size."""

import csv
import io
import os
import sqlite3
import time

from figure import Figure
from latency import inspector
from many import LONGEST_S, counted, fill, how_many, plain_loop, timed
from programs import free_port
from stand import Stand
from usage import rss_mb

QUESTIONNAIRE = "children-and-young-people"
ROW, COLUMN = "listened_to", "less_likely_to_offend"
ROUNDS, LONG_S = 3, 3  # what took longer than that is not asked again


def growth(bench):
    marks = marks_until(how_many(bench, 100_000, 40), bench.pick(100, 4))
    people_port, grown = free_port(), {}
    with Stand(bench.folder / "growth", bench.programs) as stand:
        said = stand.open_collector(people_port=people_port)
        kiosk, inspection = stand.further_kiosk(0), stand.responses.inspection
        ruth = inspector(stand, said, people_port)
        for before, mark in zip([0, *marks], marks):
            # Anew: keys made, or answers opened, leave free memory behind that is not a locked collector's.
            ruth.connection.close()
            stand.collector.stop()
            stand.collector.serve()
            fill(stand, kiosk, mark - before, "--to-be-opened")
            if before == 0:
                stand.collector.command("inspection", "end-fieldwork", inspection)
            keep(grown, mark, stored(stand, mark))
            keep(grown, mark, opened(stand, kiosk, mark, fewest_mb(grown), bench.pick(3, 0.2)))
            # Anew: until a million is stored nobody has asked anything, and she is signed out.
            keep(grown, mark, read(ruth.signed_in("ruth"), inspection))
            counted(stand, inspection, mark)
            print(f"{mark:>10,} responses: load {os.getloadavg()[0]:.1f}", flush=True)
    return [figure_of(name, points) for name, points in grown.items()]


def marks_until(most, first):
    marks = [min(first, most)]
    while marks[-1] < most:
        marks.append(min(10 * marks[-1], most))
    return marks


def keep(grown, mark, measured):
    for name, (samples, reference) in measured.items():
        grown.setdefault(name, []).append((mark, samples, reference))


def stored(stand, mark):
    """Beside the sealed bytes alone."""
    folder = stand.folder / "collector"
    on_disk = sum(file.stat().st_size for file in folder.glob("collector.sqlite*"))
    with sqlite3.connect(folder / "collector.sqlite") as store:
        sealed, = store.execute("SELECT sum(length(body)) FROM envelopes").fetchone()
    return {"store": ([on_disk / 2**20], [sealed / 2**20])}


def opened(stand, kiosk, mark, fewest_mb, seconds):
    """As `opening` does, once; and the memory just before, locked, beside that of the first mark."""
    locked_mb = rss_mb(stand.processes.running["collector"].pid)
    loop = [plain_loop(stand, kiosk, seconds)]
    taken_s = timed(lambda: stand.collector.unlock(stand.responses.inspection, limit_s=LONGEST_S))
    loop.append(plain_loop(stand, kiosk, seconds))
    return {"memory": ([locked_mb], [fewest_mb or locked_mb]),
            "opening": ([1000 * taken_s], [1000 * mark / (sum(loop) / 2)])}


def fewest_mb(grown):
    """Of the first mark."""
    return grown["memory"][0][1][0] if "memory" in grown else None


class InSqlite:
    """The rows of an export, in memory, without anything round them."""

    def __init__(self, exported):
        rows = csv.reader(io.StringIO(exported))
        self.names = next(rows)
        self.table = sqlite3.connect(":memory:")
        self.table.execute(f"CREATE TABLE answers ({', '.join(map(quoted, self.names))})")
        self.table.executemany(f"INSERT INTO answers VALUES ({', '.join('?' * len(self.names))})", rows)

    def count_each(self):
        for name in self.names:
            self.table.execute(f"SELECT {quoted(name)}, count(*) FROM answers GROUP BY 1").fetchall()

    def count_two(self):
        self.table.execute(f"SELECT {ROW}, {COLUMN}, count(*) FROM answers GROUP BY 1, 2").fetchall()

    def write(self):
        csv.writer(io.StringIO()).writerows(self.table.execute("SELECT * FROM answers"))


def quoted(name):
    return '"' + name + '"'


def read(ruth, inspection):
    """What an inspector's pages ask, at the people's port, in turns with the reference."""
    one = f"/v1/inspections/{inspection}"
    ruth.connection.timeout = LONGEST_S
    rows = f"{one}/rows?questionnaire={QUESTIONNAIRE}&format=csv"
    sqlite = InSqlite(ruth.ask(rows).removeprefix("\ufeff"))
    asks = {"tally": (f"{one}/tally?format=json", sqlite.count_each),
            "crosstab": (f"{one}/crosstab?questionnaire={QUESTIONNAIRE}&rows={ROW}&columns={COLUMN}", sqlite.count_two),
            "section": (f"{one}/section?kind=full&language=en", sqlite.count_each),
            "release": (f"{one}/release/check", sqlite.count_each),
            "rows": (rows, sqlite.write)}
    return {name: in_turns(lambda path=path: ruth.ask(path), reference) for name, (path, reference) in asks.items()}


def in_turns(work, reference):
    taken, beside, end = [], [], time.monotonic() + LONG_S
    while len(taken) < ROUNDS and (not taken or time.monotonic() < end):
        taken.append(1000 * timed(work))
        beside.append(1000 * timed(reference))
    return taken, beside


WHAT = {"store": ("store on the disk", "MB", "sealed bytes alone"),
        "memory": ("RSS, locked", "MB", "with the fewest"),
        "opening": ("unlocking", "ms", "CMS in a loop, all cores"),
        "tally": ("tally", "ms", "SQLite, each question"),
        "crosstab": ("cross-tab", "ms", "SQLite, the two questions"),
        "section": ("section", "ms", "SQLite, each question"),
        "release": ("release check", "ms", "SQLite, each question"),
        "rows": ("rows as CSV", "ms", "csv.writer, from SQLite")}


def figure_of(name, points):
    label, unit, reference = WHAT[name]
    many, samples, beside = points[-1]
    return Figure(f"growth.{name}", f"{label} of {many:,}", unit, samples, reference, beside, points=points)
