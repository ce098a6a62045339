"""A whole inspection under one folder: collector, inspection, kiosk; and the 26 visits, or whichever a file has.

Layout: collector/ and kiosk/ are the programs' own; logs/, tmp/ and cache/ is all else that they write;
screenshots/ shows one of every screen.
"""

import fcntl
import os
import shutil
import time
from pathlib import Path

import display as display_module
from failure import Failure
from hook import Hook
from processes import Processes
from programs import Collector, Kiosk, free_port, program_in
from respondent import Habits, Respondent
from window import Window

MARKER = "made-by-perspective-quickstart"
FOLDERS = ("collector", "kiosk", "logs", "tmp", "cache", "screenshots")
LONGEST_SOCKET_PATH = 100  # of 108 that Linux allows
SCREEN = "1280x800"


def take_folder(folder):
    """Empties what an earlier run made there, nothing else; gives a lock that ends with this process."""
    marker = folder / MARKER
    if folder.exists() and not marker.exists() and any(folder.iterdir()):
        raise Failure(f"{folder} is not empty and no earlier demonstration made it. Name another with --folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = open(marker, "a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise Failure(f"another demonstration runs in {folder}. End it, or name another folder with --folder.") from error
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(mode=0o700)
    return lock


class Demonstration:
    def __init__(self, folder, programs, assets, say=print):
        self.folder = Path(folder).resolve()
        if len(str(self.folder / "collector" / "admin.sock")) > LONGEST_SOCKET_PATH:
            raise Failure(f"the name {self.folder} is too long for the sockets in it. Name a shorter one with --folder.")
        self.say = say
        self.lock = take_folder(self.folder)
        self.logs = self.folder / "logs"
        self.screenshots = self.folder / "screenshots"
        self.hook_path = self.folder / "tmp" / "hook.sock"
        environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TMPDIR": str(self.folder / "tmp"),
                       "XDG_CACHE_HOME": str(self.folder / "cache"), "PERSPECTIVE_ASSETS": str(assets)}
        self.processes = Processes(self.logs, environment)
        self.collector = Collector(self.processes, program_in(programs, "perspective-collector"),
                                   self.folder / "collector")
        self.kiosk = Kiosk(self.processes, program_in(programs, "perspective-kiosk"), self.folder / "kiosk", assets)
        self.display = None
        self.seen = set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.processes.end_all()
        self.lock.close()

    def set_up(self, responses, smallest_batch=1):
        """Collector, inspection, an enrolled kiosk; unlocked."""
        self.collector.init(free_port())
        self.collector.serve()
        self.say("The collector serves on loopback.")
        self.collector.create(responses.inspection, responses.area, responses.questionnaires, smallest_batch=smallest_batch)
        self.kiosk.enrol(self.collector.invite(responses.inspection, "Kiosk of the demonstration"))
        self.collector.unlock(responses.inspection)
        self.say(f"Inspection {responses.inspection} is open, one kiosk is enrolled.")

    def open_display(self, texts, size=SCREEN):
        """A virtual display whose keyboard has every character of the texts; then the kiosk's window, which fills it."""
        # There is sound, that nobody hears; whatever this machine has, the screens are the same.
        self.processes.environment.update({"SDL_AUDIODRIVER": "dummy", "PULSE_SERVER": f"unix:{self.folder / 'none'}"})
        environment = display_module.start_xvfb(self.processes, self.folder / "tmp", size)
        self.display = display_module.Display(environment)
        self.display.keyboard.prepare("".join(texts))
        self.open_window(environment, size)

    def open_window(self, environment, size=SCREEN):
        self.environment = environment
        self.kiosk.open(environment, self.hook_path, size)
        self.processes.wait_until("the kiosk's window is there", self.hook_path.exists, "kiosk")
        self.window = Window(self.display, Hook(self.hook_path))

    def reopen_window(self, size=SCREEN):
        self.hook_path.unlink(missing_ok=True)
        self.open_window(self.environment, size)

    def respondent(self, visit, number):
        return Respondent(self.window, visit, Habits.of_visit(number),
                          lambda screen: self.keep_screenshot(visit.questionnaire, screen))

    def answer(self, visits):
        for number, visit in enumerate(visits):
            started = time.monotonic()
            respondent = self.respondent(visit, number)
            try:
                respondent.answer_all()
            except Failure as failure:
                self.processes.must_run("kiosk")
                raise Failure(f"visit {number + 1} of {len(visits)} ({visit.respondent}): {failure}") from failure
            self.say(f"Visit {number + 1} of {len(visits)}: {visit.questionnaire}, {respondent.language}, by "
                     f"{respondent.habits.manner}, {time.monotonic() - started:.1f} s")

    def keep_screenshot(self, questionnaire, screen):
        """The first of each screen in each language."""
        name = screen.id.replace("/", "-")
        folder = self.screenshots if screen.id == "start" else self.screenshots / questionnaire / screen.language
        path = folder / f"{name}.png"
        if path in self.seen:
            return
        self.seen.add(path)
        folder.mkdir(parents=True, exist_ok=True)
        self.window.hook.screenshot(path)

    def choose_comments(self, responses):
        """As the inspector, who has read them: every one whose writer agreed, in the order of the alphabet."""
        agreed = sorted((comment for comment in self.collector.comments(responses.inspection)
                         if comment["may_be_quoted"]), key=lambda comment: comment["text"])
        for comment in agreed:
            self.collector.choose(responses.inspection, comment, comment["text"] in responses.sic)
        return len(agreed)
