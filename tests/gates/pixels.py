"""No size on the screen is a number of pixels: each is made of millimetres, of letters, or of another size.

In a file that measures or paints, a number from 2 up may multiply or divide what has a size already; it may not be
added, taken away, or given. A constant of 2 or more says in its name that it is millimetres, or is one of RATIOS. Half
pixels and single ones are how things are set on the grid. A floor in pixels (`std::max(2.0F, ...)`) only makes things
larger: a line thinner than two pixels vanishes.
"""

import re

import gate

REASON = "a number of pixels is a finger's breadth on one monitor and a hair's on another: people cannot hit or read it"

FOLDER = "kiosk/platform"
# Painters and what they measure with; the rest of the folder talks to the toolkit, to X,
# to the monitor and to the printer.
DRAWN = ("bar", "content", "dress", "entry", "keys", "layout", "paint", "pen", "presses", "rows", "spacing",
         "stage", "stage_touch", "stage_writing")
# Times as wide as high, lines of text, capitals to a line; and half a turn.
RATIOS = ("kWidest", "kMostLines", "kCapitalsToLine", "kPi")
LARGEST_FLOOR = 4

NUMBER = r"(?<![\w.])(\d+(?:\.\d*)?)F?(?![\w.])"
GIVEN = re.compile(r"(?:[-+]=? |[{(] ?|, |[\w>)] = |\breturn )" + NUMBER + r"(?! ?[*/])(?= ?[-+,;})]|$)")
CONSTANT = re.compile(r"constexpr (?:float|double) (k\w+) = " + NUMBER + ";")
FLOOR = re.compile(r"std::max\(" + NUMBER + r", (?=.*[A-Za-z])")
# Not sizes: numbers of things, a colour, the key of an option; and what stands in a comment or a text.
COUNTED = re.compile(r"//.*|\"(?:[^\"\\]|\\.)*\"|constexpr (?:int|std::size_t) \w+ = \d+;|"
                     r"points, 3|points\[3\]|std::array<[^>]*>|IM_COL32\(.*?\)|PopStyleVar\(\d\)|VerbKind::option, 10")


def faults(text):
    constant = CONSTANT.search(text)
    if constant and float(constant.group(2)) >= 2:
        name = constant.group(1)
        return [] if name.endswith("Mm") or name in RATIOS else [constant.group(2)]
    text = FLOOR.sub(lambda found: found.group(0) if float(found.group(1)) > LARGEST_FLOOR else "std::max(", text)
    return [number for number in GIVEN.findall(text) if float(number) >= 2]


def check(root):
    complaints = []
    for path in gate.sources_of(root):
        if path.parent == root / FOLDER and path.stem in DRAWN:
            for line, text in gate.numbered_lines(path):
                complaints += [f"{gate.at(root, path, line)}: {number} pixels?" for number in faults(COUNTED.sub("", text))]
    return complaints


SOUND = {"kiosk/platform/pen.cc": "constexpr float kWheelMm = 12;\nconstexpr float kWidest = 3.0F;\n"
                                  "put(2.2F * pad, 2 * gap + 0.5F, std::max(2.0F, mm / 3));  // 16 px\n",
         "kiosk/platform/window.cc": "hint(VERSION, 3);\nfloat pad = 10;\n"}
SPOILT = [gate.Spoilt(why, {"kiosk/platform/pen.cc": text}, f"kiosk/platform/pen.cc:1: {number} pixels?")
          for why, text, number in (
              ("a distance in pixels", "const Rect rail = {x, content.y + 4, width, height};\n", "4"),
              ("a size in pixels", "  float pad = 10;\n", "10"),
              ("a rectangle in pixels", "fill({x, y, 24, high}, colour);\n", "24"),
              ("a least size in pixels", "height = std::max(48.0F, text.height);\n", "48.0"),
              ("a constant in pixels", "constexpr float kPad = 10;\n", "10"),
              ("a size that is given back", "  return 16;\n", "16"))]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
