"""Which folder may include which. The table is the arrows of the design; a folder also sees what its own sees."""

import re

import gate

REASON = ("one way only between folders keeps everything above the window and the network testable without them; "
          "see CONTRIBUTING.md, 'The house'")

# folder: those that it may include. What those include, it may too.
ARROWS = {
    "shared/base": [],
    "shared/survey": ["shared/base"],
    "shared/envelope": ["shared/base"],
    "shared/text": ["shared/base"],
    "shared/token": ["shared/base"],
    "shared/sheet": ["shared/text"],
    "shared/settings": ["shared/base"],
    "shared/protocol": ["shared/survey", "shared/envelope", "shared/token"],
    "kiosk/visit": ["shared/survey", "shared/text", "shared/token"],
    "kiosk/screen": ["kiosk/visit"],
    "kiosk/access": ["kiosk/screen"],
    "kiosk/readiness": ["shared/base"],
    "kiosk/staff": ["kiosk/screen", "kiosk/readiness"],
    "kiosk/app": ["kiosk/access", "kiosk/staff", "shared/envelope", "shared/protocol"],
    "kiosk/platform": ["kiosk/screen", "kiosk/access", "kiosk/app", "shared/sheet"],
    "kiosk/outbox": ["shared/base"],
    "kiosk/keeper": ["kiosk/outbox", "kiosk/readiness", "shared/protocol"],
    "kiosk/upload": ["kiosk/outbox", "kiosk/readiness", "shared/protocol"],
    "kiosk/program": ["kiosk/app", "kiosk/platform", "kiosk/keeper", "kiosk/upload"],
    "kiosk": ["kiosk/program", "shared/settings"],
    "collector/store": ["shared/base"],
    "collector/postgres": ["collector/store"],
    "collector/keys": ["shared/envelope"],
    "collector/tally": ["shared/survey"],
    "collector/comments": ["shared/text"],
    "collector/exports": ["collector/tally", "shared/text"],
    "collector/release": ["collector/tally"],
    "collector/report": ["collector/release", "shared/sheet", "shared/text", "shared/token"],
    "collector/paper": ["shared/sheet", "shared/survey", "shared/text"],
    "collector/archive": ["shared/base"],
    "collector/documents": ["collector/archive", "collector/exports", "collector/report"],
    "collector/intake": ["collector/store", "shared/protocol"],
    "collector/authoring": ["collector/report"],
    "collector/inspection": ["collector/store", "collector/keys", "collector/authoring", "collector/comments",
                             "collector/documents", "collector/exports", "collector/paper", "shared/protocol"],
    "collector/xlsform": ["collector/archive", "collector/authoring"],
    "collector/backup": ["collector/inspection"],
    "collector/http": ["shared/base"],
    "collector/people": ["collector/store", "shared/text"],
    "collector/resources": ["collector/inspection", "collector/intake", "collector/postgres", "collector/backup",
                            "collector/http", "collector/people"],
    "collector/admin": ["collector/http", "collector/xlsform"],
    "collector": ["collector/resources", "collector/admin", "shared/settings"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def reachable(folder):
    seen, waiting = {folder}, [folder]
    while waiting:
        for below in ARROWS.get(waiting.pop(), []):
            if below not in seen:
                seen.add(below)
                waiting.append(below)
    return seen


def room_of(name, house):
    """The folder that an include names: "survey/routing.h" is shared/survey."""
    first = name.split("/")[0] if "/" in name else None
    return next((room for room in (f"{house}/{first}", f"shared/{first}") if room in ARROWS), None)


def check(root):
    complaints = []
    for path in gate.sources_of(root):
        parts = path.relative_to(root).parts
        folder = "/".join(parts[:-1][:2])  # what lies below a room belongs to it
        if folder not in ARROWS:
            complaints.append(f"{gate.at(root, path)}: the folder {folder} is not in the table of arrows")
            continue
        allowed = reachable(folder)
        for line, text in gate.numbered_lines(path):
            found = INCLUDE.match(text)
            if not found:
                continue
            room = room_of(found.group(1), parts[0])
            if room is None:
                complaints.append(f"{gate.at(root, path, line)}: \"{found.group(1)}\" is in no room; write it from the "
                                  "house down, as \"survey/routing.h\"")
            elif room not in allowed:
                complaints.append(f"{gate.at(root, path, line)}: {folder} may not include {room}")
    return complaints


SOUND = {"shared/survey/a.h": '#include "base/result.h"\n', "kiosk/visit/b.cc": '#include "survey/a.h"\n',
         "kiosk/platform/hook/d.cc": '#include "screen/screen.h"\n',
         "kiosk/visit/c.cc": '#include "base/result.h"\n#include <vector>\n'}
SPOILT = [
    gate.Spoilt("an arrow the wrong way", {"shared/survey/a.h": '#include "visit/visit.h"\n'}, "is in no room"),
    gate.Spoilt("a sideways arrow", {"kiosk/visit/b.cc": '#include "outbox/outbox.h"\n'}, "may not include kiosk/outbox"),
    gate.Spoilt("base that knows survey", {"shared/base/b.h": '#include "survey/a.h"\n'},
                "may not include shared/survey"),
    gate.Spoilt("a folder of nobody's", {"kiosk/helpers/b.h": "\n"}, "not in the table"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
