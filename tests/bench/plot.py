"""A picture of bench.json, as SVG: each figure times its reference, or more than it; and how some of them grow. The same
file gives the same bytes. Nothing hangs on a colour: shapes and words tell all of it."""

import math
from xml.sax.saxutils import escape

from figure import RATIO, short, signed, times

WIDTH, MARGIN, ROW = 1160, 24, 17
BARS = (300, 700)  # from left to right; names stand before them, numbers behind
INK, GREY, FILL, SECOND = "#1d1d1b", "#6b6b6b", "#2b5c8a", "#b3541e"
CHART_W, CHART_H, ACROSS = 240, 170, 4


class Svg:
    def __init__(self):
        self.parts = []

    def text(self, x, y, words, anchor="start", size=11, fill=INK, weight="normal"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
                          f'font-weight="{weight}">{escape(words)}</text>')

    def line(self, x1, y1, x2, y2, stroke=GREY, width=1.0, dashes=""):
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}" '
                          f'stroke-width="{width}"{dashed}/>')

    def box(self, x, y, width, height, fill=FILL, stroke="none"):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}" '
                          f'fill="{fill}" stroke="{stroke}"/>')

    def dot(self, x, y):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{FILL}"/>')

    def whole(self, height):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
                f'height="{height:.0f}" font-family="DejaVu Sans, Arial, sans-serif" fill="none">\n'
                f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>\n' + "\n".join(self.parts) + "\n</svg>\n")


def picture(figures, caption):
    """figures: those of bench.json, by key."""
    svg, y = Svg(), MARGIN + 12
    svg.text(MARGIN, y, "Perspective: every figure beside its reference", size=18, weight="bold")
    svg.text(MARGIN, y + 20, caption, fill=GREY)
    y += 52
    ratios = {key: figure for key, figure in figures.items() if figure["comparison"]["kind"] == RATIO}
    others = {key: figure for key, figure in figures.items() if key not in ratios}
    y = ratio_rows(svg, y, ratios) if ratios else y
    y = difference_rows(svg, y, others) if others else y
    y = growth_charts(svg, y, [figure for figure in figures.values() if "growth" in figure])
    return svg.whole(y + MARGIN)


def heading(svg, y, words, *explained):
    svg.text(MARGIN, y, words, size=14, weight="bold")
    for line in explained:
        y += 17
        svg.text(MARGIN, y, line, fill=GREY)
    return y + 31


