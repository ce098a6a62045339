"""Runs the benchmarks that are named, or all; prints a table, writes bench.json and a picture of it. tests/bench/run builds
first. A bench.json that is there keeps what other benchmarks measured before, each with its day and the machine's load."""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "installer" / "demo"), str(TOP / "tests" / "journey")]

import beside  # noqa: E402
import bus  # noqa: E402
import crosstab  # noqa: E402
import growth  # noqa: E402
import inner  # noqa: E402
import kiosk  # noqa: E402
import latency  # noqa: E402
import many  # noqa: E402
import page  # noqa: E402
import posts  # noqa: E402
import sound  # noqa: E402
import tap  # noqa: E402
from failure import Failure  # noqa: E402
from figure import lines_of  # noqa: E402

BENCHMARKS = {"envelope": inner.envelope, "outbox": inner.outbox, "posts": posts.posts, "postgres": posts.posts_on_postgres,
              "memory": many.memory, "opening": many.opening, "latency": latency.latency, "beside": beside.beside,
              "crosstab": crosstab.crosstab, "growth": growth.growth, "start": kiosk.start,
              "idle": kiosk.idle, "bus": bus.bus, "tap": tap.tap, "sound": sound.sound}


FORMAT = 2


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
    return {"processor": cpu, "processors": os.cpu_count(), "kernel": platform.release()}


def load():
    return round(os.getloadavg()[0], 1)


def commit():
    """The newest that changed a program."""
    said = subprocess.run(["git", "log", "-1", "--format=%h", "--", "collector", "kiosk", "shared"], cwd=TOP,
                          capture_output=True, text=True, check=False)
    return said.stdout.strip()


def run(names, bench, figures, runs):
    """`runs`: of each, when and how loaded the machine was. One after the other: what was measured outlives the next."""
    for name in names:
        began, load_before = time.monotonic(), load()
        made = BENCHMARKS[name](bench)
        taken_s = round(time.monotonic() - began)
        runs[name] = {"day": time.strftime("%Y-%m-%d", time.gmtime()), "commit": commit(), "seconds": taken_s,
                      "load": [load_before, load()]}
        print(f"\n{name}, {taken_s} s, load {load_before} to {load()}", flush=True)
        print("\n".join(lines_of(made)), flush=True)
        figures.update({figure.key: {"benchmark": name, **figure.as_json()} for figure in made})
        yield name
    for key, why in bench.not_measured.items():
        print(f"\n{key} was not measured: {why}")


def measured_before(path, names, about):
    """What others than these measured on such a machine: figures and runs."""
    try:
        found = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}, {}
    if found.get("format") != FORMAT or found["machine"] != about or found["is_smallest"]:
        return {}, {}
    return ({key: figure for key, figure in found["figures"].items() if figure["benchmark"] not in names},
            {name: run for name, run in found["runs"].items() if name not in names})


def parsed(words):
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__,
                                     epilog=f"Benchmarks: {', '.join(BENCHMARKS)}. Read tests/bench/README.md.")
    parser.add_argument("names", nargs="*", metavar="BENCHMARK", help="all where none is named")
    parser.add_argument("--programs", type=Path, required=True, help="folder of the programs")
    parser.add_argument("--folder", type=Path, required=True, help="where to work, on the disk to be measured")
    parser.add_argument("--json", type=Path, required=True, help="file to write")
    parser.add_argument("--smallest", action="store_true", help="only see that each works; the figures mean nothing")
    parser.add_argument("--page", type=Path, required=True, help="folder for results.md and results.svg of all in the file")
    arguments = parser.parse_args(words)
    unknown = [name for name in arguments.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark '{unknown[0]}'; there are {', '.join(BENCHMARKS)}")
    return arguments


def main(words):
    arguments = parsed(words)
    bench = Bench(arguments.programs.resolve(), arguments.folder.resolve(), arguments.smallest)
    about, names = machine(), arguments.names or list(BENCHMARKS)
    print(f"{about['processors']} x {about['processor']}, load before: {load()}")
    print("Medians, in brackets the least and the most. x: times the reference, +: more than it.")
    figures, runs = measured_before(arguments.json, names, about)
    try:
        for _ in run(names, bench, figures, runs):
            write(arguments, {"format": FORMAT, "machine": about, "is_smallest": bench.is_small, "runs": runs,
                              "figures": in_order(figures), "not_measured": bench.not_measured})
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    print(f"\nWritten to {arguments.json}; results.md and results.svg to {arguments.page}")
    return 0


def in_order(figures):
    order = list(BENCHMARKS)
    return dict(sorted(figures.items(), key=lambda entry: order.index(entry[1]["benchmark"])))


def write(arguments, made):
    arguments.json.write_text(json.dumps(made, indent=1) + "\n")
    page.write(made, arguments.page)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
