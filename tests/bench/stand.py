"""Where the kiosk and the collector are measured: real ones, of a demonstration's making, in a folder of their own."""

import json
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "installer" / "demo"))

import display as display_module  # noqa: E402
import responses as responses_module  # noqa: E402
from demonstration import SCREEN, Demonstration  # noqa: E402
from programs import Kiosk, free_port  # noqa: E402

ASSETS = TOP / "assets"
RESPONSES = TOP / "tests" / "fixtures" / "croydon-2012" / "responses.json"
# Neither program keeps shaders on disk: the kiosk must not, and the bare window would win by it.
WITHOUT_SHADER_CACHE = {"MESA_SHADER_CACHE_DISABLE": "true"}
LONGEST_BENCHMARK_S = 240


class Stand(Demonstration):
    """A collector with one open inspection and, enrolled with it, a kiosk or more."""

    def __init__(self, folder, programs):
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, programs, ASSETS, say=lambda text: None)
        self.programs = programs
        self.responses = responses_module.read(RESPONSES, ASSETS)

    def open_collector(self, store=None, people_port=None):
        """Locked, as it is while kiosks send: what arrives is stored, not opened. store: postgresql://..., else a file.
        What `init` says."""
        at = (["--store", store] if store else []) + (["--people-port", str(people_port)] if people_port else [])
        said = self.collector.command("init", "--host", "127.0.0.1", "--port", str(free_port()), *at)
        self.collector.options = ["--rate", "0"]  # what it can, not what it lets one kiosk ask
        self.collector.serve()
        self.collector.create(self.responses.inspection, self.responses.area, self.responses.questionnaires)
        return said

    def enrol(self, kiosk):
        kiosk.enrol(self.collector.invite(self.responses.inspection, "Kiosk of a benchmark"))
        return kiosk

    def further_kiosk(self, number):
        return self.enrol(Kiosk(self.processes, self.kiosk.program, self.folder / "kiosk" / str(number), ASSETS))

    def open_bare_display(self):
        self.environment = {**display_module.start_xvfb(self.processes, self.folder / "tmp", SCREEN),
                            **WITHOUT_SHADER_CACHE}
        self.display = display_module.Display(self.environment)

    def start_bare_window(self):
        return self.processes.start("bare", [self.programs / "bench_window"], extra_environment=self.environment)

    def start_kiosk(self, hook=None):
        self.kiosk.open(self.environment, hook, SCREEN)
        return self.processes.running["kiosk"]

    def measure(self, program, *arguments, limit_s=LONGEST_BENCHMARK_S):
        """One of the C++ benchmarks: its series by name."""
        return json.loads(self.processes.run(program, [self.programs / program, *arguments],
                                             limit_s=limit_s))
