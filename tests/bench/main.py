"""Runs the benchmarks that are named, or all; prints a table and writes bench.json. tests/bench/run builds first."""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "installer" / "demo"), str(TOP / "tests" / "journey")]

import beside  # noqa: E402
import bus  # noqa: E402
import crosstab  # noqa: E402
import inner  # noqa: E402
import kiosk  # noqa: E402
import latency  # noqa: E402
import many  # noqa: E402
import posts  # noqa: E402
import sound  # noqa: E402
import tap  # noqa: E402
from failure import Failure  # noqa: E402
from figure import lines_of  # noqa: E402

BENCHMARKS = {"envelope": inner.envelope, "outbox": inner.outbox, "posts": posts.posts, "postgres": posts.posts_on_postgres,
              "memory": many.memory, "opening": many.opening, "latency": latency.latency, "beside": beside.beside,
              "crosstab": crosstab.crosstab, "start": kiosk.start,
              "idle": kiosk.idle, "bus": bus.bus, "tap": tap.tap, "sound": sound.sound}


class Bench:
    """What every benchmark needs to know."""

    def __init__(self, programs, folder, is_small):
        self.programs = programs
        self.folder = folder
        self.is_small = is_small
        self.not_measured = {}  # a figure's key, and why

    def pick(self, full, small):
        return small if self.is_small else full


def machine():
    """What the figures depend on, without a name of it."""
    cpu = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    return {"processor": cpu, "processors": os.cpu_count(), "kernel": platform.release(),
            "load_before": round(os.getloadavg()[0], 2)}


def run(names, bench):
    figures = []
    for name in names:
        began = time.monotonic()
        made = BENCHMARKS[name](bench)
        print(f"\n{name}, {time.monotonic() - began:.0f} s", flush=True)
        print("\n".join(lines_of(made)), flush=True)
        figures += made
    for key, why in bench.not_measured.items():
        print(f"\n{key} was not measured: {why}")
    return figures


def parsed(words):
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__,
                                     epilog=f"Benchmarks: {', '.join(BENCHMARKS)}. Read tests/bench/README.md.")
    parser.add_argument("names", nargs="*", metavar="BENCHMARK", help="all where none is named")
    parser.add_argument("--programs", type=Path, required=True, help="folder of the programs")
    parser.add_argument("--folder", type=Path, required=True, help="where to work, on the disk to be measured")
    parser.add_argument("--json", type=Path, required=True, help="file to write")
    parser.add_argument("--smallest", action="store_true", help="only see that each works; the figures mean nothing")
    arguments = parser.parse_args(words)
    unknown = [name for name in arguments.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark '{unknown[0]}'; there are {', '.join(BENCHMARKS)}")
    return arguments


def main(words):
    arguments = parsed(words)
    bench = Bench(arguments.programs.resolve(), arguments.folder.resolve(), arguments.smallest)
    about = machine()
    print(f"{about['processors']} x {about['processor']}, load before: {about['load_before']}")
    print("Medians, in brackets the least and the most. x: times the reference, +: more than it.")
    try:
        figures = run(arguments.names or list(BENCHMARKS), bench)
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    made = {"format": 1, "machine": about, "is_smallest": bench.is_small,
            "figures": {figure.key: figure.as_json() for figure in figures}, "not_measured": bench.not_measured}
    arguments.json.write_text(json.dumps(made, indent=1) + "\n")
    print(f"\nWritten to {arguments.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
