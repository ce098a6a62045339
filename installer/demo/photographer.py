"""Who takes pictures of screens: a respondent that looks into everything, a supervisor, and one who takes answers back."""

from respondent import BACK, NEXT, Habits, Respondent
from window import MOUSE

OPENED = ("bar.language", "bar.yours", "bar.hide", "bar.talk", "bar.stop")
WAYS_BACK = ("close", "show", "stop.back")
# What opens from there, and again from there.
SWITCHES = (("bar.yours", "yours"), ("yours.pressing.next", "switches"), ("switches.find", "find"))
WORKER = (("bar.talk", "talk"), ("talk.worker", "worker"), ("worker.ask", "worker_asked"))


class Photographer(Respondent):
    """Answers a visit, and takes a picture of each kind of screen that comes up, and of what the bar opens."""

    def __init__(self, window, visit, take, prefix, wanted=None, likes=(), is_welsh=False):
        super().__init__(window, visit, Habits(manner=MOUSE, second_language=is_welsh), self.saw)
        self.take, self.prefix, self.wanted, self.likes = take, prefix, wanted, dict(likes)
        self.done = {"start"}  # the supervisor's

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

    def give_token(self, screen):
        """Half of what stands on the slip is typed."""
        symbols = self.slip.replace(" ", "")
        self.type_token(screen, symbols[:7])
        self.saw(self.window.screen())
        for place in range(7, len(symbols)):
            self.window.press(screen, f"key.{symbols[place]}", "the rest is typed", lambda now, place=place:
                              len(now.item("words").value.replace(" ", "")) > place)
        return self.leave(self.window.screen(), NEXT)

    def question(self, screen, variable):
        if self.wanted is None and "stop" not in self.done:
            screen = self.open_all(screen)
            screen = self.go_along(screen, SWITCHES)
            screen = self.go_along(screen, WORKER)
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

    def go_along(self, screen, path):
        base = screen.id
        for item, name in path:
            screen = self.leave(screen, item)
            self.keep(screen, name)
        for _ in range(len(path)):
            screen = screen if screen.id == base else self.leave(screen, "close" if screen.item("close") else BACK)
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
            screen = self.leave(opened, next(way for way in WAYS_BACK if opened.item(way)))
        return screen


def of_the_supervisor(demonstration, take, has_waiting=False):
    """Of the start screen, and what it leads to: before anything was answered, and when something waits."""
    window = demonstration.window
    start = window.wait("the start screen is there", lambda now: now.id == "start" and
                        has_waiting == (now.item("send_now") is not None))
    item, opened = ("send_now", "send") if has_waiting else ("look_over", "ready")
    take("waiting" if has_waiting else "start")
    screen = window.press(start, item, f"'{item}' leads on", lambda now: now.id == opened)
    take(opened)
    start = window.press(screen, "back" if has_waiting else "close", "the start screen is there again",
                         lambda now: now.id == "start")
    if has_waiting:
        screen = window.press(start, "use_stick", "a stick is asked for", lambda now: now.id == "stick")
        take("stick")
        window.press(screen, "back", "the start screen is there again", lambda now: now.id == "start")


def of_practising(window, take):
    """A practice that is stopped at its first screen."""
    start = window.wait("the start screen is there", lambda now: now.id == "start")
    offered = start.with_prefix("questionnaire.")[0].id
    screen = window.press(start, offered, "a visit can be prepared", lambda now: now.id == "before")
    screen = window.press(screen, "practise", "a practice begins", lambda now: now.id not in ("start", "before"))
    take("practising")
    screen = window.press(screen, "bar.stop", "it can be left", lambda now: now.id == "stop")
    screen = window.press(screen, "stop.delete", "it is over", lambda now: now.id == "thanks")
    window.press(screen, "finish", "the start screen is there again", lambda now: now.id == "start")


def of_taking_back(window, take):
    """Somebody with four words begins to write the first, and leaves it."""
    screen = window.press(window.screen(), "withdraw", "it begins", lambda now: now.id != "start")
    steps = {"language": "language.en"}
    for _ in range(10):
        kind = screen.id.partition(".")[0]
        if kind == "question":
            break
        before = screen.id
        screen = window.press(screen, steps.get(kind, NEXT), f"'{before}' leads on", lambda now: now.id != before)
    take("taking-back")
    keyboard = window.press(screen, "keyboard", "the keyboard is there", lambda now: now.id == "keyboard")
    window.press(keyboard, "key.a", "a letter is written", lambda now: now.item("words").value != "")
    take("taking-back-keyboard")
    screen = window.press(window.screen(), "key.done", "the keyboard is gone", lambda now: now.id != "keyboard")
    screen = window.press(screen, "bar.stop", "it can be left", lambda now: now.id == "stop")
    screen = window.press(screen, "stop.delete", "it is over", lambda now: now.id == "thanks")
    window.press(screen, "finish", "the start screen is there again", lambda now: now.id == "start")
