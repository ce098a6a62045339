"""Makes guides/supervisor.en.pdf and .cy.pdf: pictures of the real kiosk in either language, then the page, by Chromium.

After a build:  /usr/bin/python3 installer/demo/supervisor_sheets.py [build/dev/bin]
With --print-only the pictures stay as they are.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import responses as responses_module
from demonstration import SCREEN, Demonstration
from failure import Failure
from kiosk_screenshots import ASSETS, RESPONSES, TOP, unlock
from png import halved, read_png, write_png
from programs import free_port
from respondent import Habits

FOLDER = TOP / "guides" / "supervisor"
LANGUAGES = ("en", "cy")


def set_up(demonstration, responses, language):
    """The supervisor's screens are in the first language of the inspection. What is answered waits for others."""
    collector = demonstration.collector
    collector.init(free_port())
    collector.serve()
    folders = [word for folder in responses.questionnaires for word in ("--questionnaire", folder)]
    opening, recovery = collector.passphrases
    collector.command("inspection", "create", responses.inspection, "--area", responses.area, *folders, "--languages",
                      ",".join(sorted(LANGUAGES, key=lambda each: each != language)), "--no-tokens", "pictures",
                      "--smallest-batch", "9", lines=(opening, opening, recovery, recovery))
    demonstration.kiosk.enrol(collector.invite(responses.inspection, "Kiosk of the pictures"))
    demonstration.open_display(responses.all_texts, SCREEN)


def take(demonstration, language, name):
    picture = demonstration.folder / "picture.png"
    demonstration.window.hook.screenshot(picture)
    target = FOLDER / language / f"{name}.png"
    target.parent.mkdir(exist_ok=True)
    write_png(target, *halved(*read_png(picture)))
    print(target.relative_to(TOP), flush=True)


def pictures(demonstration, responses, language):
    set_up(demonstration, responses, language)
    unlock(demonstration, lambda name: take(demonstration, language, name))
    window = demonstration.window
    young = next(item.id for item in window.screen().with_prefix("questionnaire.") if "children" in item.id)
    window.press(window.screen(), young, "it is prepared", lambda now: now.id == "before")
    take(demonstration, language, "before")
    window.press(window.screen(), "back", "the start screen is there again", lambda now: now.id == "start")
    person = demonstration.respondent(next(visit for visit in responses.visits if visit.questionnaire == "victims"), 0)
    person.habits = Habits()
    person.answer_until(lambda now: now.id == "pin")
    unlock(demonstration, lambda name: None)
    window = demonstration.window
    window.wait("something waits", lambda now: now.item("waits.for_others") is not None)
    take(demonstration, language, "waiting")


def print_sheet(language):
    with tempfile.TemporaryDirectory(prefix="perspective-chromium-") as profile:
        sheet = TOP / "guides" / f"supervisor.{language}.pdf"
        done = subprocess.run(["chromium", "--headless", "--no-sandbox", f"--user-data-dir={profile}", "--no-pdf-header-footer",
                               f"--print-to-pdf={sheet}", (FOLDER / f"{language}.html").as_uri()], capture_output=True,
                              text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise Failure(f"chromium ended with {done.returncode}:\n{done.stderr[-1500:]}")
    print(f"{sheet.relative_to(TOP)}, {sheet.stat().st_size} bytes")


def main(words):
    programs = next((Path(word) for word in words if not word.startswith("--")), TOP / "build" / "dev" / "bin")
    responses = responses_module.read(RESPONSES, ASSETS)
    for language in LANGUAGES:
        if "--print-only" not in words:
            with tempfile.TemporaryDirectory(prefix="perspective-") as folder:
                with Demonstration(Path(folder) / "demo", programs.resolve(), ASSETS) as demonstration:
                    pictures(demonstration, responses, language)
        print_sheet(language)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failure as failure:
        sys.exit(str(failure))
