"""Makes the pictures of kiosk/README.md, and the three of the README above it: of the real kiosk, on a virtual display.

After a build:  /usr/bin/python3 installer/demo/kiosk_screenshots.py [build/dev/bin]
The same screens each time, but for the four words of the thanks, which are drawn by chance, and the slips.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import responses as responses_module
from demonstration import SCREEN, Demonstration
from failure import Failure
from photographer import Photographer, of_practising, of_taking_back, of_the_supervisor
from png import halved, read_png, write_png
from programs import free_port
from Xlib import XK

TOP = Path(__file__).resolve().parents[2]
ASSETS = TOP / "assets"
RESPONSES = TOP / "tests" / "fixtures" / "croydon-2012" / "responses.json"
FOLDER = TOP / "kiosk" / "screenshots"
OF_README = ("question", "check", "thanks")
PIN = "482907"
MOST_BYTES = 2_000_000
LARGE, SMALL = "1920x1080", "1024x768"
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Pressed so often in "yours" by whoever likes it so.
DARK = {"yours.colours.next": 2}
LARGEST = {"yours.size.more": 3}
SMALLEST = {"yours.size.less": 1}
LETTERS = {"yours.colours.next": 3, "yours.typeface.next": 1, "yours.spacing.next": 1}
FEW = {"question", "explained", "comment", "check", "yours"}


class Pictures:
    """Half the size of the window."""

    def __init__(self, demonstration, folder):
        self.demonstration, self.folder, self.bytes = demonstration, folder, 0

    def take(self, name):
        picture = self.folder / "picture.png"
        self.demonstration.window.hook.screenshot(picture)
        target = FOLDER / f"{name}.png"
        write_png(target, *halved(*read_png(picture)))
        self.bytes += target.stat().st_size
        print(f"{target.relative_to(TOP)}, {target.stat().st_size} bytes", flush=True)


def set_up(demonstration, responses, slips):
    """Whoever answers has a slip; answers wait until there are more of them, so that there is something to send."""
    collector = demonstration.collector
    collector.init(free_port())
    collector.serve()
    collector.create(responses.inspection, responses.area, responses.questionnaires, why_no_tokens=None, smallest_batch=9)
    issued = collector.issue_tokens(responses.inspection, slips)
    demonstration.kiosk.enrol(collector.invite(responses.inspection, "Kiosk of the pictures"))
    demonstration.open_display([*responses.all_texts, SYMBOLS, SYMBOLS.lower()], LARGE)
    demonstration.kiosk.close()
    demonstration.reopen_window()
    return issued


def at_size(demonstration, size):
    demonstration.kiosk.close()
    demonstration.reopen_window(size)


def all_pictures(demonstration, responses, take):
    def of(questionnaire):
        return max((visit for visit in responses.visits if visit.questionnaire == questionnaire),
                   key=lambda visit: len(visit.answers))
    young, victims = of("children-and-young-people"), of("victims")
    slips = set_up(demonstration, responses, 6)

    def answer(visit, prefix, **what):
        person = Photographer(demonstration.window, visit, take, prefix, **what)
        person.slip = slips.pop()
        person.answer_all()
    unlock(demonstration, take)
    of_the_supervisor(demonstration, take)
    remove_pin(demonstration)
    of_practising(demonstration.window, take)
    answer(young, "")
    of_taking_back(demonstration.window, take)
    answer(victims, "welsh-", wanted=FEW | {"token", "keyboard", "thanks"}, is_welsh=True)
    answer(victims, "dark-", wanted=FEW, likes=DARK)
    answer(young, "letters-", wanted={"yours", "question"}, likes=LETTERS, is_welsh=True)
    at_size(demonstration, SMALL)
    answer(victims, "largest-", wanted=FEW | {"token", "keyboard", "thanks"}, likes=LARGEST)
    at_size(demonstration, LARGE)
    answer(young, "smallest-", wanted={"question", "check", "yours"}, likes=SMALLEST)
    unlock(demonstration, take)
    of_the_supervisor(demonstration, take, has_waiting=True)


def unlock(demonstration, take):
    """A kiosk on which a live inspection is answered has a PIN. Each of its starts asks for it."""
    demonstration.kiosk.close()
    demonstration.kiosk.set_pin(PIN)
    demonstration.reopen_window()
    window, keyboard = demonstration.window, demonstration.display.keyboard
    window.wait("the PIN is asked for", lambda now: now.id == "pin")
    for digit in PIN[:4]:
        keyboard.press(ord(digit))
    window.wait("some of it is typed", lambda now: now.item("typed").label.count("●") == 4)
    take("pin")
    for digit in PIN[4:]:
        keyboard.press(ord(digit))
    window.wait("all of it is typed", lambda now: now.item("typed").label.count("●") == len(PIN))
    keyboard.press(XK.XK_Return)
    window.wait("it was the right one", lambda now: now.id == "start")


def remove_pin(demonstration):
    """So that no visit asks for it."""
    demonstration.kiosk.close()
    demonstration.kiosk.remove_pin()
    demonstration.reopen_window()


def main(words):
    programs = Path(words[0]) if words else TOP / "build" / "dev" / "bin"
    responses = responses_module.read(RESPONSES, ASSETS)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory(prefix="perspective-") as folder:
        with Demonstration(Path(folder) / "demo", programs, ASSETS) as demonstration:
            pictures = Pictures(demonstration, Path(folder))
            all_pictures(demonstration, responses, pictures.take)
    for name in OF_README:
        shutil.copy(FOLDER / f"{name}.png", ASSETS / "screenshots" / f"{name}.png")
    if pictures.bytes > MOST_BYTES:
        raise Failure(f"{pictures.bytes} bytes of pictures are more than {MOST_BYTES}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failure as failure:
        sys.exit(str(failure))
