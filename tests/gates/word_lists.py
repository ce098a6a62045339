"""The lists from which the four words of a withdrawal are drawn: 2 048 different words, easy to read and to type."""

import itertools
import string
import unicodedata

import gate

REASON = "11 bits a word are what keeps a stranger from guessing; a word that can not be typed can not take answers back"

COUNT = 2048
SHORTEST, LONGEST = 3, 8
LETTERS = {"en": set(string.ascii_lowercase), "cy": set("abcdefghijlmnoprstuwy" + "âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ")}
ANY_LETTER = LETTERS["en"] | LETTERS["cy"]


def without_marks(word):
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def complaints_about_words(where, language, words):
    for line, word in enumerate(words, 1):
        if word != unicodedata.normalize("NFC", word):
            yield f"{where}:{line}: '{word}' is not in NFC"
        elif not set(word) <= LETTERS.get(language, ANY_LETTER):
            yield f"{where}:{line}: '{word}' has other characters than small letters of the language"
        elif not SHORTEST <= len(word) <= LONGEST:
            yield f"{where}:{line}: '{word}' has {len(word)} letters; {SHORTEST} to {LONGEST} are allowed"
    for line, (before, word) in enumerate(itertools.pairwise(words), 2):
        if before > word:
            yield f"{where}:{line}: '{word}' stands after '{before}'; sort the list by code points"
    alike = {}
    for line, word in enumerate(words, 1):
        first = alike.setdefault(without_marks(word), line)
        if first != line:
            yield f"{where}:{line}: '{word}' is, without its accents, the word of line {first}"
    if len(words) != COUNT:
        yield f"{where}: {len(words)} words; there must be {COUNT}"


def check(root):
    lists = [path for path in gate.files_of(root) if path.name.endswith(".words.txt")]
    complaints = [] if lists else ["there are no word lists"]
    for path in lists:
        text = path.read_text()
        if not text.endswith("\n"):
            complaints.append(f"{gate.at(root, path)}: the last line has no end")
        complaints += complaints_about_words(gate.at(root, path), path.name.split(".")[0], text.splitlines())
    return complaints


def tree(change=lambda words: words):
    words = ["".join(letters) for letters in itertools.islice(itertools.product("abcdefgh", repeat=4), COUNT)]
    return {"assets/texts/en.words.txt": "\n".join(change(words)) + "\n"}


SOUND = tree()
SPOILT = [
    gate.Spoilt("a word too few", tree(lambda words: words[1:]), "2047 words"),
    gate.Spoilt("a word twice", tree(lambda words: [*words[:-1], words[-2]]), "is, without its accents, the word of"),
    gate.Spoilt("a list that is not sorted", tree(lambda words: words[::-1]), "sort the list"),
    gate.Spoilt("a short word", tree(lambda words: ["aa", *words[1:]]), "has 2 letters"),
    gate.Spoilt("a capital", tree(lambda words: ["Aaaa", *words[1:]]), "other characters"),
    gate.Spoilt("a word in pieces", tree(lambda words: ["aaaa\u0302", *words[1:]]), "not in NFC"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
