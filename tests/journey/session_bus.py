"""A session bus of our own, with accessibility wanted on it, as a screen reader leaves it; and its client.

The client knows roles and names alone: what stands on the screen, never an id, a key or a place.
"""

import os
import time

PATIENCE_S = 30
POLL_S = 0.03


def start_bus(processes, folder):
    """Gives the environment that leads a program to the new bus. Everything of it lies in the folder."""
    runtime = folder / "session"
    runtime.mkdir(mode=0o700)
    environment = {"XDG_RUNTIME_DIR": str(runtime), "GSETTINGS_BACKEND": "memory", "HOME": str(runtime),
                   "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus", "NO_AT_BRIDGE": "0"}
    processes.environment.update(environment)
    processes.start("dbus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address",
                             environment["DBUS_SESSION_BUS_ADDRESS"]])
    processes.wait_until("the session bus is there", (runtime / "bus").exists, "dbus")
    return environment


def want_accessibility(processes):
    processes.run("gdbus", ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
                            "--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled",
                            "<true>"])


class Client:
    """Of the bus that this process's environment names."""

    def __init__(self, environment):
        os.environ.update(environment)
        import gi  # only now: it looks at the environment
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        self.atspi = Atspi
        self.context = GLib.MainContext.default()
        self.heard = []
        Atspi.init()
        self.listener = Atspi.EventListener.new(self.hear)
        for event in ("object:state-changed", "object:children-changed", "object:text-changed",
                      "object:property-change", "window:activate"):
            self.listener.register(event)

    def hear(self, event):
        self.heard.append((event.type, event.detail1, named(event.source)))

    def listen(self, seconds=0.0):
        end = time.monotonic() + seconds
        while self.context.pending() or time.monotonic() < end:
            if not self.context.iteration(False):
                time.sleep(0.005)

    def application(self, name="Perspective"):
        desktop = self.atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_name() == name:
                return child
        return None

    def nodes(self):
        """Everything below the frame, in reading order."""
        self.listen()
        application = self.application()
        if application is None:
            return []
        application.clear_cache()
        return [node for child in children_of(application) for node in self.below(child)]

    def below(self, node):
        return [node, *(each for child in children_of(node) for each in self.below(child))]

    def find(self, role, name):
        for node in self.nodes():
            if self.is_so(node, role, name):
                return node
        return None

    def is_so(self, node, role, name):
        try:
            return node.get_role_name() == role and node.get_name() == name
        except self.failure():
            return False  # it has just gone

    def failure(self):
        from gi.repository import GLib
        return GLib.Error

    def has(self, node, state):
        try:
            return node.get_state_set().contains(state)
        except self.failure():
            return False

    def names(self, *roles):
        found = []
        for node in self.nodes():
            try:
                if node.get_role_name() in roles:
                    found.append(node.get_name())
            except self.failure():
                continue
        return found

    def wait(self, what, give):
        end = time.monotonic() + PATIENCE_S
        while True:
            given = give()
            if given:
                return given
            if time.monotonic() > end:
                raise AssertionError(f"waited {PATIENCE_S} s in vain until {what}; there is: "
                                     f"{[named(node) for node in self.nodes()]}")
            self.listen(POLL_S)


def children_of(node):
    from gi.repository import GLib
    try:
        children = [node.get_child_at_index(index) for index in range(node.get_child_count())]
    except GLib.Error:
        return []
    return [child for child in children if child is not None]


def named(node):
    try:
        return f"{node.get_role_name()} '{node.get_name()}'"
    except Exception:  # noqa: BLE001 - whatever it was, it has gone
        return "gone"
