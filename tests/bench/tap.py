"""From the lifting of the finger to the first frame with the next question in it; in the bare window, to the first with
another number. Both are seen from outside, by the pixels."""

import statistics
import time

from figure import Figure
from hook import Hook
from kiosk import BARE, kiosk_stand
from respondent import NEXT, SKIP, Habits, Respondent
from responses import Visit
from window import TOUCH, Window
from Xlib import X
from Xlib.ext import xtest

BARE_BUTTON, BARE_TEXT = (200, 120), (0, 0, 300, 40)
HELD_S = 0.05


class Finger:
    """Taps where it is told, and has the time measured from the moment it is lifted."""

    def __init__(self, display, watcher):
        self.display = display
        self.watcher = watcher
        self.released = 0.0

    def timed_tap(self, window, at, rect):
        self.display.mouse.move(*at)
        self.button(X.ButtonPress)
        time.sleep(HELD_S)
        self.watcher.rest()
        return self.watcher.milliseconds_to_change(window, rect, lambda: self.button(X.ButtonRelease), "a tap")

    def button(self, event):
        self.released = time.monotonic()
        xtest.fake_input(self.display.connection, event, 1)
        self.display.connection.sync()


class TimedRespondent(Respondent):
    """Chooses the first option of each question, or skips it, and has the step to the next one timed."""

    def __init__(self, window, questionnaire, finger, drawn_in, most):
        super().__init__(window, Visit("bench", questionnaire, {}, {}), Habits(manner=TOUCH))
        self.finger = finger
        self.drawn_in = drawn_in
        self.most = most
        self.taps_ms = []

    def question(self, screen, variable):
        options = screen.with_prefix("option.")
        if options and not any(option.selected for option in options):
            screen = self.select(screen, options[0].id)
        leads_on = NEXT if options else SKIP
        screen = self.window.bring_into_view(leads_on, screen)
        heading = next(item for item in screen.items if item.role == "heading")

        def timed(x, y):
            self.taps_ms.append(self.finger.timed_tap(self.drawn_in, (x, y), heading.rect))
        self.window.press_at(timed, *screen.item(leads_on).centre)
        return self.window.wait("the next question is there", lambda now: now.id != screen.id)

    def is_enough(self, screen):
        return len(self.taps_ms) >= self.most and screen.id.startswith("question")


def tap(bench):
    taps = bench.pick(25, 2)
    bare_ms, kiosk_ms = [], []
    with kiosk_stand(bench, "tap") as (stand, watcher):
        finger = Finger(stand.display, watcher)
        for _ in range(bench.pick(2, 1)):
            stand.start_bare_window()
            window = watcher.first_frame("the bare window")[1]
            watcher.rest()
            bare_ms.append([finger.timed_tap(window, BARE_BUTTON, BARE_TEXT) for _ in range(taps)])
            stand.processes.end("bare")
            stand.start_kiosk(stand.hook_path)
            window = watcher.first_frame("the kiosk")[1]
            person = TimedRespondent(Window(stand.display, Hook(stand.hook_path)),
                                     stand.responses.visits[0].questionnaire, finger, window, taps)
            person.answer_until(person.is_enough)
            kiosk_ms.append(person.taps_ms)
            stand.kiosk.close()
    return [Figure(f"kiosk.tap.{name}", f"tap to next question, {name}", "ms", [of(each) for each in kiosk_ms],
                   f"{BARE}, {name}", [of(each) for each in bare_ms])
            for name, of in (("p50", statistics.median), ("p95", percentile_95))]


def percentile_95(values):
    return sorted(values)[round(0.95 * (len(values) - 1))]
