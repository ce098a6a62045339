"""Sealing, opening and putting: C++ programs measure, each beside its reference in the same process."""

from figure import Figure
from stand import Stand


def envelope(bench):
    with Stand(bench.folder / "envelope", bench.programs) as stand:
        found = stand.measure("bench_envelope", "--rounds", bench.pick(15, 2), "--calls", bench.pick(200, 3))
    return [Figure("envelope.seal", "seal an envelope", "us", found["seal_us"], "ECDH and AES-GCM by hand",
                   found["seal_by_hand_us"]),
            Figure("envelope.open", "open an envelope", "us", found["open_us"], "ECDH and AES-GCM by hand",
                   found["open_by_hand_us"])]


def outbox(bench):
    waiting = bench.pick(500, 5)
    with Stand(bench.folder / "outbox", bench.programs) as stand:
        found = stand.measure("bench_outbox", "--folder", stand.folder / "kiosk", "--rounds", bench.pick(5, 2),
                              "--puts", bench.pick(30, 2), "--waiting", waiting)
    return [Figure(f"outbox.put_{number}", f"durable put, {count} waiting", "ms", found[f"put_{number}_ms"],
                   "bare SQLite insert", found[f"bare_{number}_ms"])
            for number, count in ((0, "none"), (500, waiting))]
