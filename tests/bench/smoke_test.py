"""Every benchmark still runs, and gives the figures that its README names. No speed is asserted: machines differ."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from xml.etree import ElementTree

import plot
import usage

HERE = Path(__file__).resolve().parent
PROGRAMS = Path(os.environ.get("PERSPECTIVE_PROGRAMS", HERE.parents[1] / "build" / "bench" / "bin"))
LIMIT_S = 420
MEMORY = {"kiosk.memory.shown", "kiosk.memory.all"}  # root alone may read it
DUCKDB = {"crosstab.all.duckdb", "crosstab.some.duckdb"}  # is installed by hand


def keys_in_readme():
    """The first column of its tables. `{a|b}` stands for both."""
    keys = set()
    for row in re.findall(r"^\| `([a-z0-9_]+\.[a-z0-9_.{}|\\]+)` \|", (HERE / "README.md").read_text(), re.MULTILINE):
        parts = [part.replace("\\", "").split("|") for part in re.split(r"[{}]", row)]
        names = [""]
        for choices in parts:
            names = [name + choice for name in names for choice in choices]
        keys.update(names)
    return keys


class Usage(unittest.TestCase):
    def test_threads_may_end_while_they_are_looked_at(self):
        end = time.monotonic() + 1

        def come_and_go():
            while time.monotonic() < end:
                brief = threading.Thread(target=lambda: None)
                brief.start()
                brief.join()

        busy = [threading.Thread(target=come_and_go) for _ in range(4)]
        for thread in busy:
            thread.start()
        while time.monotonic() < end:
            self.assertTrue(usage.activity_of(os.getpid()).threads)
        for thread in busy:
            thread.join()


class Benchmarks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp(prefix="perspective-bench-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        written = folder / "bench.json"
        done = subprocess.run([sys.executable, HERE / "main.py", "--smallest", "--programs", PROGRAMS, "--folder",
                               folder / "work", "--json", written, "--page", folder], capture_output=True, text=True, timeout=LIMIT_S,
                              check=False)
        print(done.stdout)
        cls.table = done.stdout
        if done.returncode != 0:
            raise AssertionError(f"the benchmarks ended with {done.returncode}: {done.stderr[-3000:]}")
        cls.result = json.loads(written.read_text())
        cls.folder = folder

    def test_every_figure_of_the_readme_is_there_and_no_other(self):
        self.assertGreater(len(keys_in_readme()), 20)
        self.assertEqual(set(self.result["figures"]) | set(self.result["not_measured"]), keys_in_readme())

    def test_only_memory_and_what_is_installed_by_hand_may_be_left_out(self):
        self.assertLessEqual(set(self.result["not_measured"]), MEMORY | DUCKDB)

    def test_each_figure_has_a_reference_of_the_same_run(self):
        for key, figure in self.result["figures"].items():
            with self.subTest(key):
                for spread in (figure, figure["reference"], figure["comparison"]):
                    self.assertLessEqual(spread["min"], spread["median"])
                    self.assertLessEqual(spread["median"], spread["max"])
                if figure["comparison"]["kind"] == "ratio":
                    self.assertGreater(figure["median"], 0)
                    self.assertGreater(figure["reference"]["median"], 0)

    def test_the_aims_stand_beside_their_figures(self):
        aims = {key: next(limit for name, limit in figure["aim"].items() if name != "is_met")
                for key, figure in self.result["figures"].items() if "aim" in figure}
        self.assertEqual(self.table.count("    aim, "), len(aims))
        memory = {key: 60 for key in MEMORY - set(self.result["not_measured"])}
        self.assertEqual(aims, {**memory, "kiosk.start": 1.6, "kiosk.idle.keeper.wakeups": 0, "kiosk.idle.keeper.cpu": 0,
                                "kiosk.idle.windows.wakeups": 0, "kiosk.idle.windows.cpu": 0,
                                "kiosk.bus.start": 1.6, "kiosk.bus.idle.wakeups": 0, "kiosk.bus.idle.cpu": 0,
                                "posts.1x1": 0.4, "posts.32x1.group": 0.3, "posts.32x50.group": 0.6,
                                "crosstab.all.sqlite": 10, "crosstab.some.sqlite": 10, "responses.memory_locked": 8, "responses.opening": 0.8,
                                **{f"latency.{page}.p95": 100 for page in ("home", "tally", "section")},
                                **{f"beside.{who}.{work}.longest": 1000
                                   for who in ("kiosk", "people") for work in ("forms", "unlocking")}})

    def test_what_grows_is_measured_at_more_than_one_size_beside_its_reference(self):
        grown = [figure for key, figure in self.result["figures"].items() if key.startswith("growth.")]
        self.assertEqual(len(grown), 8)
        for figure in grown:
            with self.subTest(figure["label"]):
                self.assertEqual([point["responses"] for point in figure["growth"]], [4, 40])
                self.assertTrue(all(point["median"] > 0 and point["reference"] > 0 for point in figure["growth"]))
                self.assertEqual(figure["growth"][-1]["median"], figure["median"])

    def test_the_page_and_its_picture_name_every_figure(self):
        text, drawn = ((self.folder / name).read_text() for name in ("results.md", "results.svg"))
        for key in self.result["figures"]:
            self.assertIn(f"| `{key}` |", text)
            self.assertRegex(drawn, f">{re.escape(key)}[,<]")
        self.assertNotIn(str(self.folder), text + drawn)

    def test_the_same_figures_give_the_same_picture_within_its_edges(self):
        drawn = plot.picture(self.result["figures"], "twice")
        self.assertEqual(drawn, plot.picture(json.loads(json.dumps(self.result["figures"])), "twice"))
        root = ElementTree.fromstring(drawn)
        width, height = float(root.get("width")), float(root.get("height"))
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            self.assertLess(float(text.get("y")), height)
            # The widest letters of such a typeface take 0.65 of its size, on the whole.
            wide = len(text.text) * float(text.get("font-size")) * 0.62
            left = float(text.get("x")) - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
            self.assertGreaterEqual(left, 0, text.text)
            self.assertLessEqual(left + wide, width, text.text)

    def test_the_table_is_not_wider_than_a_terminal(self):
        self.assertLessEqual(max(len(line) for line in self.table.splitlines()
                                 if not line.startswith("Written to")), 100)


if __name__ == "__main__":
    unittest.main(verbosity=2)
