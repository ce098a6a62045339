"""Writes common_passwords.cc: what many people choose as a password, and the words of a language, from Debian's
python3-zxcvbn (passwords that came to light, by how often; words by how often the encyclopaedia has them)."""

import sys
from pathlib import Path

from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST = 5  # of the word in "football2026"
ENOUGH = 20000


def main(out):
    words = {word.lower() for name in ("passwords", "english_wikipedia") for word in FREQUENCY_LISTS[name]}
    kept = sorted(word for word in words if len(word) >= SHORTEST and word.isascii() and word.isprintable())
    if len(kept) < ENOUGH or "password" not in kept:
        sys.exit("python3-zxcvbn has no such list of passwords any more")
    rows = "\n".join('    {{"{}", {}}},'.format(word.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?"), len(word))
                     for word in kept)
    Path(out).write_text(f'''#include "people/common_passwords.h"

namespace perspective::people {{
namespace {{
constexpr std::string_view kWords[] = {{
{rows}
}};
}}  // namespace

std::span<const std::string_view> common_passwords() {{ return kWords; }}

}}  // namespace perspective::people
''')


if __name__ == "__main__":
    main(sys.argv[1])