def powers(values):
    """The exponents of ten round them, at least one apart."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def power_text(exponent):
    return f"{10 ** exponent:,}" if exponent >= 0 else f"{10.0 ** exponent:.{-exponent}f}"


def name_of(key, figure):
    if "growth" in figure:
        return f"{key}, {figure['growth'][-1]['responses']:,}"
    return f"{key}, /s" if figure["unit"] == "/s" else key


def ratio_rows(svg, y, figures):
    y = heading(svg, y, "Times the reference", "A bar from 1 to the median of the rounds, a line from the least to the most; "
                "a triangle is the aim.", "The axis is logarithmic. Of what is done a second (/s) more is better, of all else less.")
    low, high = powers([value for figure in figures.values() for value in (*spread_of(figure), 1)])
    at = lambda value: BARS[0] + (math.log10(value) - low) / (high - low) * (BARS[1] - BARS[0])  # noqa: E731
    end = y + ROW * len(figures)
    for exponent in range(low, high + 1):
        svg.line(at(10.0 ** exponent), y - 8, at(10.0 ** exponent), end - 8, "#1d1d1b" if exponent == 0 else "#dddddd")
        svg.text(at(10.0 ** exponent), y - 12, power_text(exponent), "middle", 10, GREY)
    for key, figure in figures.items():
        middle, (least, median, most) = y + 2, spread_of(figure)
        svg.text(BARS[0] - 12, y + 6, name_of(key, figure), "end")
        svg.box(min(at(1), at(median)), middle - 5, abs(at(median) - at(1)), 10)
        svg.line(at(least), middle, at(most), middle, INK, 1.5)
        for edge in (least, most):
            svg.line(at(edge), middle - 3, at(edge), middle + 3, INK, 1.5)
        svg.text(BARS[1] + 12, y + 6, f"x {times(median)}", weight="bold")
        svg.text(BARS[1] + 78, y + 6, f"{figure['reference']['label']}{aim_words(svg, figure, at, middle)}", size=10)
        y += ROW
    return y + 22


def spread_of(figure):
    compared = figure["comparison"]
    return [max(compared[name], 1e-3) for name in ("min", "median", "max")]


def aim_words(svg, figure, at, middle):
    if "aim" not in figure:
        return ""
    said = "met" if figure["aim"]["is_met"] else "missed"
    if "under" in figure["aim"]:
        return f"; aim under {figure['aim']['under']:g} {figure['unit']}: {said}"
    limit = figure["aim"].get("at_least", figure["aim"].get("at_most"))
    x = at(limit)
    svg.parts.append(f'<path d="M{x:.1f} {middle - 1:.1f}l-5 -7h10z" fill="{SECOND}" stroke="#ffffff"/>')
    return f"; aim {limit:g}: {said}"


def difference_rows(svg, y, figures):
    y = heading(svg, y, "More than the reference", "A bar is the part of the aim that was used up; the line is the aim. Where "
                "there is no aim, or it is nothing, there is no bar.")
    left, aim_x = BARS[0], BARS[0] + (BARS[1] - BARS[0]) * 2 / 3
    svg.line(aim_x, y - 8, aim_x, y + ROW * len(figures) - 8, INK)
    svg.text(aim_x, y - 12, "the aim", "middle", 10, GREY)
    for key, figure in figures.items():
        more, unit = figure["comparison"]["median"], figure["unit"]
        aim = figure.get("aim", {}).get("at_most")
        said = f"; aim {aim:g} {unit}: {'met' if figure['aim']['is_met'] else 'missed'}" if aim is not None else ""
        svg.text(left - 12, y + 6, key, "end")
        if aim:
            share = min(max(more / aim, 0), 1.5)
            svg.box(left, y - 3, share * (aim_x - left), 10, FILL if figure["aim"]["is_met"] else SECOND)
        svg.text(BARS[1] + 12, y + 6, f"{signed(more)} {unit}", weight="bold")
        svg.text(BARS[1] + 90, y + 6, f"{short(figure['median'])}, {figure['reference']['label']} "
                 f"{short(figure['reference']['median'])}{said}", size=10)
        y += ROW
    return y + 22


def growth_charts(svg, y, figures):
    if not figures:
        return y
    y = heading(svg, y, "How it grows with the number of responses", "Both axes are logarithmic. A line as steep as the dotted "
                "one grows as the number does.")
    svg.dot(MARGIN + 8, y - 4)
    svg.text(MARGIN + 20, y, "Perspective")
    svg.box(MARGIN + 116, y - 8, 8, 8, "#ffffff", SECOND)
    svg.text(MARGIN + 132, y, "its reference, which the chart names")
    y += 20
    for number, figure in enumerate(figures):
        chart(svg, MARGIN + (number % ACROSS) * (CHART_W + 24), y + number // ACROSS * (CHART_H + 70), figure)
    return y + math.ceil(len(figures) / ACROSS) * (CHART_H + 70)


def chart(svg, x, y, figure):
    points = figure["growth"]
    x_low, x_high = powers([point["responses"] for point in points])
    y_low, y_high = powers([max(point[name], 1e-3) for point in points for name in ("median", "reference")])
    left, top, right, bottom = x + 44, y + 34, x + CHART_W, y + CHART_H + 20
    at_x = lambda many: left + (math.log10(many) - x_low) / (x_high - x_low) * (right - left)  # noqa: E731
    at_y = lambda value: bottom - (math.log10(max(value, 1e-3)) - y_low) / (y_high - y_low) * (bottom - top)  # noqa: E731
    svg.text(x, y + 6, f"{figure['label'].rpartition(' of ')[0]}, {figure['unit']}", size=12, weight="bold")
    svg.text(x, y + 21, f"beside: {figure['reference']['label']}", size=10, fill=GREY)
    for exponent in range(y_low, y_high + 1):
        svg.line(left, at_y(10.0 ** exponent), right, at_y(10.0 ** exponent), "#dddddd")
        svg.text(left - 5, at_y(10.0 ** exponent) + 4, power_text(exponent), "end", 9, GREY)
    for exponent in range(x_low, x_high + 1):
        svg.line(at_x(10 ** exponent), top, at_x(10 ** exponent), bottom, "#eeeeee")
        svg.text(at_x(10 ** exponent), bottom + 13, power_text(exponent), "middle", 9, GREY)
    steps = min(x_high - x_low, y_high - y_low)
    svg.line(left, bottom, at_x(10.0 ** (x_low + steps)), at_y(10.0 ** (y_low + steps)), GREY, 1, "1 4")
    for name, stroke, dashes in (("reference", SECOND, "5 3"), ("median", FILL, "")):
        places = [(at_x(point["responses"]), at_y(point[name])) for point in points]
        for (x1, y1), (x2, y2) in zip(places, places[1:]):
            svg.line(x1, y1, x2, y2, stroke, 1.8, dashes)
        for place_x, place_y in places:
            if name == "median":
                svg.dot(place_x, place_y)
            else:
                svg.box(place_x - 4, place_y - 4, 8, 8, "#ffffff", stroke)
