"""One visit while processes die around it. What the visit must look like after each death is known beforehand.

A visit is a row of places; each press leads from one to the next. When the window's process dies, the next one must show
the place where the visit was, or the one after it if a press was on its way. Nothing else is let pass.
"""

import random
import time
from dataclasses import dataclass, field

from death_plan import AHEAD, SHOWN
from death_killer import is_running, status_of
from death_stand import PATIENCE_S, KeeperDied, Patience
from failure import Failure
from Xlib import XK

QUESTIONNAIRE = "sudden-death"
WEATHERS = ("sunny", "cloudy", "rainy")
SHARE_THAT_DELETES = 0.15
WAYS = ("on_foot", "by_bus", "by_train")
SENDING_STARTS = ("send", "stop.delete")
STEP_S = 2
BEFORE = 1  # the place that a visit begins from
CRASHES_OF_ONE_DRAFT = 2  # as the keeper has it


@dataclass
class Visit:
    """Who sat there, and what became of it."""
    marker: str
    weather: str
    consent: str
    way: str
    deletes: bool = False     # stops at the last question and has all deleted
    is_sent: bool = False     # Send was pressed, or may have been
    is_thanked: bool = False  # so is who deletes: outwardly it is the same
    words: tuple = ()
    returns: int = 0          # how often the draft came back
    ending: str = ""          # thanked, dropped (two deaths of a child), cut off (the keeper's)


def invented(seed):
    """Visits without end; the words of each are its own and nobody else's."""
    chance, known = random.Random(f"{seed} and who comes"), set()
    while True:
        letters = "".join(chance.choice("bcdfghjklmnprstvz") + chance.choice("aeiou") for _ in range(4))
        marker = letters[:4] + "-" + letters[4:]
        if marker not in known:
            known.add(marker)
            yield Visit(marker, chance.choice(WEATHERS), chance.choice(("agree", "refuse")), chance.choice(WAYS),
                        deletes=chance.random() < SHARE_THAT_DELETES)


@dataclass(frozen=True)
class Place:
    screen: str
    press: str = ""    # what leads to the next place; empty: writing, or waiting
    chosen: str = ""   # the option that is selected here
    text: str = None   # what the entry holds
    is_writing: bool = False

    def fits(self, screen, marker):
        if screen.id != self.screen:
            return False
        if [item.id for item in screen.items if item.selected] != ([self.chosen] if self.chosen else []):
            return False
        value = value_of(screen)
        if self.is_writing:
            return value != marker and marker.startswith(value)
        return self.text is None or value == self.text


def places_of(visit):
    weather, consent, way = f"option.{visit.weather}", f"option.{visit.consent}", f"option.{visit.way}"
    way_on = [Place("question.way_here", way), Place("question.way_here", "next", way), Place("check", "send")]
    way_out = [Place("question.way_here", "bar.stop"), Place("stop", "stop.delete")]
    return [Place("start", f"questionnaire.{QUESTIONNAIRE}"), Place("before", "start"), Place("yours", "next"),
            Place("welcome.1", "next"), Place("question.weather", weather), Place("question.weather", "next", weather),
            Place("question.ticket", is_writing=True), Place("question.ticket", "next", text=visit.marker),
            Place("question.ticket_on_wall", consent), Place("question.ticket_on_wall", "next", consent),
            *(way_out if visit.deletes else way_on), Place("sending"), Place("thanks", "finish"), Place("start")]


def value_of(screen):
    return next((item.value for item in screen.items if item.role == "entry"), "")


def content_of(screen):
    return [(item.id, item.label, item.value, item.selected) for item in screen.items]


