"""What is searched for: two made-up words that somebody typed, in every way in which a program may hold them.

A needle is (place in the table of needles, bytes). Its text is never printed: only which writing was found.
"""

import bisect
import ctypes
import random
import re
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "journey"))

import leak_search  # noqa: E402
import line  # noqa: E402

WHATS = {"words", "answers", "four words", "pixels", "sound", "keys"}
WORD_LETTERS = 10
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstvz"  # so that it can be read aloud
FEWEST = 6       # keys in a row: nobody's by chance
MOST_APART = 16 << 10
ROW_PIXELS, PIXELS_EVERY = 160, 16  # some seven letters: fewer stand in other words too
FEWEST_DIFFERENT = 4  # colours, or loudnesses, in each quarter: else it is paper, or silence
SOUND_FRAMES, SOUND_EVERY = 32, 64


def made_up_word(chance=None):
    """Some 2^32 of them: none is there by chance."""
    chance = chance or random.SystemRandom()
    return "".join(chance.choice((CONSONANTS, VOWELS)[place % 2]) for place in range(WORD_LETTERS))


def writings_of(word):
    """[(name, bytes)], those of files and the wide characters of toolkits, X11 and speech."""
    found = leak_search.writings_of(word)
    found += [("UTF-32LE", word.encode("utf-32-le")), ("UTF-32BE", word.encode("utf-32-be")),
              ("64 bits a letter", b"".join(struct.pack("<Q", ord(letter)) for letter in word))]
    return found


class Needles:
    """Of one visit. What stands for what: `words` that were typed, `pairs` of variable and option that were chosen."""

    def __init__(self, words, pairs):
        self.all = [("words", writing, data) for word in words for writing, data in writings_of(word)]
        self.all += [("answers", "a pair", text.encode()) for variable, option in pairs
                     for text in leak_search.pairs_of(variable, option)]

    def add_four_words(self, words):
        for between in ('","', " ", ", ", "\n", "-"):
            self.all.append(("four words", "one after the other", between.join(words).encode()))

    def add_pixels(self, rows):
        """Rows of pixels of 24 bits, as a server of pixels of 32 bits holds them."""
        for row in rows:
            for fourth in (0x00, 0xFF):
                self.all += [("pixels", "32 bits a pixel", window)
                             for window in windows_of(as_32_bits(row, fourth), 4, ROW_PIXELS, PIXELS_EVERY)]

    def add_sound(self, frames):
        self.all += [("sound", "16 bits a frame", window) for window in windows_of(frames, 2, SOUND_FRAMES, SOUND_EVERY)]

    def search(self):
        return Search(self.all)


class Search:
    """In one pass over each content, by the library that search.cc becomes."""

    def __init__(self, needles):
        self.needles = list(needles)
        self.library = ctypes.CDLL(str(line.PROGRAMS / "canary_search.so"))
        self.library.canary_search_new.restype = ctypes.c_void_p
        count = len(self.needles)
        self.bodies = (ctypes.c_char_p * count)(*(data for _, _, data in self.needles))
        sizes = (ctypes.c_size_t * count)(*(len(data) for _, _, data in self.needles))
        self.found = (ctypes.c_uint8 * count)()
        self.search = ctypes.c_void_p(self.library.canary_search_new(self.bodies, sizes, ctypes.c_size_t(count)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.library.canary_search_free(self.search)

    def finds_in(self, content):
        """{(what, writing)}"""
        ctypes.memset(self.found, 0, len(self.found))
        self.library.canary_search(self.search, content, ctypes.c_size_t(len(content)), self.found)
        return {needle[:2] for needle, is_found in zip(self.needles, self.found) if is_found} if any(self.found) else set()


def as_32_bits(row, fourth):
    """Blue first; what X11 and Cairo call 24 bits deep, with whatever stands in the byte that is not used."""
    pixels = bytearray([fourth]) * (len(row) // 3 * 4)
    pixels[0::4], pixels[1::4], pixels[2::4] = row[2::3], row[1::3], row[0::3]
    return bytes(pixels)


def windows_of(data, size, count, every):
    """Pieces of so many values of `size` bytes, from every so-many-th value on, that are like nothing else: in each quarter
    of them the values differ."""
    found, length = [], size * count
    for at in range(0, len(data) - length + 1, every * size):
        quarters = [data[at + length * number // 4:at + length * (number + 1) // 4] for number in range(4)]
        if all(len({part[i:i + size] for i in range(0, len(part), size)}) >= FEWEST_DIFFERENT for part in quarters):
            found.append(bytes(data[at:at + length]))
    return found


def keys_apart(content, codes):
    """How many bytes apart these codes of keys stand, one after the other in equal steps, each a number of 32 bits; None:
    they do not. As in a queue of events, of which each holds one."""
    places = [[found.start() for found in re.finditer(re.escape(bytes([code, 0, 0, 0])), content)] for code in codes[:2]]
    for begin in places[0]:
        first = bisect.bisect_right(places[1], begin)
        for second in places[1][first:bisect.bisect_right(places[1], begin + MOST_APART)]:
            step = second - begin
            if all(content[begin + step * number:begin + step * number + 4] == bytes([code, 0, 0, 0])
                   for number, code in enumerate(codes)):
                return step
    return None
