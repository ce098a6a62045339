"""A virtual display of our own (Xvfb, closed to the network and to other users), and its keyboard and mouse."""

import os
import secrets
import select
import socket
import struct
import time

from failure import Failure
from Xlib import X, XK
from Xlib import display as xlib
from Xlib.ext import xtest

FAMILY_LOCAL = 256
UNICODE_KEYSYMS = 0x01000000
MULTIMEDIA_KEYSYMS = range(0x10080000, 0x10090000)  # keys for mail, volume and the like
START_LIMIT_S = 20
APART_S = 0.003  # of one millisecond GLFW hears a key once


def authority_entry(number, cookie):
    """One entry of an Xauthority file: family, address, display, protocol, cookie; lengths are big-endian."""
    parts = [socket.gethostname().encode(), number.encode(), b"MIT-MAGIC-COOKIE-1", cookie]
    return struct.pack(">H", FAMILY_LOCAL) + b"".join(struct.pack(">H", len(part)) + part for part in parts)


def write_private(path, content):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def start_xvfb(processes, folder, size):
    """Gives the environment that leads a program to the new display."""
    cookie = secrets.token_bytes(16)
    authority = folder / "Xauthority"
    write_private(authority, authority_entry("", cookie))  # Xvfb reads the cookie, whatever the number
    reading, writing = os.pipe()
    try:
        processes.start("xvfb", ["Xvfb", "-displayfd", writing, "-nolisten", "tcp", "-auth", authority, "-screen", "0",
                                 f"{size}x24", "-dpi", "96"], pass_fds=(writing,))
    finally:
        os.close(writing)
    number = read_number(processes, reading)
    write_private(authority, authority_entry(number, cookie))
    return {"DISPLAY": f":{number}", "XAUTHORITY": str(authority), "LIBGL_ALWAYS_SOFTWARE": "1"}


def read_number(processes, reading):
    text, end = b"", time.monotonic() + START_LIMIT_S
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while not text.endswith(b"\n"):
            if time.monotonic() > end:
                raise Failure(f"Xvfb gave no display within {START_LIMIT_S} s; see {processes.log_of('xvfb')}")
            if select.select([pipe], [], [], 0.1)[0]:
                text += pipe.read(16) or b""
            if not text:
                processes.must_run("xvfb")
    return text.decode().strip()


class Keyboard:
    """Presses the key that bears a character. One that no key bears is put on a spare key first."""

    def __init__(self, connection):
        self.connection = connection
        first, last = connection.display.info.min_keycode, connection.display.info.max_keycode
        rows = connection.get_keyboard_mapping(first, last - first + 1)
        self.width = len(rows[0])
        self.keys = {}
        self.spare = []
        for keycode, row in enumerate(rows, first):
            if all(not keysym or keysym in MULTIMEDIA_KEYSYMS for keysym in row):
                self.spare.append(keycode)
            for level in (1, 0):
                if len(row) > level and row[level]:
                    self.keys[row[level]] = (keycode, level)
        self.shift = self.keys[XK.XK_Shift_L][0]

    def prepare(self, text):
        """Before the window opens: a change of keys while it runs could be late by one character."""
        for character in sorted(set(text)):
            keysym = keysym_of(character)
            if keysym in self.keys:
                continue
            if not self.spare:
                raise Failure("these responses need more different characters than the keyboard has spare keys")
            keycode = self.spare.pop()
            self.connection.change_keyboard_mapping(keycode, [[keysym] * self.width])
            self.keys[keysym] = (keycode, 0)
        self.connection.sync()

    def type(self, text):
        self.prepare(text)
        for character in text:
            self.press(keysym_of(character))

    def press(self, keysym, shift=False):
        if keysym not in self.keys:
            raise Failure(f"the keyboard has no key {XK.keysym_to_string(keysym) or keysym}")
        keycode, level = self.keys[keysym]
        if shift or level:
            xtest.fake_input(self.connection, X.KeyPress, self.shift)
        xtest.fake_input(self.connection, X.KeyPress, keycode)
        xtest.fake_input(self.connection, X.KeyRelease, keycode)
        if shift or level:
            xtest.fake_input(self.connection, X.KeyRelease, self.shift)
        self.connection.sync()
        time.sleep(APART_S)


def keysym_of(character):
    if character == "\n":
        return XK.XK_Return
    code = ord(character)
    return code if 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xFF else UNICODE_KEYSYMS + code


class Mouse:
    def __init__(self, connection):
        self.connection = connection
        self.at = (0, 0)

    def glide_and_click(self, x, y):
        """As a hand does: over a few points, then press and release."""
        for step in (0.5, 0.9, 1.0):
            self.move(self.at[0] + (x - self.at[0]) * step, self.at[1] + (y - self.at[1]) * step)
        self.button()

    def tap(self, x, y):
        """As a touch screen does: there at once, pressed and released."""
        self.move(x, y)
        self.button()

    def move(self, x, y):
        xtest.fake_input(self.connection, X.MotionNotify, x=round(x), y=round(y))
        self.connection.sync()
        self.at = (x, y)

    def button(self):
        xtest.fake_input(self.connection, X.ButtonPress, 1)
        xtest.fake_input(self.connection, X.ButtonRelease, 1)
        self.connection.sync()


class Display:
    def __init__(self, environment):
        os.environ["XAUTHORITY"] = environment["XAUTHORITY"]  # where python3-xlib looks
        self.connection = xlib.Display(environment["DISPLAY"])
        self.keyboard = Keyboard(self.connection)
        self.mouse = Mouse(self.connection)

    def origin_of_window(self, size):
        """Where the uppermost visible window of this size stands; None while there is none."""
        for window in reversed(self.connection.screen().root.query_tree().children):
            try:
                geometry = window.get_geometry()
                if window.get_attributes().map_state == X.IsViewable and (geometry.width, geometry.height) == size:
                    return geometry.x, geometry.y
            except Exception:  # it went while we looked
                continue
        return None

    def close(self):
        self.connection.close()
