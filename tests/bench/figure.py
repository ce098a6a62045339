"""A figure: what was measured, round by round, beside its reference of the same rounds; and how both are written down."""

import statistics
from dataclasses import dataclass

RATIO, DIFFERENCE = "ratio", "difference"
LABEL, VALUE, REFERENCE = 31, 14, 26  # widths of the table's columns; 100 in all


@dataclass
class Spread:
    median: float
    least: float
    most: float

    @staticmethod
    def of(samples):
        return Spread(statistics.median(samples), min(samples), max(samples))

    def as_json(self):
        return {"median": round(self.median, 4), "min": round(self.least, 4), "max": round(self.most, 4)}


@dataclass
class Figure:
    """`samples` and `reference` are of the same rounds. `at_most` is the aim, of the comparison; None: there is none."""
    key: str
    label: str
    unit: str
    samples: list
    reference_label: str
    reference: list
    comparison: str = RATIO
    at_most: float = None

    @property
    def compared(self):
        pairs = zip(self.samples, self.reference, strict=True)
        if self.comparison == RATIO:
            return Spread.of([value / other for value, other in pairs])
        return Spread.of([value - other for value, other in pairs])

    @property
    def is_met(self):
        return self.at_most is not None and self.compared.median <= self.at_most

    def as_json(self):
        made = {"label": self.label, "unit": self.unit, "rounds": len(self.samples), **Spread.of(self.samples).as_json(),
                "reference": {"label": self.reference_label, **Spread.of(self.reference).as_json()},
                "comparison": {"kind": self.comparison, **self.compared.as_json()}}
        if self.at_most is not None:
            made["aim"] = {"at_most": self.at_most, "is_met": self.is_met}
        return made


def short(number):
    """Three digits that count."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def compared_text(figure):
    spread, unit = figure.compared, f" {figure.unit}"
    if figure.comparison == RATIO:
        return f"x {spread.median:.2f} ({spread.least:.2f}-{spread.most:.2f})"
    return f"{spread.median:+.3g}{unit} ({spread.least:+.3g} to {spread.most:+.3g})"


def aim_text(figure):
    limit = f"{figure.at_most:g} times" if figure.comparison == RATIO else f"{figure.at_most:g} {figure.unit} more"
    if figure.is_met:
        return f"aim, at most {limit}: met"
    over = figure.compared.median - figure.at_most
    return f"aim, at most {limit}: missed by {over:.2g}{'' if figure.comparison == RATIO else ' ' + figure.unit}"


def lines_of(figures):
    """The table's lines. A figure with a second reference is named once."""
    above = None
    for figure in figures:
        value = f"{short(Spread.of(figure.samples).median)} {figure.unit}"
        name, said = (figure.label, value) if figure.label != above else ("", "")
        reference = f"{short(Spread.of(figure.reference).median)} {figure.unit}"
        yield (f"{name:<{LABEL}}{said:>{VALUE - 2}}  {figure.reference_label:<{REFERENCE}}{reference:>{VALUE - 4}}  "
               f"{compared_text(figure)}").rstrip()
        if figure.at_most is not None:
            yield f"    {aim_text(figure)}"
        above = figure.label
