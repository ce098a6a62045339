"""What happens between two commands of a guide: people answer on the real kiosk, through its window."""

import responses as responses_module
from place import TOP
from respondent import FINISH, Habits, Respondent
from Xlib import XK

RESPONSES = TOP / "tests" / "fixtures" / "croydon-2012" / "responses.json"
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Visits:
    """Of the reference case: those who answered all that they were asked, who write something first."""

    def __init__(self, place, pin):
        self.place, self.pin = place, pin
        everybody = responses_module.read(RESPONSES, TOP / "assets")
        place.characters = [*everybody.all_texts, SYMBOLS, SYMBOLS.lower()]
        whole = [visit for visit in everybody.visits if "not_reached" not in visit.absent.values()]
        self.waiting = {kind: sorted((visit for visit in whole if visit.questionnaire == kind),
                                     key=lambda visit: len(visit.answers)) for kind in {visit.questionnaire for visit in whole}}

    def unlock(self):
        window = self.place.window
        window.wait("the PIN is asked for", lambda now: now.id == "pin")
        for digit in self.pin:
            self.place.display.keyboard.press(ord(digit))
        window.wait("it is typed", lambda now: now.item("typed").label.count("●") == len(self.pin))
        self.place.display.keyboard.press(XK.XK_Return)
        window.wait("it was the right one", lambda now: now.id == "start")

    def answer(self, kind, slip=""):
        """Its four words."""
        self.unlock()
        person = Respondent(self.place.window, self.waiting[kind].pop(), Habits())
        person.slip = slip
        screen = person.answer_until(lambda now: now.id == "thanks")
        words = [item.label for item in screen.with_prefix("word.")]
        person.leave(screen, FINISH)
        return words
