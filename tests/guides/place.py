"""Where a guide is followed: a machine of its own, as far as the kernel lets us. Names of hosts, folders and users are those
of the guides; its network reaches nothing else.

In the place of systemd stands stand_in/systemctl, which asks us: what the packages' units start, as their users, is started
here, so that the real programs run. What the units themselves do installer/packages proves.
"""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "installer" / "demo"))

import display as display_module  # noqa: E402
from demonstration import SCREEN  # noqa: E402
from hook import Hook  # noqa: E402
from processes import Processes  # noqa: E402
from programs import COLLECTOR, KIOSK, STATUS_CODES, swap_is_on  # noqa: E402
from window import Window  # noqa: E402

PROGRAMS = Path(os.environ.get("PERSPECTIVE_PROGRAMS", TOP / "build" / "dev" / "bin"))
HERE = Path(__file__).resolve().parent
IS_APART = "PERSPECTIVE_IS_APART"  # set once we stand in the namespaces
FOLDERS = ("/run", "/var/lib", "/var/backups", "/media", "/etc/systemd/system")
HOSTS = "127.0.0.1 localhost collector.example new.example\n"
USERS = {"perspective-collector": 990, "perspective-kiosk": 991}
COLLECTOR_DATA = Path("/var/lib/perspective-collector/data")
KIOSK_STATE = Path("/var/lib/perspective-kiosk")
ASSETS = Path("/usr/share/perspective-collector/assets")
REQUESTS = Path("/run/systemctl.sock")


def stand_apart():
    """Starts this program anew in namespaces of its own: files, network, processes. Everything ends with it."""
    if IS_APART in os.environ:
        return
    unshare = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    is_allowed = os.getuid() == 0 and subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0
    if is_allowed:
        os.execvpe("unshare", [*unshare, sys.executable, *sys.argv], {**os.environ, IS_APART: "yes"})
    if "CI" in os.environ:
        sys.exit("the kernel gives us no machine of our own, and CI follows every guide")
    print("skipped: only root may follow a guide, which installs, mounts and changes users")
    sys.exit(0)


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def bind_text(path, text):
    own = Path("/run/etc") / path.name
    own.parent.mkdir(exist_ok=True)
    own.write_text(text)
    mount("--bind", own, path)


def without_ours(path):
    """The packages may be installed where this runs."""
    lines = Path(path).read_text().splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(":")[0] not in USERS)


def furnish():
    """The machine of a guide: nothing in the folders that it names, the packages' users, the programs, the hosts' names."""
    for folder in FOLDERS:
        mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", folder)
    installed = Path("/run/installed")
    shutil.copytree(TOP / "assets", installed / "perspective-collector" / "assets")
    mount("-t", "overlay", "-o", f"lowerdir={installed}:/usr/share", "overlay", "/usr/share")
    # Where a collector that was started from /run/programs looks.
    shutil.copytree(PROGRAMS.parent / "console", "/run/console")
    for name, source in (("programs", PROGRAMS), ("stand-in", HERE / "stand_in")):
        (Path("/run") / name).mkdir()
        mount("--bind", source, Path("/run") / name)
    users, groups = without_ours("/etc/passwd"), without_ours("/etc/group")
    for name, number in USERS.items():
        users += f"{name}:x:{number}:{number}::/var/lib/{name}:/usr/sbin/nologin\n"
        groups += f"{name}:x:{number}:\n"
    bind_text(Path("/etc/passwd"), users)
    bind_text(Path("/etc/group"), groups)
    bind_text(Path("/etc/hosts"), HOSTS)
    for folder in ("/var/lib/perspective-collector", "/var/backups/perspective-collector", "/var/lib/perspective-kiosk"):
        os.mkdir(folder, 0o700)
        shutil.chown(folder, *(2 * [Path(folder).name]))
    os.makedirs("/media/stick")
    os.chmod("/media/stick", 0o777)
    os.mkdir("/var/lib/xkb")
    with socket.socket() as line:  # the loopback device of this namespace is switched on, and is all there is
        fcntl.ioctl(line, 0x8914, struct.pack("16sh14x", b"lo", 0x41))


