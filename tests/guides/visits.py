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
        self.place, self.pin, self.is_unlocked = place, pin, False
        everybody = responses_module.read(RESPONSES, TOP / "assets")
        place.characters = [*everybody.all_texts, SYMBOLS, SYMBOLS.lower()]
        whole = [visit for visit in everybody.visits if "not_reached" not in visit.absent.values()]
        self.waiting = {kind: sorted((visit for visit in whole if visit.questionnaire == kind),
                                     key=lambda visit: len(visit.answers)) for kind in {visit.questionnaire for visit in whole}}

    def unlock(self):
        """Each visit ends behind the PIN."""
        if self.is_unlocked:
            self.is_unlocked = False
            return
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

    def send_now(self):
        """As the supervisor: what is enough leaves by itself only after a pause of chance."""
        self.unlock()
        window = self.place.window
        window.wait("something can be sent", lambda now: now.item("send_now") is not None)
        for item, screen in (("send_now", "send"), ("send", "sent"), ("close", "start")):
            window.press(window.screen(), item, f"'{item}' leads to '{screen}'", lambda now, screen=screen: now.id == screen)
        self.place.wait_until_all_sent()
        self.is_unlocked = True
