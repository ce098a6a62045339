"""A real X server whose only input is a glass that is touched by the test, or a keyboard that is pressed by it: Xorg with
the drivers dummy and inputtest.

One connection to it a server: the driver takes no second one, and the server is ended by force at the end.
"""

import os
import secrets
import select
import socket
import struct
import time

import display as display_module
from failure import Failure

SERVER = "/usr/lib/xorg/Xorg"
LIMIT_S = 20
LONGEST_S = 280
RANGE = 65535
BEGIN, MOVE, END = 18, 19, 20  # as in XI2.h
CLIENT_VERSION, WAIT_FOR_SYNC, KEY, TOUCH = 0, 1, 5, 6
HAS_X_AND_Y = b"\x03" + bytes(7)

CONFIGURATION = """
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
  Modeline "{size}" 83.50 {width} 1352 1480 1680 {height} 803 809 831
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "{size}"
    Virtual {width} {height}
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "glass"
  Driver "inputtest"
  Option "SocketPath" "{glass}"
  Option "DeviceType" "{kind}"
EndSection
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "glass"
EndSection
"""


def start_xorg(processes, folder, width, height, kind="Touch"):
    """Gives the environment that leads a program to the new display, and the path of its glass, or its "Keyboard"."""
    glass, configuration, authority = folder / "glass", folder / "xorg.conf", folder / "Xauthority"
    configuration.write_text(CONFIGURATION.format(size=f"{width}x{height}", width=width, height=height, glass=glass,
                                                  kind=kind))
    cookie = secrets.token_bytes(16)
    display_module.write_private(authority, display_module.authority_entry("", cookie))
    reading, writing = os.pipe()
    try:
        processes.start("xorg", ["timeout", "-k", "2", LONGEST_S, SERVER, "-displayfd", writing, "-config", configuration,
                                 "-logfile", folder / "xorg.log", "-auth", authority, "-nolisten", "tcp", "-noreset",
                                 "-novtswitch", "-sharevts", "-dpi", "96"], pass_fds=(writing,))
    finally:
        os.close(writing)
    text, end = b"", time.monotonic() + LIMIT_S
    while not text.endswith(b"\n"):
        if time.monotonic() > end:
            raise Failure(f"Xorg gave no display within {LIMIT_S} s; see {folder / 'xorg.log'}")
        if select.select([reading], [], [], 0.1)[0]:
            text += os.read(reading, 16)
    os.close(reading)
    number = text.decode().strip()
    display_module.write_private(authority, display_module.authority_entry(number, cookie))
    return {"DISPLAY": f":{number}", "XAUTHORITY": str(authority), "LIBGL_ALWAYS_SOFTWARE": "1"}, glass


class Plug:
    """Of the one device that the server has."""

    def __init__(self, path):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(LIMIT_S)
        self.connection.connect(str(path))
        self.say(struct.pack("<IIHH", 12, CLIENT_VERSION, 1, 1), answer_bytes=12)

    def say(self, message, answer_bytes=0):
        self.connection.sendall(message)
        answer = b""
        while len(answer) < answer_bytes:
            part = self.connection.recv(answer_bytes - len(answer))
            if not part:
                raise Failure("the device was taken away")
            answer += part

    def wait(self):
        self.say(struct.pack("<II", 8, WAIT_FOR_SYNC), answer_bytes=8)


class Keys(Plug):
    def press(self, code):
        """X11's code of the key; down and up."""
        for is_down in (1, 0):
            self.say(struct.pack("<IIiI", 16, KEY, code, is_down))
            self.wait()


class Glass(Plug):
    def __init__(self, path, width, height):
        self.width, self.height = width, height
        super().__init__(path)

    def touch(self, kind, finger, x, y):
        places = [x * RANGE / self.width, y * RANGE / self.height] + [0.0] * 62
        self.say(struct.pack("<IIIII8s4x64d64d", 1056, TOUCH, finger, kind, 0, HAS_X_AND_Y, *places, *[0.0] * 64))
        self.wait()

    def begin(self, finger, x, y):
        self.touch(BEGIN, finger, x, y)

    def move(self, finger, x, y):
        self.touch(MOVE, finger, x, y)

    def end(self, finger, x, y):
        self.touch(END, finger, x, y)