class Place:
    """Programs, as systemd would have them."""

    def __init__(self):
        furnish()
        logs = Path("/run/logs")
        logs.mkdir()
        self.environment = {"PATH": "/run/stand-in:/run/programs:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/run",
                            "LC_ALL": "C.UTF-8", "PERSPECTIVE_DATA": str(COLLECTOR_DATA),
                            "PERSPECTIVE_ASSETS": str(ASSETS), "SDL_AUDIODRIVER": "dummy"}
        self.processes = Processes(logs, self.environment)
        self.credentials = None
        self.hook = KIOSK_STATE / "hook.sock"
        self.window = self.display = None
        self.characters = []  # that somebody will type
        self.requests = socket.socket(socket.AF_UNIX)
        self.requests.bind(str(REQUESTS))
        self.requests.listen()
        threading.Thread(target=self.answer_requests, daemon=True).start()

    # ---- in the place of systemd

    def answer_requests(self):
        while True:
            asker, _ = self.requests.accept()
            with asker:
                words = asker.recv(4096).decode().split()
                try:
                    said = self.carry_out(words)
                except Exception as failure:  # whoever asked says it
                    said = f"1 {failure}"
                asker.sendall(said.encode())

    def carry_out(self, words):
        verb = words[0]
        units = [word.removesuffix(".service") for word in words[1:] if not word.startswith("-")]
        if verb == "daemon-reload":
            return "0 "
        for unit in units:
            name = {"perspective-collector": COLLECTOR, "perspective-kiosk": KIOSK}[unit]
            if verb in ("stop", "restart") or (verb == "disable" and "--now" in words):
                self.processes.end(name)
            if verb in ("start", "restart") or (verb == "enable" and "--now" in words):
                {COLLECTOR: self.start_collector, KIOSK: self.start_kiosk}[name]()
            if verb == "is-active":
                is_active = name in self.processes.running and self.processes.running[name].poll() is None
                return "0 active" if is_active else "3 inactive"
        return "0 "

    def as_user(self, user, *command):
        return ["setpriv", f"--reuid={USERS[user]}", f"--regid={USERS[user]}", "--clear-groups", "env",
                f"HOME=/var/lib/{user}", *command]

    def start_collector(self):
        if COLLECTOR in self.processes.running:
            return
        allow = ["--allow-swap"] if swap_is_on() else []
        self.processes.start(COLLECTOR, self.as_user("perspective-collector", "perspective-collector", "serve", *allow))
        socket_path = COLLECTOR_DATA / "admin.sock"

        def answers():
            with socket.socket(socket.AF_UNIX) as probe:
                return probe.connect_ex(str(socket_path)) == 0
        self.processes.wait_until("the collector answers", answers, COLLECTOR)

    def start_kiosk(self):
        """On a display that nobody sees, with the hook by which the driver reads it."""
        if KIOSK in self.processes.running:
            return
        if self.display is None:
            folder = Path("/run/display")
            folder.mkdir(mode=0o755)
            self.screen = display_module.start_xvfb(self.processes, folder, SCREEN)
            os.chmod(self.screen["XAUTHORITY"], 0o644)
            self.display = display_module.Display(self.screen)
            self.display.keyboard.prepare("".join(self.characters))
        self.hook.unlink(missing_ok=True)
        self.processes.start(KIOSK, self.as_user("perspective-kiosk", "perspective-kiosk", "--state", KIOSK_STATE,
                                                 "--window", SCREEN, "--hook", self.hook),
                             extra_environment=self.screen)
        self.processes.wait_until("the kiosk's window is there", self.hook.exists, KIOSK)
        self.window = Window(self.display, Hook(self.hook))

    # ---- what others do meanwhile

    def collector(self, *words, lines=()):
        return self.processes.run(f"perspective-collector {words[0]}", ["/run/programs/perspective-collector", *words], lines)

    def kiosk(self, *words, lines=(), accept=(0,)):
        command = self.as_user("perspective-kiosk", "/run/programs/perspective-kiosk", *words, "--state", KIOSK_STATE)
        return self.processes.run(f"perspective-kiosk {words[0]}", command, lines, accept=accept)

    def wait_until_all_sent(self):
        self.processes.wait_until("all is sent", lambda: self.kiosk("status", accept=STATUS_CODES).startswith("all sent"),
                                  KIOSK, 90)

    def lose_collector_host(self):
        """What is on its disks is gone. The stick, and the kiosk, are elsewhere."""
        self.processes.end(COLLECTOR)
        for place in (COLLECTOR_DATA, Path("/var/backups/perspective-collector/collector.backup")):
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)

    def show_logs(self):
        for log in sorted(Path("/run/logs").glob("*.log")):
            print(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}", flush=True)

    def end(self):
        self.processes.end_all()


