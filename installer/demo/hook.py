"""Reads what is on the kiosk's screen from the test hook (a Unix socket of test builds). It cannot act."""

import json
import socket
import time
from dataclasses import dataclass, field

from failure import Failure

PRESSABLE = {"radio", "checkbox", "entry", "button"}


@dataclass
class Item:
    id: str
    role: str = ""
    label: str = ""
    value: str = ""
    spoken: str = ""
    selected: bool = False
    enabled: bool = True
    visible: bool = True
    rect: tuple = (0, 0, 0, 0)

    @property
    def is_pressable(self):
        return self.enabled and self.role in PRESSABLE

    @property
    def centre(self):
        x, y, width, height = self.rect
        return x + width / 2, y + height / 2


@dataclass
class Screen:
    id: str
    serial: int
    focused: str
    window: tuple
    language: str = ""
    items: list = field(default_factory=list)
    looks: tuple = (0, 0)  # size of the letters, theme
    lit: tuple = ()  # what a scan is on: one item, or a group

    def item(self, wanted):
        return next((item for item in self.items if item.id == wanted), None)

    def with_prefix(self, prefix):
        return [item for item in self.items if item.id.startswith(prefix)]

    @property
    def focus_order(self):
        return [item.id for item in self.items if item.is_pressable]


def screen_from(answer):
    data = json.loads(answer)
    known = Item.__dataclass_fields__
    items = [Item(**{name: value for name, value in item.items() if name in known}) for item in data["items"]]
    return Screen(data["screen"], data["serial"], data.get("focused") or "", tuple(data["window"]),
                  data.get("language", ""), items, (data.get("size"), data.get("colours")),
                  tuple(data.get("lit", ())))


class Hook:
    """Speaks to whichever child of the kiosk owns the window now: a visit ends with its process, the next listens anew."""

    def __init__(self, path, patience_s=30):
        self.path = str(path)
        self.patience_s = patience_s
        self.stream = None

    def screen(self):
        return screen_from(self.ask("screen"))

    def screenshot(self, path):
        answer = self.ask(f"screenshot {path}")
        if answer != "ok":
            raise Failure(f"the kiosk made no screenshot: {answer}")

    def ask(self, request):
        end = time.monotonic() + self.patience_s
        while True:
            try:
                return self.ask_once(request, max(0.1, end - time.monotonic()))
            except (OSError, EOFError) as error:
                self.close()
                if time.monotonic() > end:
                    raise Failure(f"the kiosk's window does not answer ({error or 'hung up'}), "
                                  f"after {self.patience_s} s") from error
                time.sleep(0.02)

    def ask_once(self, request, limit_s):
        if self.stream is None:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(limit_s)
            try:
                connection.connect(self.path)
                self.stream = connection.makefile("rwb")
            finally:
                connection.close()  # the stream keeps the descriptor; without one it goes
        self.stream.write(request.encode() + b"\n")
        self.stream.flush()
        answer = self.stream.readline()
        if not answer.endswith(b"\n"):
            raise EOFError
        return answer.decode().rstrip("\n")

    def close(self):
        if self.stream is not None:
            try:
                self.stream.close()
            except OSError:
                pass
        self.stream = None
