"""Answers one visit through the kiosk's window, as the responses file has it.

It knows no questionnaire: which screen is there, and what stands on it, it reads; what to answer, the file says.
"""

from dataclasses import dataclass

from failure import Failure
from window import BY_KEYS, KEYBOARD, MOUSE, NUMBER_KEYS, TOUCH

MOST_SCREENS = 400
NEXT, BACK, SKIP, SEND, FINISH, CLOSE = "next", "back", "skip", "send", "finish", "close"


@dataclass
class Habits:
    """What makes one person different from the next; the visits take turns."""
    manner: str = MOUSE
    second_language: bool = False
    hesitates: bool = False     # chooses another option first
    goes_back: bool = False     # once, after the third question
    changes: bool = False       # looks at an answer again from the check screen
    asks_who: bool = False      # opens "Who can I talk to?"
    nearly_stops: bool = False  # opens "Stop" and goes on
    in_the_dark: bool = False   # is read to, with nothing on the screen

    @staticmethod
    def of_visit(number):
        return Habits(manner=(KEYBOARD, MOUSE, TOUCH)[number % 3], second_language=number % 5 == 4,
                      hesitates=number % 4 == 1, goes_back=number % 3 == 1, changes=number % 3 == 2,
                      asks_who=number % 7 == 0, nearly_stops=number % 7 == 2)


class Respondent:
    def __init__(self, window, visit, habits, saw_screen=lambda screen: None):
        self.window = window
        self.visit = visit
        self.habits = habits
        self.saw_screen = saw_screen
        self.language = ""
        self.slip = ""  # the token on it
        self.answered = set()
        self.at_end = False
        window.manner = habits.manner

    def begin(self):
        """From the start screen into the visit."""
        screen = self.window.wait("the start screen is there", lambda now: now.id == "start")
        self.saw_screen(screen)
        wanted = self.visit.questionnaire
        item = next((item.id for item in screen.with_prefix("questionnaire.")
                     if item.id == f"questionnaire.{wanted}" or item.id.endswith(f"/{wanted}")), None)
        if item is None:
            raise Failure(f"the kiosk does not offer '{wanted}'")
        return self.window.start_visit(item, self.saw_screen)

    def answer_all(self):
        """To the start screen again."""
        return self.answer_until(lambda screen: False)

    def answer_until(self, is_enough):
        screen = self.begin()
        for _ in range(MOST_SCREENS):
            if is_enough(screen) or screen.id == "start":
                self.check_all_asked(screen)
                return screen
            screen = self.do(screen)
        raise Failure(f"the visit did not end within {MOST_SCREENS} screens; the last was '{screen.id}'")

    def do(self, screen):
        self.language = screen.language
        kind, _, variable = screen.id.partition(".")
        if kind == "question":
            return self.question(screen, variable)
        steps = {"language": self.choose_language, "yours": self.make_it_yours, "token": self.give_token, "welcome": self.go_on,
                 "practice": self.practise,
                 "check": self.check, "stop": self.stop, "sending": self.wait_for_sending, "thanks": self.finish, "talk": self.close_talk}
        if kind not in steps:
            self.saw_screen(screen)
            said = "; ".join(item.label for item in screen.items if item.role in ("heading", "paragraph"))
            raise Failure(f"the screen '{screen.id}' came up: {said}")
        return steps[kind](screen)

    def leave(self, screen, item):
        return self.window.press(screen, item, f"'{item}' leads on from '{screen.id}'", lambda now: now.id != screen.id)

    def choose_language(self, screen):
        self.saw_screen(screen)
        offered = [item.id for item in screen.with_prefix("language.")]
        first = "language.en" if "language.en" in offered else offered[0]
        others = [item for item in offered if item != first]
        chosen = others[0] if self.habits.second_language and others else first
        return self.leave(screen, chosen)

    def go_on(self, screen):
        self.saw_screen(screen)
        if self.habits.asks_who:
            self.habits.asks_who = False
            return self.leave(screen, "bar.talk")
        return self.leave(screen, NEXT)

    def make_it_yours(self, screen):
        if self.habits.in_the_dark:
            for item, comes in (("sound.switch", "picture.switch"), ("picture.switch", "picture.switch")):
                before = screen.item(item).label
                screen = self.window.press(screen, item, f"'{item}' does what it says", lambda now: now.item(
                    comes) is not None and now.item(item).label != before)
        return self.go_on(screen)

    def give_token(self, screen):
        """What stands on the slip, if there is one."""
        if not self.slip:
            raise Failure("the kiosk asks for a token, and this person has no slip")
        self.saw_screen(screen)
        self.type_token(screen, self.slip)
        return self.leave(self.window.screen(), NEXT)

    def type_token(self, screen, token):
        """By keys, or by pressing those on the screen."""
        symbols = token.replace(" ", "")
        if self.window.manner in BY_KEYS:
            self.window.focus("words", screen)
            self.window.display.keyboard.type(symbols.lower())
        else:
            for place, symbol in enumerate(symbols):
                self.window.press(screen, f"key.{symbol}", f"'{symbol}' is typed", lambda now, place=place:
                                  len(now.item("words").value.replace(" ", "")) > place)
        return self.window.wait("the token is typed", lambda now: now.item("words").value.replace(" ", "") == symbols)

    def practise(self, screen):
        options = screen.with_prefix("option.")
        if options and not any(option.selected for option in options):
            screen = self.select(screen, options[0].id)
        self.saw_screen(screen)
        return self.leave(screen, NEXT)

    def question(self, screen, variable):
        if self.habits.goes_back and len(self.answered) == 3 and variable not in self.answered:
            self.habits.goes_back = False
            return self.leave(screen, BACK)
        if self.habits.nearly_stops and len(self.answered) == 2:
            return self.leave(screen, "bar.stop")
        self.answered.add(variable)
        if variable in self.visit.answers:
            screen = self.give(screen, self.visit.answers[variable])
            self.saw_screen(screen)
            return self.leave(screen, NEXT)
        if self.visit.absent.get(variable) == "not_reached":
            return self.leave(screen, "bar.stop")
        if self.visit.absent.get(variable) != "skipped":
            raise Failure(f"visit {self.visit.respondent}: '{variable}' was asked; the responses have neither an "
                          "answer nor \"skipped\" or \"not_reached\" for it")
        self.saw_screen(screen)
        return self.leave(screen, SKIP)

    def give(self, screen, answer):
        entry = next((item for item in screen.items if item.role == "entry"), None)
        if entry is not None:
            return screen if entry.value.strip() == answer.strip() else self.window.write(entry.id, answer)
        wanted = {f"option.{option}" for option in (answer if isinstance(answer, list) else answer.split())}
        options = {item.id: item for item in screen.with_prefix("option.")}
        if not wanted <= set(options):
            raise Failure(f"'{screen.id}' does not offer {', '.join(sorted(wanted - set(options)))}")
        is_single = all(item.role == "radio" for item in options.values())
        if self.habits.hesitates and is_single and not any(item.selected for item in options.values()):
            screen = self.select(screen, next(reversed(options)))
        for option in options:
            if screen.item(option).selected != (option in wanted) and (option in wanted or not is_single):
                screen = self.select(screen, option, option in wanted)
        return screen

    def select(self, screen, option, state=True):
        """By its number if that is one's manner, and on every second question by the keyboard; else by pressing it."""
        order = [item.id for item in screen.with_prefix("option.")]

        def is_so(now):
            return now.id == screen.id and now.item(option).selected == state
        what = f"'{option}' is {'' if state else 'not '}selected"
        has_number = self.habits.manner == NUMBER_KEYS or (self.habits.manner == KEYBOARD and len(self.answered) % 2 == 0)
        if has_number and order.index(option) < 9:
            return self.window.press_option_number(order.index(option) + 1, what, is_so)
        return self.window.press(screen, option, what, is_so)

    def check(self, screen):
        self.saw_screen(screen)
        changes = [item.id for item in screen.with_prefix("change.")]
        if self.habits.changes and changes:
            self.habits.changes = False
            return self.leave(screen, changes[len(changes) // 2])
        return self.leave(screen, SEND)

    def stop(self, screen):
        """Whoever only nearly stops goes back to the question."""
        self.saw_screen(screen)
        is_back = self.habits.nearly_stops
        self.habits.nearly_stops = False
        return self.leave(screen, "stop.back" if is_back else "stop.send")

    def wait_for_sending(self, screen):
        self.saw_screen(screen)
        return self.window.wait("the answers are sealed and stored", lambda now: now.id != "sending")

    def finish(self, screen):
        self.saw_screen(screen)
        self.at_end = True
        return self.leave(screen, FINISH)

    def close_talk(self, screen):
        self.saw_screen(screen)
        return self.leave(screen, CLOSE)

    def check_all_asked(self, screen):
        missed = set(self.visit.answers) - self.answered
        if self.at_end and missed:
            raise Failure(f"visit {self.visit.respondent}: the kiosk never asked {', '.join(sorted(missed))}")
