"""A figure: what was measured, round by round, beside its reference of the same rounds; and how both are written down."""

import statistics
from dataclasses import dataclass

RATIO, DIFFERENCE = "ratio", "difference"
LABEL, VALUE, REFERENCE = 31, 10, 25  # widths of the table's columns; with the comparison 100


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
    """`samples` and `reference` are of the same rounds. `at_most` or `at_least` is the aim, of the
    comparison; `under` of the figure itself; None: there is none."""
    key: str
    label: str
    unit: str
    samples: list
    reference_label: str
    reference: list
    comparison: str = RATIO
    at_most: float = None
    at_least: float = None
    under: float = None
    points: list = None  # how it grows: (responses, samples, reference) of each size, the last of them this figure's own

    @property
    def compared(self):
        pairs = zip(self.samples, self.reference, strict=True)
        if self.comparison == RATIO:
            return Spread.of([value / other for value, other in pairs])
        return Spread.of([value - other for value, other in pairs])

    @property
    def has_aim(self):
        return any(limit is not None for limit in (self.at_most, self.at_least, self.under))

    @property
    def is_met(self):
        if self.under is not None:
            return Spread.of(self.samples).median < self.under
        if self.at_least is not None:
            return self.compared.median >= self.at_least
        return self.at_most is not None and self.compared.median <= self.at_most

    def as_json(self):
        made = {"label": self.label, "unit": self.unit, "rounds": len(self.samples), **Spread.of(self.samples).as_json(),
                "reference": {"label": self.reference_label, **Spread.of(self.reference).as_json()},
                "comparison": {"kind": self.comparison, **self.compared.as_json()}}
        if self.has_aim:
            limits = {"at_most": self.at_most, "at_least": self.at_least, "under": self.under}
            made["aim"] = {**{name: limit for name, limit in limits.items() if limit is not None}, "is_met": self.is_met}
        if self.points:
            made["growth"] = [{"responses": many, "median": round(statistics.median(samples), 4),
                               "reference": round(statistics.median(beside), 4)} for many, samples, beside in self.points]
        return made


def short(number):
    """Three digits that count."""
    digits = 0 if abs(number) >= 100 or number == 0 else 1 if abs(number) >= 10 else 2
    return f"{number:,.{digits}f}" if abs(number) >= 1 or number == 0 else f"{number:.3g}"


def times(ratio):
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.1f}" if ratio < 100 else f"{ratio:,.0f}"


def signed(number):
    return f"{number:+,.0f}" if abs(number) >= 100 or number == 0 else f"{number:+.1f}"


def compared_text(figure):
    spread = figure.compared
    if figure.comparison == RATIO:
        return f"x {times(spread.median)} ({times(spread.least)}-{times(spread.most)})"
    return f"{signed(spread.median)} ({signed(spread.least)}..{signed(spread.most)})"


def aim_text(figure):
    if figure.under is not None:
        by = Spread.of(figure.samples).median - figure.under
        return f"aim, under {figure.under:g} {figure.unit}: " + ("met" if figure.is_met else f"missed by {short(by)} {figure.unit}")
    word, number = ("at most", figure.at_most) if figure.at_least is None else ("at least", figure.at_least)
    limit = f"{number:g} times" if figure.comparison == RATIO else f"{number:g} {figure.unit} more"
    if figure.is_met:
        return f"aim, {word} {limit}: met"
    by = abs(figure.compared.median - number)
    return f"aim, {word} {limit}: missed by {short(by)}{'' if figure.comparison == RATIO else ' ' + figure.unit}"


def lines_of(figures):
    """The table's lines. A figure with a second reference is named once."""
    above = None
    for figure in figures:
        value = f"{short(Spread.of(figure.samples).median)} {figure.unit}"
        name, said = (figure.label, value) if figure.label != above else ("", "")
        reference = f"{short(Spread.of(figure.reference).median)} {figure.unit}"
        yield (f"{name:<{LABEL}}{said:>{VALUE}}  {figure.reference_label:<{REFERENCE}}{reference:>{VALUE}}  "
               f"{compared_text(figure)}")
        if figure.has_aim:
            yield f"    {aim_text(figure)}"
        for many, samples, beside in (figure.points or [])[:-1]:
            yield (f"{f'{many:,}':>{LABEL - 2}}  {short(statistics.median(samples)) + ' ' + figure.unit:>{VALUE}}  "
                   f"{'':<{REFERENCE}}{short(statistics.median(beside)) + ' ' + figure.unit:>{VALUE}}")
        above = figure.label
