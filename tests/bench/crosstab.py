"""Two questions against each other over a million opened responses: the collector's columns, SQLite, DuckDB."""

import json
import subprocess
from pathlib import Path

from failure import Failure
from figure import Figure
from many import how_many

TOP = Path(__file__).resolve().parents[2]
MODULES = TOP / "build" / "bench" / "duckdb"
AIM_MS = 10
QUESTIONS = ("--row", "listened_to", "--column", "less_likely_to_offend", "--only", "order_type", "--option",
             "referral_order")


def crosstab(bench):
    many = how_many(bench, 1_000_000, 500)
    rounds = bench.pick(15, 2)
    folder = bench.folder / "crosstab"
    folder.mkdir(parents=True, exist_ok=True)
    numbers = folder / "numbers.csv"
    found = json.loads(output_of(bench.programs / "bench_crosstab", "--responses", many, "--rounds", rounds,
                                 "--numbers", numbers, *QUESTIONS))
    duckdb = counted_by_duckdb(bench, numbers, rounds, int(found["option_code"][0]), many)
    return [figure for name, label in (("all", f"cross-tab of {many:,}"), ("some", "  of some of them"))
            for figure in figures_of(name, label, found, duckdb)]


def figures_of(name, label, found, duckdb):
    own = found[f"{name}_ms"]
    yield Figure(f"crosstab.{name}.sqlite", label, "ms", own, "the query in SQLite", found[f"{name}_sqlite_ms"], under=AIM_MS)
    if duckdb:
        yield Figure(f"crosstab.{name}.duckdb", label, "ms", own, "the query in DuckDB", duckdb[f"{name}_ms"])


def counted_by_duckdb(bench, numbers, rounds, option, many):
    if not (MODULES / "node_modules").exists():
        for name in ("all", "some"):
            bench.not_measured[f"crosstab.{name}.duckdb"] = "tests/bench/duckdb/install was not run"
        return None
    counted = json.loads(output_of("node", TOP / "tests" / "bench" / "duckdb" / "count.mjs", MODULES, numbers, rounds, option))
    if counted["all_people"] != many:
        raise Failure(f"DuckDB counts {counted['all_people']} of {many}")
    return counted


def output_of(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=1800, check=False)
    if done.returncode != 0:
        raise Failure(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout
