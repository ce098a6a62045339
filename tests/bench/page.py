"""results.md and results.svg: what bench.json holds, as a page."""

from figure import RATIO, short, signed, times
from plot import picture

HEAD = """# Results

Made by `tests/bench/run --page` of what it measured last; [README.md](README.md) says what each is, and how far it can be believed.
{machine}; no figure means anything without its reference of the same minutes. Load: how many were at work or waited for the
processors, one of them the benchmark, before and behind it.

![Each figure beside its reference, and how some grow](results.svg)

| benchmark | day | sources | load | took |
|---|---|---|---|---|
"""


def write(made, folder):
    machine, runs, figures = made["machine"], made["runs"], made["figures"]
    about = f"{machine['processors']} x {machine['processor']}"
    text = HEAD.format(machine=about) + "".join(
        f"| `{name}` | {run['day']} | {run['commit']} | {run['load'][0]:.0f} to {run['load'][1]:.0f} | {run['seconds']:,} s |\n"
        for name, run in runs.items())
    text += "\n| figure | | measured | beside | compared |\n|---|---|---|---|---|\n"
    text += "".join(row(key, figure) for key, figure in figures.items())
    grown = [figure for figure in figures.values() if "growth" in figure]
    if grown:
        text += growth_table(grown)
    (folder / "results.md").write_text(text)
    days = sorted({run["day"] for run in runs.values()})
    loads = [load for run in runs.values() for load in run["load"]]
    (folder / "results.svg").write_text(picture(figures, f"{about}; {days[0]}{' to ' + days[-1] if len(days) > 1 else ''}; "
                                                f"load {min(loads):.0f} to {max(loads):.0f}"))


def row(key, figure):
    unit, beside, compared = figure["unit"], figure["reference"], figure["comparison"]
    said = times if compared["kind"] == RATIO else signed
    sign = "x " if compared["kind"] == RATIO else ""
    text = f"{sign}{said(compared['median'])} ({said(compared['min'])} to {said(compared['max'])})"
    if "aim" in figure:
        limit = figure["aim"]
        name, number = next(each for each in limit.items() if each[0] != "is_met")
        words = f"{name.replace('_', ' ')} {number:g}{f' {unit}' if name == 'under' else ''}"
        text += f"; aim, {words}: {'met' if limit['is_met'] else '**missed**'}"
    return (f"| `{key}` | {figure['label'].strip()} | {short(figure['median'])} {unit} | {beside['label']} "
            f"{short(beside['median'])} {unit} | {text} |\n")


def growth_table(figures):
    """Each as it grows, the reference in brackets."""
    sizes = sorted({point["responses"] for figure in figures for point in figure["growth"]})
    text = "\n| it grows | " + " | ".join(f"{size:,}" for size in sizes) + " |\n|---" + "|---" * len(sizes) + "|\n"
    for figure in figures:
        points = {point["responses"]: point for point in figure["growth"]}
        cells = [f"{short(points[size]['median'])} ({short(points[size]['reference'])})" if size in points else ""
                 for size in sizes]
        name = figure["label"].rpartition(" of ")[0]
        text += f"| {name}, {figure['unit']}, beside {figure['reference']['label']} | " + " | ".join(cells) + " |\n"
    return text
