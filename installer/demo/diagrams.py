"""Draws the diagrams of the documents, as SVG that is readable on light and on dark: assets/diagrams.

    /usr/bin/python3 installer/demo/diagrams.py             # after a change of tests/gates/arrows.py, or of ANSWER below
    /usr/bin/python3 installer/demo/diagrams.py --check     # are they what it would draw now?

way.svg: the way of an answer, for README.md. rooms.svg: which room includes which, for CONTRIBUTING.md, from the table of
tests/gates/arrows.py. The gate 'pictures' refuses a drawing of a room that is gone.
"""

import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "gates"))

FOLDER = TOP / "assets" / "diagrams"
STYLE = """
  .paper { fill: #ffffff; } .zone { fill: #f3f2f1; } .open { fill: #fff3d6; stroke: #8a5a00; } .sealed { fill: #dcefe6; stroke: #00563b; }
  .room { fill: #ffffff; stroke: #505a5f; } text { fill: #0b0c0c; font: 13px sans-serif; } .head { font-weight: bold; font-size: 14px; }
  .small { font-size: 11px; fill: #505a5f; } .line { fill: none; stroke: #505a5f; stroke-width: 1.3; } .tip { fill: #505a5f; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; } .zone { fill: #1b2028; } .open { fill: #453000; stroke: #ffc86b; } .sealed { fill: #00382a; stroke: #6fd3a8; }
    .room { fill: #0d1117; stroke: #b1b4b6; } text { fill: #f0f3f6; } .small { fill: #c3c8cd; } .line { stroke: #b1b4b6; } .tip { fill: #b1b4b6; }
  }"""
TIP = ('<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
       '<path class="tip" d="M0 0 8 4 0 8z"/></marker>')


class Drawing:
    def __init__(self, width, height, title, description):
        self.lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
                      'role="img" aria-labelledby="title description">', f'<title id="title">{escape(title)}</title>',
                      f'<desc id="description">{escape(description)}</desc>', f"<style>{STYLE}\n</style>", f"<defs>{TIP}</defs>",
                      f'<rect class="paper" width="{width}" height="{height}"/>']

    def box(self, kind, x, y, width, height, radius=5):
        self.lines.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>')

    def text(self, words, x, y, kind="", anchor="start"):
        name = f' class="{kind}"' if kind else ""
        self.lines.append(f'<text{name} x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>')

    def arrow(self, path):
        self.lines.append(f'<path class="line" d="{path}" marker-end="url(#tip)"/>')

    def finished(self):
        return "\n".join([*self.lines, "</svg>"]) + "\n"


# ---- the way of an answer

@dataclass
class Step:
    zone: int
    kind: str
    head: str
    below: tuple


ANSWER = (
    Step(0, "open", "A visit", ("in the memory of a process", "without network; nothing", "is kept before Send")),
    Step(0, "sealed", "Send: sealed", ("to the inspection's two keys,", "all in one size; the process", "ends, and its memory")),
    Step(0, "sealed", "Outbox", ("durable before the thanks;", "no time, no order; kept", "until a signed receipt")),
    Step(1, "sealed", "Intake", ("stored once, however often", "it comes; shuffled again;", "then the receipt")),
    Step(1, "sealed", "Store", ("a file, or PostgreSQL;", "backups without keys", "hold no answer")),
    Step(1, "open", "Unlocked", ("by an inspector's passphrase:", "comments are read, answers", "counted, in memory alone")),
    Step(1, "open", "Section", ("sentences and tables in", "English and Welsh; later", "the keys are destroyed")),
)
ZONES = ("On the premises: the kiosk", "At the inspectorate: the collector")
ON_THE_WAY = ("by TLS, in shuffled batches of five or more,", "or on a USB stick")
STEP_WIDTH, STEP_HEIGHT, GAP, MARGIN = 196, 92, 26, 16


def way():
    counts = [sum(step.zone == zone for step in ANSWER) for zone in range(2)]
    width = 2 * MARGIN + max(counts) * STEP_WIDTH + (max(counts) - 1) * GAP + 24
    zone_height = STEP_HEIGHT + 52
    height = 2 * zone_height + 2 * MARGIN + 60
    drawing = Drawing(width, height, "The way of an answer", " Then ".join(
        f"{step.head}: {' '.join(step.below)}." for step in ANSWER))
    tops = (MARGIN, MARGIN + zone_height + 60)
    for name, top in zip(ZONES, tops):
        drawing.box("zone", MARGIN, top, width - 2 * MARGIN, zone_height, 8)
        drawing.text(name, width - MARGIN - 12, top + 22, "head", "end")
    places, seen = [], [0, 0]
    for step in ANSWER:
        x = MARGIN + 12 + seen[step.zone] * (STEP_WIDTH + GAP)
        y = tops[step.zone] + 36
        seen[step.zone] += 1
        places.append((x, y))
        drawing.box(step.kind, x, y, STEP_WIDTH, STEP_HEIGHT)
        drawing.text(step.head, x + 10, y + 22, "head")
        for number, line in enumerate(step.below):
            drawing.text(line, x + 10, y + 42 + number * 16)
    for before, after, (x1, y1), (x2, y2) in zip(ANSWER, ANSWER[1:], places, places[1:]):
        middle = y1 + STEP_HEIGHT / 2
        if before.zone == after.zone:
            drawing.arrow(f"M{x1 + STEP_WIDTH} {middle}H{x2 - 2}")
        else:
            below, down = y1 + STEP_HEIGHT, y2 - 2
            bend = (tops[0] + zone_height + tops[1]) / 2
            drawing.arrow(f"M{x1 + STEP_WIDTH / 2} {below}V{bend}H{x2 + STEP_WIDTH / 2}V{down}")
            for number, line in enumerate(ON_THE_WAY):
                drawing.text(line, x2 + STEP_WIDTH / 2 + 12, bend - 8 + number * 24, "small")
    return drawing.finished()


