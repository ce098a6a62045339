"""What the proof does in the machine: apt, the collector, the kiosk, a visit."""

import re

TOOLS = ["curl", "xvfb", "at-spi2-core", "python3-gi", "gir1.2-atspi-2.0", "python3-xlib", "libglib2.0-bin"]  # of the proof, not of the packages
PASSPHRASES = ("a-proof-of-installation", "another-for-the-recovery")
INSPECTION = "croydon-2012"
PEOPLE_PORT = "8444"
PAGES = "/usr/share/perspective-console"
QUESTIONNAIRE = "/usr/share/perspective-collector/assets/questionnaires/victims"

# There is no graphics card and no console here: Xvfb in the display's place, in the same sandbox.
DISPLAY = """[Service]
ExecStart=
ExecStart=/usr/bin/Xvfb :0 -screen 0 1280x800x24 -dpi 96 -nolisten tcp -auth /run/perspective-kiosk-display/authority
StandardInput=null
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
"""
# The kernel is this machine's: its settings are not changed, but files that stand for them.
LOCKDOWN = "[Service]\nEnvironment=PERSPECTIVE_PROC=/run/proof-proc\nReadWritePaths=/run/proof-proc\n"
# A session bus, so that the screen can be read. Its keys and its socket belong to the kiosk's user.
BUS = """[Service]
Type=exec
ExecStart=/usr/bin/dbus-daemon --session --nofork --nopidfile --address=unix:path=/run/proof-bus/bus
User=perspective-kiosk
RuntimeDirectory=proof-bus
Environment=XDG_RUNTIME_DIR=/run/proof-bus GSETTINGS_BACKEND=memory HOME=/run/proof-bus
"""
ON_THE_BUS = """[Unit]
Wants=proof-bus.service
After=proof-bus.service
[Service]
Environment=DBUS_SESSION_BUS_ADDRESS=unix:path=/run/proof-bus/bus XDG_RUNTIME_DIR=/run/proof-bus
Environment=LIBGL_ALWAYS_SOFTWARE=1
"""


class Installation:
    def __init__(self, machine):
        self.machine = machine

    def apt(self, *words, **more):
        return self.machine.run("apt-get", "-q", "-y", "--no-install-recommends",
                                "-o", "Dpkg::Use-Pty=0", *words, limit_s=600, **more)

    def version_of(self, package):
        said = self.machine.run("dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package, accept=(0, 1)).stdout
        return said.removeprefix("installed ") if said.startswith("installed ") else None

    # ---- the collector

    def collector(self, *words, **more):
        return self.machine.run("perspective-collector", *words, **more).stdout

    def start_collector(self):
        self.machine.run("perspective-collector", "init", "--host", "127.0.0.1", "--people-port",
                         PEOPLE_PORT, user="perspective-collector")
        self.machine.run("systemctl", "enable", "--now", "perspective-collector")

    def create_inspection(self):
        first, second = PASSPHRASES
        self.collector("inspection", "create", INSPECTION, "--area", "Croydon", "--questionnaire", QUESTIONNAIRE,
                       "--languages", "en,cy", "--smallest-batch", "1", "--ask-worker", "--no-tokens", "a proof",
                       lines=(first, first, second, second))

    def arrived(self):
        """As an inspector sees it."""
        self.collector("inspection", "unlock", INSPECTION, lines=PASSPHRASES[:1])
        return self.collector("tally", INSPECTION, "--json", "--reason", "a proof")

    def page(self, address):
        """What a browser gets there: (status, bytes), over TLS that it can trust."""
        status = self.machine.run("curl", "--silent", "--show-error", "--max-time", "20", "--output", "/run/page",
                                  "--write-out", "%{http_code}", "--cacert",
                                  "/var/lib/perspective-collector/data/keys/authority.pem", f"https://127.0.0.1:{PEOPLE_PORT}{address}").stdout
        return int(status), (self.machine.root() / "run/page").read_bytes()

    # ---- the kiosk

    def enrol(self):
        invite = re.search(r"perspective://\S+", self.collector("kiosk", "invite", "--inspection", INSPECTION, "--name",
                                                                "Proof")).group()
        return self.machine.run("perspective-kiosk", "enrol", lines=(invite,), user="perspective-kiosk").stdout

    def status(self):
        return self.machine.run("perspective-kiosk", "status", user="perspective-kiosk").stdout.splitlines()[0]

    def make_a_kiosk(self):
        units = "etc/systemd/system"
        self.machine.write(f"{units}/perspective-kiosk-display.service.d/proof.conf", DISPLAY)
        self.machine.write(f"{units}/perspective-kiosk-lockdown.service.d/proof.conf", LOCKDOWN)
        self.machine.write(f"{units}/perspective-kiosk.service.d/proof.conf", ON_THE_BUS)
        self.machine.write(f"{units}/proof-bus.service", BUS)
        for name, text in (("sys/kernel/sysrq", "438\n"), ("sys/kernel/core_pattern", "core\n"), ("swaps", "Filename\n")):
            self.machine.write(f"run/proof-proc/{name}", text)
        self.machine.run("systemctl", "daemon-reload")
        self.machine.run("systemctl", "enable", "--now", "perspective-kiosk", limit_s=120)

    def beside_the_kiosk(self, *words, **more):
        """A program of the kiosk's user in the kiosk's /tmp, where its display is."""
        properties = ["User=perspective-kiosk", "Group=perspective-kiosk", "PrivateTmp=yes",
                      "JoinsNamespaceOf=perspective-kiosk-display.service"]
        settings = {"DISPLAY": ":0", "XAUTHORITY": "/run/perspective-kiosk-display/authority", "NO_AT_BRIDGE": "0",
                    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/proof-bus/bus", "XDG_RUNTIME_DIR": "/run/proof-bus",
                    "GSETTINGS_BACKEND": "memory", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
        return self.machine.run("systemd-run", "--quiet", "--wait", "--pipe", "--collect",
                                *(f"--property={each}" for each in properties),
                                *(f"--setenv={name}={value}" for name, value in settings.items()), *words,
                                **{"limit_s": 300, **more})

    def want_accessibility(self):
        self.beside_the_kiosk("gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
                              "--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>")

    def on_the_screen(self):
        return self.beside_the_kiosk("/usr/bin/python3", "/proof/tests/packages/proof/screen.py", accept=None).stdout

    def visit(self):
        return self.beside_the_kiosk("/usr/bin/python3", "/proof/tests/packages/proof/visit.py", "croydon-2012", "5").stdout
