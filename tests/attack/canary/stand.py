"""The whole line on a disk of its own, with everything around a kiosk that may come to hold an answer: X server, sound server,
accessibility bus, a program that listens to it. All of them can be looked into, and all are traced."""

import contextlib
import os
import resource
import signal
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "journey"))

import disk as disk_module  # noqa: E402
import display as display_module  # noqa: E402
import line  # noqa: E402
import memory  # noqa: E402
import needles as needles_module  # noqa: E402
import session_bus  # noqa: E402
from death_killer import shown_process  # noqa: E402
from png import read_png  # noqa: E402
from responses import Responses, Visit  # noqa: E402

QUESTIONNAIRE = "sudden-death"
LETTERS = "abcdefghijklmnopqrstuvwxyzŷ "
RATE_HZ = 22050
SERVERS = {"Xvfb": "X server", "Xorg": "X server", "pulseaudio": "sound server", "dbus-daemon": "accessibility bus",
           "at-spi-bus-laun": "accessibility bus", "at-spi2-registr": "accessibility bus", "python3": "screen reader"}
NOT_CONCERNED = ("strace", "timeout", "perspective-col")  # what tries, and the other machine
KEEPER, SHOWN, AHEAD = "keeper", "window's process", "window's process, started ahead"


def read_all(path, into):
    with open(path, "rb", buffering=0) as file:
        while data := file.read(4096):
            into += data


@dataclass
class Secret:
    """What one visitor said, as they know it and as it is looked for."""
    words: tuple
    visit: Visit
    needles: needles_module.Needles
    keys: bytes = b""
    processes: set = field(default_factory=set)  # that had the visit

    @staticmethod
    def invented(absent=()):
        first, second = needles_module.made_up_word(), needles_module.made_up_word()
        answers = {"weather": "rainy", "ticket": f"{first} ŷ {second}", "ticket_on_wall": "refuse", "way_here": "by_train"}
        visit = Visit("somebody", QUESTIONNAIRE, answers, dict(absent))
        pairs = [(variable, answer) for variable, answer in answers.items() if variable != "ticket"]
        return Secret((first, second), visit, needles_module.Needles((first, second), pairs))


