"""Somebody answers a questionnaire on the installed kiosk: by keys alone, reading the screen off the accessibility bus, as
whoever uses a screen reader does. Runs in the machine, as a program beside the kiosk; the kiosk has no test hook.

    visit.py RESPONSES NUMBER: the first visit that answers NUMBER or more questions
"""

import os
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
sys.path += [str(TOP / "tests/journey"), str(TOP / "installer/demo")]

import bus_test  # noqa: E402
import line  # noqa: E402
import session_bus  # noqa: E402
from display import Display, authority_entry, write_private  # noqa: E402
from Xlib import XK  # noqa: E402

MOST_TABS = 80
COOKIE_BYTES = 16


class AtTheKeys(bus_test.Person):
    def __init__(self, client, visit, keyboard):
        super().__init__(client, visit)
        self.keyboard = keyboard

    def focus(self, node):
        focused = self.client.atspi.StateType.FOCUSED
        for _ in range(MOST_TABS):
            if self.client.has(node, focused):
                return
            self.keyboard.press(XK.XK_Tab)
            self.client.listen(0.05)
        raise AssertionError(f"Tab does not reach {session_bus.named(node)}")

    def press(self, name):
        button = self.client.wait(f"'{name}' can be pressed", lambda: self.ready("push button", name))
        self.focus(button)
        self.keyboard.press(XK.XK_Return)
        self.client.wait(f"'{name}' leads on", lambda: self.client.has(button, self.client.atspi.StateType.DEFUNCT)
                         or not button.get_name())

    def choose(self, option):
        role = next((role for role in ("radio button", "check box") if self.client.find(role, option)), "radio button")
        node = self.client.wait(f"'{option}' is offered", lambda: self.client.find(role, option))
        self.focus(node)
        self.keyboard.press(XK.XK_space)
        self.client.wait(f"'{option}' is checked", lambda: self.client.has(node, self.client.atspi.StateType.CHECKED))

    def write(self, text):
        entry = next(node for node in self.client.nodes() if node.get_role_name() == "entry")
        self.focus(entry)
        self.keyboard.type(text)
        self.client.wait("the entry holds the words",
                         lambda: self.client.atspi.Text.get_text(entry, 0, -1).strip() == text.strip())


def open_display():
    """With the kiosk's cookie, under this machine's name: python3-xlib knows none that is good for every name."""
    own = Path(f"/tmp/authority-{os.getpid()}")
    write_private(own, authority_entry("0", Path(os.environ["XAUTHORITY"]).read_bytes()[-COOKIE_BYTES:]))
    try:
        return Display({"DISPLAY": os.environ["DISPLAY"], "XAUTHORITY": str(own)})
    finally:
        own.unlink()


def main():
    responses = line.responses_of(sys.argv[1])
    visit = next(visit for visit in responses.visits
                 if visit.questionnaire == "victims" and len(visit.answers) >= int(sys.argv[2]))
    display = open_display()
    display.keyboard.prepare("".join(responses.all_texts))
    client = session_bus.Client({})
    client.wait("the kiosk is on the bus", client.nodes)
    person = AtTheKeys(client, visit, display.keyboard)
    person.answer_all()
    print(f"{len(person.asked)} questions answered by keys")


main()
