"""Many responses: what they cost in memory while locked, and opening and tallying them."""

import os
import time

from failure import Failure
from figure import DIFFERENCE, Figure
from stand import Stand
from usage import rss_mb

FEW = 1_000
LONGEST_S = 4 * 3600


def how_many(bench, full, small):
    """PERSPECTIVE_RESPONSES says how many: 1000000, say, and half an hour."""
    return max(2, int(os.environ.get("PERSPECTIVE_RESPONSES", bench.pick(full, small))))


def fill(stand, kiosk, count, *how):
    return stand.measure("bench_responses", "--kiosk", kiosk.state, "--fill", count, *how, limit_s=LONGEST_S)


def memory(bench):
    """Locked: from a thousand stored to many. What lies between is printed."""
    many = how_many(bench, 100_000, 40)
    marks = [min(FEW, many // 2)]
    while marks[-1] < many:
        marks.append(min(10 * marks[-1], many))
    with Stand(bench.folder / "memory", bench.programs) as stand:
        stand.open_collector()
        kiosk = stand.further_kiosk(0)
        collector = stand.processes.running["collector"].pid
        grown_mb = []
        for before, mark in zip([0, *marks], marks):
            found = fill(stand, kiosk, mark - before)
            grown_mb.append(rss_mb(collector))
            print(f"{mark:>10,} stored: {grown_mb[-1]:.1f} MB; {found['filled_per_s'][0]:,.0f}/s, "
                  f"{found['envelope_bytes'][0]:,.0f} bytes each", flush=True)
    return [Figure("responses.memory_locked", f"RSS locked, {many:,} stored", "MB", grown_mb[-1:],
                   f"{marks[0]:,} stored", grown_mb[:1], DIFFERENCE, at_most=8)]


def opening(bench):
    many = how_many(bench, 100_000, 40)
    seconds = bench.pick(5, 0.2)
    with Stand(bench.folder / "opening", bench.programs) as stand:
        stand.open_collector()
        kiosk = stand.further_kiosk(0)
        inspection = stand.responses.inspection
        collector = stand.processes.running["collector"].pid
        sealed_bytes = fill(stand, kiosk, many, "--to-be-opened")["envelope_bytes"]
        locked_mb = rss_mb(collector)
        opened_mb = None
        unlocked, loops, tallies = [], [], []
        for _ in range(bench.pick(3, 1)):
            loop = [plain_loop(stand, kiosk, seconds)]
            unlocked.append(many / timed(lambda: stand.collector.unlock(inspection, limit_s=LONGEST_S)))
            opened_mb = opened_mb or rss_mb(collector)
            tallies.append(1000 * timed(lambda: counted(stand, inspection, many)))
            loop.append(plain_loop(stand, kiosk, seconds))
            loops.append(sum(loop) / 2)  # before and behind: what else the machine does meets both
            stand.collector.command("inspection", "lock", inspection)
    a_response = [(opened_mb - locked_mb) * 2**20 / many]
    return [Figure("responses.opening", f"open and count {many:,}", "/s", unlocked, "CMS in a loop, all cores", loops,
                   at_least=0.8),
            Figure("responses.tally", f"tally of {many:,}, as a command", "ms", tallies, "opening them",
                   [1000 * many / rate for rate in unlocked]),
            Figure("responses.memory_unlocked", "RSS of an opened response", "B", a_response, "sealed, on the disk",
                   sealed_bytes)]


def plain_loop(stand, kiosk, seconds):
    return stand.measure("bench_responses", "--kiosk", kiosk.state, "--open", seconds)["opened_per_s"][0]


def timed(work):
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def counted(stand, inspection, many):
    tally = stand.collector.tally_json(inspection)
    respondents = sum(one["respondents"] for one in tally["questionnaires"])
    if (respondents, tally["set_aside"]) != (many, 0):
        raise Failure(f"of {many} responses {respondents} were counted and {tally['set_aside']} set aside")