class Stand(line.Line):
    fixture = QUESTIONNAIRE

    @classmethod
    def find_responses(cls):
        folder = line.FIXTURES / cls.fixture
        return Responses(folder, [], [folder], set(), cls.fixture)

    @classmethod
    def prepare_folder(cls):
        cls.evidence = cls.folder / "evidence"
        cls.evidence.mkdir()
        cls.disk = disk_module.Disk(cls.folder / "disk.img", cls.folder / "demo")
        cls.addClassCleanup(cls.disk.close)

    @classmethod
    def run_line(cls):
        cls.line.processes.wrap = disk_module.traced(cls.evidence)
        home = cls.line.folder / "tmp" / "home"
        home.mkdir()
        cls.line.processes.environment.update({"HOME": str(home)})
        cls.line.set_up(cls.responses)
        cls.open_all()

    @classmethod
    def let_cores_be_written(cls):
        """By whoever writes one. It would lie on the disk."""
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
        os.chdir(cls.line.folder / "tmp")

    # All that stands around the kiosk; and to the ground again.

    @classmethod
    def open_all(cls, **kiosk):
        processes, folder = cls.line.processes, cls.line.folder / "tmp"
        session_bus.start_bus(processes, folder)
        session_bus.want_accessibility(processes)
        cls.open_sound(folder / "sound")
        processes.environment.update(cls.open_display(folder))
        cls.line.display = display_module.Display(processes.environment)
        cls.line.display.keyboard.prepare(LETTERS)
        cls.line.open_window({"SDL_AUDIODRIVER": "pulseaudio", **kiosk})
        processes.start("client", [sys.executable, HERE / "bus_client.py"])
        processes.wait_until("somebody listens to the bus",
                             lambda: "listens" in processes.log_of("client").read_text(), "client")

    @classmethod
    def open_display(cls, folder):
        return display_module.start_xvfb(cls.line.processes, folder, "1280x800")

    @classmethod
    def open_sound(cls, folder):
        folder.mkdir()
        pipe, socket = folder / "heard", folder / "native"
        os.mkfifo(pipe)
        cls.heard = bytearray()
        threading.Thread(target=read_all, args=(pipe, cls.heard), daemon=True).start()
        cls.line.processes.environment.update({"PULSE_SERVER": f"unix:{socket}", "PULSE_RUNTIME_PATH": str(folder)})
        modules = [f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
                   f"module-pipe-sink file={pipe} format=s16le rate={RATE_HZ} channels=1 sink_name=headset "
                   "use_system_clock_for_timing=yes sink_properties=device.form_factor=headset"]
        cls.line.processes.start("pulseaudio", ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
                                                "--use-pid-file=no", *(word for each in modules for word in ("-L", each))])
        cls.line.processes.wait_until("the sound server is there", socket.exists, "pulseaudio")

    @classmethod
    def cut_power(cls):
        """Everything at once, as if nothing had run for a while."""
        running = cls.line.processes.running
        for name in [name for name in running if name != "collector"]:
            os.killpg(running[name].pid, signal.SIGKILL)
            running.pop(name).wait(10)
        # One that was being started while the others were looked for dies in the next round.
        cls.line.processes.wait_until("nothing runs", lambda: not [cls.kill(process) for process, _ in cls.concerned()])

    @staticmethod
    def kill(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)

    # Who may hold what.

    @classmethod
    def concerned(cls):
        """[(process, who it is)]: each that was told of this folder, however it was started."""
        kiosk = cls.line.processes.running.get("kiosk")
        shown = shown_process(cls.line.hook_path) if kiosk else None
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            process = int(folder.name)
            try:
                is_ours = str(cls.folder).encode() in (folder / "environ").read_bytes()
                name = (folder / "comm").read_text().strip()
            except OSError:
                continue
            if not is_ours or process == os.getpid() or name in NOT_CONCERNED or not memory.is_there(process):
                continue
            if kiosk and process == kiosk.pid:
                found.append((process, KEEPER))
            elif kiosk and process in memory.children_of(kiosk.pid):
                found.append((process, SHOWN if process == shown else AHEAD))
            else:
                found.append((process, SERVERS.get(name, name)))
        return found

    def look(self, secret):
        """{(who, what): {(mapping, writing)}}"""
        found = {}
        with secret.needles.search() as search:
            for process, who in self.concerned():
                for mapping, what, writing in memory.finds_in(process, search):
                    found.setdefault((who, what), set()).add((mapping, writing))
        return found

    def keys_in_display(self, secret):
        return {find for process, who in self.concerned() if who == "X server"
                for find in memory.keys_in(process, secret.keys)}

    # A visit.

    def person(self, secret):
        person = self.line.respondent(secret.visit, 1)  # by mouse; the words by a keyboard
        person.habits.goes_back = person.habits.hesitates = person.habits.nearly_stops = False
        person.saw_screen = lambda screen: None
        return person

    def begin(self, secret, wanted="question.ticket", sound=False):
        """The screen with this id, and who sits there."""
        person = self.person(secret)
        screen = person.begin()
        while screen.id != wanted:
            if screen.id == "yours" and sound:
                sound, silent = False, screen.item("sound.switch").label
                screen = self.line.window.press(screen, "sound.switch", "it is read aloud",
                                                lambda now: now.item("sound.switch").label != silent)
                continue
            screen = person.do(screen)
        secret.processes.add(shown_process(self.line.hook_path))
        return person, screen

    def to_start(self):
        """Whatever the last visit came to."""
        window = self.line.window
        screen = window.screen()
        while screen.id != "start":
            there = next(item for item in ("show", "finish", "stop.delete", "bar.stop", "close") if screen.item(item))
            before = screen.id
            screen = window.press(screen, there, "it comes to an end", lambda now, before=before: now.id != before)
            if screen.id == "sending":
                screen = window.wait("it is over", lambda now: now.id != "sending")

    def write(self, secret, person, screen):
        """The words, on the question that asks for them; what they look like is looked for from now on."""
        keyboard = self.line.display.keyboard
        secret.keys = bytes(keyboard.keys[display_module.keysym_of(letter)][0] for letter in secret.words[1])
        screen = person.give(screen, secret.visit.answers["ticket"])
        path = self.evidence / "seen.png"
        self.line.window.hook.screenshot(path)
        _, _, rows = read_png(path)
        path.unlink()
        x, y, width, height = next(item.rect for item in screen.items if secret.words[0] in item.value)
        secret.needles.add_pixels([rows[at][x * 3:(x + width) * 3] for at in range(y + 4, y + height - 4, 3)])
        return screen

    def answer_until(self, person, screen, wanted):
        while screen.id != wanted:
            screen = person.do(screen)
        return screen

    def delete(self, person, screen):
        return person.leave(person.leave(screen, "bar.stop"), "stop.delete")

    def finish(self, secret, person, screen):
        """Past the four words to the start screen."""
        screen = self.answer_until(person, screen, "thanks")
        secret.needles.add_four_words([item.label for item in screen.items if item.role == "word"])
        return self.answer_until(person, screen, "start")

    def kill_shown(self, by):
        """The process with the window; the next one has taken the screen over."""
        dead = shown_process(self.line.hook_path)
        os.kill(dead, by)
        self.line.window.wait("another process has the window",
                              lambda screen: shown_process(self.line.hook_path) not in (None, dead))
