"""The kiosk's window as a person has it: seen through the hook, worked by keys, mouse and touch."""

import time

from failure import Failure
from Xlib import XK

PATIENCE_S = 20
AGAIN_S = 8
POLL_S = 0.004
MOST_TABS = 120
MOST_PAGES = 40
DOUBLE_CLICK_S = 0.5  # the kiosk takes a second press this soon in the same place for a double click
SAME_PLACE_PX = 25

KEYBOARD, MOUSE, TOUCH = "keyboard", "mouse", "touch"
FIVE_KEYS = "five keys"  # arrows and Enter; but a comment is written by a keyboard
NUMBER_KEYS = "number keys"  # for options; then as the keyboard
BY_KEYS = (KEYBOARD, FIVE_KEYS, NUMBER_KEYS)


class Window:
    def __init__(self, display, hook):
        self.display = display
        self.hook = hook
        self.manner = MOUSE
        self.pressed = (0, 0, 0.0)  # where and when

    def screen(self):
        return self.hook.screen()

    def wait(self, what, is_so, patience_s=PATIENCE_S):
        """The first screen of which is_so(screen) holds."""
        end = time.monotonic() + patience_s
        while True:
            screen = self.screen()
            if is_so(screen):
                return screen
            if time.monotonic() > end:
                raise Failure(f"on the screen '{screen.id}' waited {patience_s} s in vain until {what}")
            time.sleep(POLL_S)

    def press(self, screen, item, what, is_so):
        """Presses the item of this screen, the last one seen, in the present manner; then waits until is_so(screen)."""
        if not can_press(screen, item):
            screen = self.wait(f"'{item}' can be pressed", lambda now: can_press(now, item))
        if self.manner in BY_KEYS:
            self.focus(item, screen)
            is_enter = self.manner == FIVE_KEYS or screen.item(item).role == "button"
            self.display.keyboard.press(XK.XK_Return if is_enter else XK.XK_space)
        else:
            self.click(item, screen)
            try:
                return self.wait(what, is_so, AGAIN_S)
            except Failure:
                # On a machine so busy that two presses reach the window as one double click: as people do, once more.
                now = self.screen()
                if now.id == screen.id and can_press(now, item) and not is_so(now):
                    self.click(item, now)
        return self.wait(what, is_so)

    def start_visit(self, questionnaire=None, saw=lambda screen: None):
        """As the supervisor: presses this item of the start screen (or the first), then what comes before a visit. Gives
        the first screen of the visit."""
        screen = self.wait("the start screen is there", lambda now: now.id == "start")
        item = questionnaire or screen.with_prefix("questionnaire.")[0].id
        screen = self.press(screen, item, "a visit can be prepared", lambda now: now.id == "before")
        saw(screen)
        return self.press(screen, "start", "a visit begins", lambda now: now.id not in ("start", "before"))

    def press_option_number(self, number, what, is_so):
        self.display.keyboard.press(ord(str(number)))
        return self.wait(what, is_so)

    def focus(self, item, screen):
        """By Tab, or by Shift and Tab where that is shorter. `screen`: what is there now, so as not to ask again."""
        for _ in range(MOST_TABS):
            if screen.focused == item:
                return screen
            order = screen.focus_order
            if item not in order:
                raise Failure(f"'{item}' is not among what can have the focus on '{screen.id}'")
            before = screen.focused
            self.move_focus(screen, is_shorter_back(order, before, item))
            screen = self.wait("Tab moves the focus", lambda now: now.focused != before or len(order) == 1)
        raise Failure(f"Tab does not reach '{item}' on '{screen.id}'")

    def move_focus(self, screen, is_back):
        if self.manner == FIVE_KEYS:
            at = screen.item(screen.focused)
            is_back = is_back and (at is None or at.role != "entry")  # behind the last letter only one way leads out
            return self.display.keyboard.press(XK.XK_Up if is_back else XK.XK_Down)
        return self.display.keyboard.press(XK.XK_Tab, shift=is_back)

    def click(self, item, screen):
        found = self.bring_into_view(item, screen)
        x, y = found.item(item).centre
        origin = self.display.origin_of_window(found.window)
        if origin is None:
            raise Failure("the kiosk's window is not on the display")
        mouse = self.display.mouse
        self.press_at(mouse.tap if self.manner == TOUCH else mouse.glide_and_click, origin[0] + x, origin[1] + y)

    def press_at(self, press, x, y):
        """Never so soon in the same place that it would be a double click."""
        before_x, before_y, before = self.pressed
        if abs(x - before_x) < SAME_PLACE_PX and abs(y - before_y) < SAME_PLACE_PX:
            time.sleep(max(0.0, DOUBLE_CLICK_S - (time.monotonic() - before)))
        press(x, y)
        self.pressed = (x, y, time.monotonic())

    def bring_into_view(self, item, screen):
        for _ in range(MOST_PAGES):
            if screen.item(item).visible:
                return screen
            more = screen.item("more")
            if more is None or not more.enabled:
                raise Failure(f"'{item}' is out of view on '{screen.id}' and there is no 'more'")
            before = screen.item(item).rect
            origin = self.display.origin_of_window(screen.window)
            self.press_at(self.display.mouse.tap, origin[0] + more.centre[0], origin[1] + more.centre[1])
            screen = self.wait("'more' shows more", lambda now: now.item(item).rect != before)
        raise Failure(f"'more' never brings '{item}' into view on '{screen.id}'")

    def write(self, entry, text):
        """Empties the entry and types the text, key by key."""
        screen = asked = self.screen()
        if self.manner in BY_KEYS:
            screen = self.focus(entry, screen)
        else:
            self.click(entry, screen)
            screen = self.wait("the keyboard is there", lambda now: now.id == "keyboard")
        for _ in screen.item(entry).value:
            self.display.keyboard.press(XK.XK_BackSpace)
        self.wait("the entry is empty", lambda now: now.item(entry).value == "")
        self.display.keyboard.type(text)
        written = self.wait(f"the entry holds the {len(text)} characters typed",
                            lambda now: now.item(entry).value.strip() == text.strip())
        if written.id == asked.id:
            return written
        return self.press(written, "key.done", "the keyboard is gone", lambda now: now.id == asked.id)


def can_press(screen, item):
    return screen.item(item) is not None and screen.item(item).is_pressable


def is_shorter_back(order, focused, item):
    """With nothing focused, Tab enters the content after the bar, and Shift and Tab the last item."""
    place = order.index(item)
    if focused in order:
        return (place - order.index(focused)) % len(order) > len(order) / 2
    first = next((index for index, each in enumerate(order) if not each.startswith("bar.")), 0)
    return len(order) - place < (place - first) % len(order) + 1