class Sitting:
    def __init__(self, stand, visit):
        self.stand = stand
        self.killer = stand.killer
        self.visit = visit
        self.places = places_of(visit)
        self.place = 0
        self.is_pressed = False   # on the way to the next place
        self.process = None       # whose window we look at
        self.born = 0             # its start time
        self.seen = None          # the last screen here
        self.counted = len(self.killer.records_since(0))
        self.crashes = [0, 0]     # of this draft: at least, at most

    def run(self):
        """To the end of the visit, whichever it is. KeeperDied passes through."""
        try:
            while not self.visit.ending:
                screen = self.see()
                if not self.visit.ending:
                    self.act(screen)
        except KeeperDied:
            self.visit.ending = "thanked" if self.visit.is_thanked else "cut off"
            raise

    # Seeing.

    def see(self):
        """Waits until a press has led on, or there is something to be pressed."""
        patience = Patience(self.killer)
        while not patience.is_over():
            looked = self.stand.look()
            if looked is None:
                continue
            screen, process = looked
            if process != self.process:
                self.arrive(screen, process)
                return screen
            if self.is_leaving and screen.id == "start":
                continue  # the same process, about to go
            before = self.place
            self.advance(screen, self.expected())
            if self.place != before or not (self.is_pressed or self.is_waiting):
                return screen
        raise Failure(f"{self.told()}: nothing came of it in the {PATIENCE_S} s since the last death")

    @property
    def is_waiting(self):
        return self.places[self.place].screen == "sending"

    @property
    def is_leaving(self):
        return self.is_pressed and self.places[self.place].press == "finish"

    def expected(self):
        """The places that may be seen now: here, and what a press or the wait leads to."""
        last = self.place
        if self.is_pressed or self.is_waiting:
            last += 1
        if self.is_pressed and self.places[self.place].press in SENDING_STARTS:
            last += 1  # the wait may be over before we look
        return range(self.place, last + 1)

    def advance(self, screen, expected):
        found = next((place for place in expected if self.places[place].fits(screen, self.visit.marker)), None)
        if found is None:
            said = "; ".join(item.label for item in screen.items if item.role in ("heading", "paragraph"))
            raise Failure(f"{self.told()}: the screen '{screen.id}' is not what belongs here ({said})")
        if found != self.place:
            self.place, self.is_pressed = found, False
            self.killer.screen = self.places[found].screen
        self.seen = screen
        self.look_closer(screen)

    def look_closer(self, screen):
        if screen.id == "check":
            shown = " ".join(item.label + " " + item.value for item in screen.items)
            if self.visit.marker not in shown:
                raise Failure(f"{self.told()}: what was written does not stand on the check screen")
        if screen.id == "thanks":
            words = tuple(item.label for item in screen.with_prefix("word."))
            if len(words) != 4 or self.visit.words not in ((), words):
                raise Failure(f"{self.told()}: the four words are not those that were shown before")
            self.visit.words, self.visit.is_thanked = words, True
        if self.place == len(self.places) - 1:
            self.visit.ending = "thanked"

    # Another process has the window.

    def arrive(self, screen, process):
        before, born = self.process, self.born
        self.process, self.born = process, (status_of(process) or ("", 0, 0))[2]
        crashes = self.count_crashes(before)
        if self.place == 0 or (self.place == BEFORE and (not self.is_pressed or screen.id == "start")):
            self.place, self.is_pressed, self.crashes = 0, False, [0, 0]  # nothing has begun: the supervisor starts anew
            self.killer.screen = self.places[0].screen
            return self.advance(screen, [0])
        expected = self.expected()
        if self.is_leaving and screen.id == "start":
            self.stand.leaving = (before, born)
            return self.advance(screen, [len(self.places) - 1])
        if crashes == 0:
            raise Failure(f"{self.told()}: the window's process ended by itself")
        is_dropped = self.crashes[0] >= CRASHES_OF_ONE_DRAFT
        may_be_dropped = self.crashes[1] >= CRASHES_OF_ONE_DRAFT
        if screen.id == "start" and (is_dropped or may_be_dropped):
            self.visit.ending = "thanked" if self.visit.is_thanked else "dropped"
            return None
        if is_dropped and self.place > 0:
            raise Failure(f"{self.told()}: the draft is still there after {self.crashes[0]} deaths: the screen '{screen.id}' shows")
        return self.come_back(screen, expected)

    def come_back(self, screen, expected):
        before, seen = self.place, self.seen
        self.advance(screen, expected)
        if self.place == before > 0:  # the start screen says how sending goes
            self.check_same(seen, screen)
        self.is_pressed = False
        if self.place == 0:
            self.crashes = [0, 0]
        else:
            self.visit.returns += 1
        return None

    def check_same(self, seen, screen):
        """Nothing that was on the screen is lost; of what was on its way, something may be."""
        is_same = content_of(seen) == content_of(screen)
        if self.places[self.place].is_writing:
            is_same = value_of(screen).startswith(value_of(seen))
        if not is_same:
            raise Failure(f"{self.told()}: the screen came back with another content")

    def count_crashes(self, before):
        """Of the processes that showed this visit, since we last looked. One that was ahead may have been shown by then;
        the one that we look at may be dead by now. Only where we saw the visit had the process certainly looked at its
        draft: the keeper does not count the death of one that had not."""
        is_ours, count = before is None, 0
        for record in self.killer.records_since(self.counted):
            if record.process == self.process:
                break
            self.counted += 1
            if record.death.victim == SHOWN:
                is_ours = is_ours or record.process == before
                count += is_ours
                self.crashes[0] += record.process == before
                self.crashes[1] += is_ours
            elif record.death.victim == AHEAD and is_ours:
                self.crashes[1] += 1
        return count

    # Acting.

    def act(self, screen):
        place = self.places[self.place]
        if place.is_writing:
            return self.write(screen)
        item = screen.item(place.press)
        if not place.press or self.is_pressed or item is None or not item.is_pressable or not item.visible:
            return None
        if self.place == 0 and self.stand.leaving is not None:
            # Its window could still lie above, and take the press.
            self.stand.wait_until("the process of the visit before is gone", lambda: not is_running(*self.stand.leaving))
        if place.press in SENDING_STARTS:
            self.killer.sent()
        self.is_pressed = self.click(screen, item)
        self.visit.is_sent |= self.is_pressed and place.press == "send"
        return None

    def click(self, screen, item):
        """False: there was no window to be pressed."""
        origin = self.stand.line.display.origin_of_window(screen.window)
        if origin is None:
            return False
        x, y = item.centre
        self.stand.window.press_at(self.stand.line.display.mouse.tap, origin[0] + x, origin[1] + y)
        return True

    def write(self, screen):
        """Goes on behind what stands there, key by key, and looks after each."""
        entry = next(item for item in screen.items if item.role == "entry")
        if screen.focused != entry.id:
            return self.move_focus(screen)
        rest = self.visit.marker[len(value_of(screen)):]
        self.is_pressed = True
        for character in rest:
            self.stand.line.display.keyboard.type(character)
            looked = self.stand.look()
            if looked is None or looked[1] != self.process:
                return
            self.seen = looked[0]

    def move_focus(self, screen):
        """One step; nothing comes of it where the window is not there yet, or not any more."""
        self.stand.line.display.keyboard.press(XK.XK_Tab)
        end = time.monotonic() + STEP_S
        while time.monotonic() < end:
            looked = self.stand.look()
            if looked is None or looked[1] != self.process or looked[0].focused != screen.focused:
                return

    def told(self):
        place = self.places[self.place]
        on_way = f", pressed '{place.press}'" if self.is_pressed else ""
        return f"visit '{self.visit.marker}' at place {self.place} ('{place.screen}'{on_way})"