# ---- the rooms

ROOM_WIDTH, ROOM_HEIGHT, COLUMN, ROW = 118, 40, 158, 54


def rooms(table):
    houses = ("shared", "kiosk", "collector")
    own = {house: {room: [other for other in below if other.split("/")[0] == house] for room, below in table.items()
                   if room.split("/")[0] == house} for house in houses}
    own = {house: reduced(graph) for house, graph in own.items()}
    columns = {house: in_columns(graph) for house, graph in own.items()}
    heights = {house: max(map(len, columns[house])) * ROW + 44 for house in houses}
    width = 2 * MARGIN + max(map(len, columns.values())) * COLUMN + 10
    drawing = Drawing(width, sum(heights.values()) + MARGIN * 4, "Which room includes which", "; ".join(
        f"{name_of(room)} includes {', '.join(map(name_of, below))}" for graph in own.values() for room, below in graph.items() if below))
    top = MARGIN
    for house in houses:
        draw_house(drawing, house, own[house], columns[house], table, top, width, heights[house])
        top += heights[house] + MARGIN
    return drawing.finished()


def name_of(room):
    return room.partition("/")[2] or "main"


def reduced(graph):
    """Without what is seen by way of another."""
    def reaches(room):
        found, waiting = set(), list(graph[room])
        while waiting:
            other = waiting.pop()
            if other not in found:
                found.add(other)
                waiting += graph[other]
        return found
    return {room: [other for other in below if not any(other in reaches(each) for each in below if each != other)]
            for room, below in graph.items()}


def in_columns(graph):
    """Each as far to the right as those that include it let it stand, so that lines are short."""
    depth, ranks = {}, {}

    def depth_of(room):
        depth[room] = 1 + max((depth.get(other) or depth_of(other) for other in graph[room]), default=0)
        return depth[room]

    def rank_of(room):
        if room not in ranks:
            above = [rank_of(other) for other, below in graph.items() if room in below]
            ranks[room] = min(above) - 1 if above else max(depth.values())
        return ranks[room]
    for room in graph:
        depth_of(room)
    for room in graph:
        rank_of(room)
    first = min(ranks.values())
    return [[room for room in graph if ranks[room] == number] for number in range(first, max(ranks.values()) + 1)]


def draw_house(drawing, house, graph, columns, table, top, width, height):
    drawing.box("zone", MARGIN, top, width - 2 * MARGIN, height, 8)
    drawing.text(f"{house}/", MARGIN + 12, top + 22, "head")
    places = {room: (MARGIN + 14 + number * COLUMN, top + 34 + row * ROW) for number, column in enumerate(columns)
              for row, room in enumerate(column)}
    for room, below in graph.items():
        x, y = places[room]
        for other in below:
            x2, y2 = places[other]
            start, end = x, x2 + ROOM_WIDTH
            bend = (start - end) / 2 if start - end < COLUMN else 40
            drawing.arrow(f"M{start} {y + ROOM_HEIGHT / 2}C{start - bend} {y + ROOM_HEIGHT / 2} {end + bend} {y2 + ROOM_HEIGHT / 2} "
                          f"{end + 2} {y2 + ROOM_HEIGHT / 2}")
    for room, (x, y) in places.items():
        drawing.box("room", x, y, ROOM_WIDTH, ROOM_HEIGHT)
        shared = [name_of(other) for other in table[room] if house != "shared" and other.startswith("shared/")]
        drawing.text(name_of(room), x + ROOM_WIDTH / 2, y + (17 if shared else 25), "head", "middle")
        if shared:
            drawing.text(", ".join(shared), x + ROOM_WIDTH / 2, y + 33, "small", "middle")


def drawn(table):
    return {"way.svg": way(), "rooms.svg": rooms(table)}


def main(words):
    import arrows
    wanted = drawn(arrows.ARROWS)
    if words == ["--check"]:
        stale = [name for name, text in wanted.items() if (FOLDER / name).read_text() != text]
        return f"{', '.join(stale)}: not as it is now; run this without --check" if stale else None
    for name, text in wanted.items():
        (FOLDER / name).write_text(text)
        print((FOLDER / name).relative_to(TOP))
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
