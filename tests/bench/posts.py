"""Acknowledged posts to a collector over mutual TLS, beside bare rows into SQLite, and beside nginx that stores nothing."""

import postgres_server
from figure import DIFFERENCE, Figure
from stand import Stand
from usage import rss_mb
from web_server import start_web_server

KIOSKS = 4
AIMS = {"1x1": 0.4, "32x1.group": 0.3, "32x50.group": 0.6}  # of the bare rows
LOADS = [(connections, envelopes) for connections in (1, 8, 32) for envelopes in (1, 50)]


def posts(bench):
    with Stand(bench.folder / "posts", bench.programs) as stand:
        stand.open_collector()
        kiosks = [stand.further_kiosk(number) for number in range(bench.pick(KIOSKS, 1))]
        collector = stand.processes.running["collector"].pid
        before_mb = rss_mb(collector)
        found = stand.measure("bench_posts", *(word for kiosk in kiosks for word in ("--kiosk", kiosk.state)),
                              "--raw", stand.folder / "kiosk" / "raw.sqlite", "--without-storing",
                              start_web_server(stand), "--rounds", bench.pick(3, 1),
                              "--most", bench.pick(2000, 4), "--seconds", bench.pick(1.5, 0.2))
        after_mb = rss_mb(collector)
    figures = [figure for load in LOADS for figure in figures_of(load, found)]
    return [*figures, Figure("posts.collector_memory", "collector's RSS after that", "MB", [after_mb], "before it",
                             [before_mb], DIFFERENCE)]


def posts_on_postgres(bench):
    """The same loads to a collector on PostgreSQL and to one on SQLite, in turns. The server's settings are its own."""
    if not postgres_server.programs():
        bench.not_measured["postgres"] = "PostgreSQL is not installed"
        return []
    server = postgres_server.PostgresServer()
    try:
        server.start()
        server.make_database("bench")
        with Stand(bench.folder / "on-postgres", bench.programs) as there, \
                Stand(bench.folder / "on-sqlite", bench.programs) as here:
            there.open_collector(server.url("bench"))
            here.open_collector()
            rounds = [(posts_once(bench, there), posts_once(bench, here)) for _ in range(bench.pick(3, 1))]
    finally:
        server.end()
    return [figure for load in LOADS for figure in figures_beside(load, rounds)]


def posts_once(bench, stand):
    number = len(list((stand.folder / "kiosk").iterdir()))
    kiosk = stand.further_kiosk(number)
    raw = stand.folder / "kiosk" / f"raw-{number}.sqlite"  # each round has a new one
    return stand.measure("bench_posts", "--kiosk", kiosk.state, "--raw", raw, "--rounds", 1,
                         "--most", bench.pick(2000, 4), "--seconds", bench.pick(1.5, 0.2))


def figures_beside(load, rounds):
    name = f"{load[0]}x{load[1]}"
    for key, series, unit, scale, label in (("rate", "per_s", "/s", 1, f"on PostgreSQL, {load[0]} x {load[1]}"),
                                            ("p99", "p99_us", "ms", 1000, "  answered, p99")):
        there, here = ([each[side][f"posts_{name}_{series}"][0] / scale for each in rounds] for side in (0, 1))
        yield Figure(f"postgres.{name}.{key}", label, unit, there, "a collector on SQLite", here)


def figures_of(load, found):
    name = f"{load[0]}x{load[1]}"
    label = f"posts, {load[0]} conn. x {load[1]} a request"
    rate = found[f"posts_{name}_per_s"]
    yield Figure(f"posts.{name}", label, "/s", rate, "SQLite, 1 row a commit", found["raw_1_per_s"],
                 at_least=AIMS.get(name))
    yield Figure(f"posts.{name}.group", label, "/s", rate, "SQLite, 32 rows a commit", found["raw_32_per_s"],
                 at_least=AIMS.get(f"{name}.group"))
    yield Figure(f"posts.{name}.nginx", label, "/s", rate, "nginx, not storing", found[f"without_storing_{name}_per_s"])
    rows = 1 if load[1] == 1 else 32  # a commit of about as much as one request brings
    for share in ("p50", "p99"):
        yield Figure(f"posts.{name}.{share}", f"  answered, {share}", "ms", in_ms(found[f"posts_{name}_{share}_us"]),
                     f"SQLite, {rows} a commit, {share}", in_ms(found[f"raw_{rows}_{share}_us"]))


def in_ms(values_us):
    return [value / 1000 for value in values_us]
