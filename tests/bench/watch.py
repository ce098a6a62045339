"""Sees what is drawn, from outside: the display tells when a window's pixels were changed (the extension DAMAGE), and
shows them. So the program that is measured needs nothing for it, and every program is measured alike."""

import select
import time

from failure import Failure
from Xlib import X
from Xlib import display as xlib
from Xlib.error import XError
from Xlib.ext import damage

LIMIT_S = 30
REST_S = 0.08


class Watcher:
    def __init__(self, environment):
        self.connection = xlib.Display(environment["DISPLAY"])
        if not self.connection.has_extension("DAMAGE"):
            raise Failure("this display has no extension DAMAGE, by which frames are seen")
        self.connection.damage_query_version()
        self.root = self.connection.screen().root
        self.root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self.damaged = self.connection.extension_event.DamageNotify
        self.watched = {}
        self.connection.set_error_handler(lambda error, request: None)  # of windows that have gone meanwhile
        self.connection.sync()

    def close(self):
        self.connection.close()

    def events(self, limit_s=LIMIT_S):
        """(when it came, event), until the limit."""
        end = time.monotonic() + limit_s
        while True:
            while self.connection.pending_events():
                event = self.connection.next_event()
                self.keep_watched(event)
                yield time.monotonic(), event
            left = end - time.monotonic()
            if left <= 0:
                return
            select.select([self.connection.fileno()], [], [], left)

    def keep_watched(self, event):
        """Each window from its birth, before anything is drawn in it. Toolkits make very small ones for themselves."""
        if event.type == X.CreateNotify and event.width > 100:
            self.watched[event.window.id] = event.window
            event.window.damage_create(damage.DamageReportRawRectangles)
            self.connection.flush()
        elif event.type == X.DestroyNotify:
            self.watched.pop(event.window.id, None)

    def frames(self, limit_s=LIMIT_S):
        """(when it was drawn, window) of each change of pixels."""
        for when, event in self.events(limit_s):
            if event.type == self.damaged and event.drawable.id in self.watched:
                yield when, self.watched[event.drawable.id]

    def first_frame(self, what):
        """When and in which window something other than one colour was first drawn."""
        for when, window in self.frames():
            try:
                geometry = window.get_geometry()
                pixels = self.pixels(window, (0, 0, geometry.width, geometry.height // 3))
            except XError:  # the window before this one, which has gone
                continue
            if pixels != pixels[:4] * (len(pixels) // 4):
                return when, window
        raise Failure(f"{what} drew nothing within {LIMIT_S} s")

    def pixels(self, window, rect):
        x, y, width, height = (round(side) for side in rect)
        return window.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF).data

    def rest(self):
        """Until nothing has been drawn for a while."""
        for _ in range(100):
            if not any(True for _ in self.frames(REST_S)):
                return
        raise Failure("something is drawn without end")

    def milliseconds_to_change(self, window, rect, act, what):
        """From act() to the first frame in which the pixels of `rect` are others."""
        before = self.pixels(window, rect)
        begun = time.monotonic()
        act()
        for when, drawn in self.frames():
            if drawn.id == window.id and self.pixels(window, rect) != before:
                return (when - begun) * 1000
        raise Failure(f"{what} changed nothing on the screen within {LIMIT_S} s")
