"""Writes a source again without one of its defences:  weaken.py SOURCE OUT PATTERN REPLACEMENT [PATTERN REPLACEMENT...]

So the product itself has no switch for it. Each pattern must be found exactly once: a defence that moved is not taken
out in silence.
"""

import re
import sys
from pathlib import Path


def main(source, out, *changes):
    text = Path(source).read_text(encoding="utf-8")
    for pattern, replacement in zip(changes[::2], changes[1::2], strict=True):
        text, count = re.subn(pattern, replacement, text)
        if count != 1:
            sys.exit(f"weaken.py: '{pattern}' is {count} times in {source}; it must be there once")
    Path(out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
