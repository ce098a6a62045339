"""Makes the pictures of kiosk/README.md: one of each kind of screen of the real kiosk, on a virtual display.

After a build:  /usr/bin/python3 installer/demo/kiosk_screenshots.py [build/dev/bin]
The same screens each time, but for the four words of the thanks, which are drawn by chance.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import responses as responses_module
from demonstration import Demonstration
from failure import Failure
from readme_screenshots import halved, read_png, write_png
from respondent import Habits, Respondent
from window import MOUSE

TOP = Path(__file__).resolve().parents[2]
ASSETS = TOP / "assets"
RESPONSES = TOP / "tests" / "fixtures" / "croydon-2012" / "responses.json"
FOLDER = TOP / "kiosk" / "screenshots"
PIN = "482907"
MOST_BYTES = 2_000_000
OPENED = ("bar.language", "bar.yours", "bar.hide", "bar.talk", "bar.stop")
BACK = ("close", "show", "stop.back")
# What opens from there, and again from there.
SWITCHES = (("bar.yours", "yours"), ("yours.pressing.next", "switches"), ("switches.find", "find"))
# Pressed so often in "yours" by whoever likes it so.
DARK = {"yours.colours.next": 2}
LARGEST = {"yours.size.more": 3}
LETTERS = {"yours.colours.next": 3, "yours.typeface.next": 1, "yours.spacing.next": 1}


class Photographer(Respondent):
    """Answers a visit, and takes a picture of each kind of screen that comes up, and of what the bar opens."""

    def __init__(self, window, visit, take, prefix, wanted=None, likes=(), is_welsh=False):
        super().__init__(window, visit, Habits(manner=MOUSE, second_language=is_welsh), self.saw)
        self.take, self.prefix, self.wanted, self.likes = take, prefix, wanted, dict(likes)
        self.done = set()

    def saw(self, screen):
        self.keep(screen, self.kind_of(screen))

    def keep(self, screen, name):
        if name not in self.done and (self.wanted is None or name in self.wanted):
            self.take(self.prefix + name)
        self.done.add(name)

    @staticmethod
    def kind_of(screen):
        kind = screen.id.partition(".")[0]
        if kind != "question":
            return kind
        if any(item.role == "entry" for item in screen.items):
            return "comment"
        return "explained" if any(item.role == "note" for item in screen.items) else "question"

    def go_on(self, screen):
        if screen.id == "yours" and self.likes:
            for item, times in self.likes.items():
                for _ in range(times):
                    row = item.rpartition(".")[0]
                    before = screen.item(row).value
                    screen = self.window.press(screen, item, "it is otherwise",
                                               lambda now: now.item(row).value != before)
            self.likes = {}
        return super().go_on(screen)

    def question(self, screen, variable):
        if self.wanted is None and "stop" not in self.done:
            screen = self.open_all(screen)
            screen = self.look_for_a_switch(screen)
        word = next((item.id for item in screen.with_prefix("meaning.") if item.role == "button"), None)
        if word and "explained" not in self.done:
            screen = self.window.press(screen, word, "the word is explained", lambda now: now.serial != screen.serial)
            self.keep(screen, "explained")
        if screen.item("keyboard") and "keyboard" not in self.done:
            answer = self.visit.answers.get(variable)
            screen = self.open_keyboard(screen if answer is None else self.give(screen, answer))
        return super().question(screen, variable)

    def open_keyboard(self, screen):
        opened = self.leave(screen, "keyboard")
        self.saw(opened)
        return self.leave(opened, "key.done")

    def look_for_a_switch(self, screen):
        base = screen.id
        for item, name in SWITCHES:
            screen = self.leave(screen, item)
            self.keep(screen, name)
        for _ in range(len(SWITCHES)):
            screen = screen if screen.id == base else self.leave(screen, "close")
        return screen

    def open_all(self, screen):
        for item in OPENED:
            if screen.item(item) is None or not screen.item(item).enabled:
                continue
            opened = self.window.press(screen, item, f"'{item}' opens", lambda now: now.serial != screen.serial)
            if opened.id == screen.id:  # two languages need no screen to choose: back to the first
                screen = self.window.press(opened, item, "it is as before", lambda now: now.language == screen.language)
                continue
            self.saw(opened)
            screen = self.leave(opened, next(way for way in BACK if opened.item(way)))
        return screen


def all_pictures(demonstration, responses, take):
    def of(questionnaire):
        return max((visit for visit in responses.visits if visit.questionnaire == questionnaire),
                   key=lambda visit: len(visit.answers))
    young, victims = of("children-and-young-people"), of("victims")
    window = demonstration.window
    start = window.wait("the start screen is there", lambda now: now.id == "start")
    ready = window.press(start, "look_over", "the kiosk tells of itself", lambda now: now.id == "ready")
    take("ready")
    window.press(ready, "close", "the start screen is there again", lambda now: now.id == "start")
    Photographer(window, young, take, "").answer_all()
    of_the_pin(demonstration, take)
    few = {"question", "explained", "comment", "check"}
    Photographer(window, victims, take, "welsh-", few | {"yours", "keyboard", "thanks"}, {}, True).answer_all()
    Photographer(window, victims, take, "dark-", few | {"yours"}, DARK).answer_all()
    Photographer(window, victims, take, "largest-", few | {"yours", "keyboard"}, LARGEST).answer_all()
    Photographer(window, young, take, "letters-", {"yours", "question"}, LETTERS, True).answer_all()


def of_the_pin(demonstration, take):
    """Of another start of the kiosk: none of the others is to ask for it."""
    demonstration.kiosk.close()
    demonstration.kiosk.set_pin(PIN)
    demonstration.reopen_window()
    window = demonstration.window
    window.wait("the PIN is asked for", lambda now: now.id == "pin")
    for digit in PIN[:4]:
        demonstration.display.keyboard.press(ord(digit))
    window.wait("some of it is typed", lambda now: "●" in now.item("typed").label)
    take("pin")
    demonstration.kiosk.close()
    demonstration.kiosk.remove_pin()
    demonstration.reopen_window()


def main(words):
    programs = Path(words[0]) if words else TOP / "build" / "dev" / "bin"
    responses = responses_module.read(RESPONSES, ASSETS)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    total = 0
    with tempfile.TemporaryDirectory(prefix="perspective-") as folder:
        with Demonstration(Path(folder) / "demo", programs, ASSETS) as demonstration:
            demonstration.set_up(responses)
            demonstration.open_display(responses.all_texts)

            def take(name):
                nonlocal total
                picture = Path(folder) / "picture.png"
                demonstration.window.hook.screenshot(picture)
                target = FOLDER / f"{name}.png"
                write_png(target, *halved(*read_png(picture)))
                total += target.stat().st_size
                print(f"{target.relative_to(TOP)}, {target.stat().st_size} bytes")
            all_pictures(demonstration, responses, take)
    if total > MOST_BYTES:
        raise Failure(f"{total} bytes of pictures are more than {MOST_BYTES}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failure as failure:
        sys.exit(str(failure))
