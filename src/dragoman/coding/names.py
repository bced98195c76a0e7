"""Do two names of persons or organisations belong together? Titles, last names, initials, abbreviations."""

import re
from functools import lru_cache

from dragoman.coding.mentions import LINKING
from dragoman.knowledge.folding import fold

_SPLIT = re.compile(r"[\s\-–’'.]+")
_CAPITALS = re.compile(r"^[A-Z][A-Za-z]*\.?(?:[A-Z]\.?)+$|^[A-Z]{2,8}$")
_ARTICLES = frozenset(
    {
        "al",
        "el",
        "the",
        "bin",
        "ibn",
        "de",
        "da",
        "do",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "abu",
        "ul",
        "ur",
        "jr",
        "sr",
    }
)


# Passed over when persons are compared: small words, and what tells a son from his father.
_ASIDE = _ARTICLES | {"ii", "iii", "iv"}


@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without accents and marks: "Im Chŏn-il" → im, chon, il."""
    return tuple(part for part in _SPLIT.split(fold(name)) if part)


def is_abbreviation(name: str) -> bool:
    """Tell whether a name is written in capitals as an abbreviation ("KCNA", "U.N.")."""
    return " " not in name and _CAPITALS.match(name) is not None


def initials(name: str) -> str:
    """The first letters of the capitalised words: "International Criminal Court" → ICC."""
    return "".join(
        word[0] for word in re.split(r"[\s\-]+", name) if word[:1].isupper() and word.lower() not in LINKING
    )


def abbreviates(short: str, full: str) -> bool:
    """Tell whether `short` could be made of the first letters of `full`."""
    letters = short.replace(".", "")
    return len(letters) >= 2 and is_abbreviation(short) and letters.upper() == initials(full).upper()


def same_person(short: str, full: str) -> int:
    """How well a shorter name fits a fuller one: 0 not at all, 1 a given name, 2 a family name, 3 the same.

    The family name is the last word, or the first where names begin with it ("Xi Jinping"), so either end
    counts, the last one more; articles ("al-", "van") are passed over.
    """
    a = tuple(part for part in name_parts(short) if part not in _ASIDE) or name_parts(short)
    b = tuple(part for part in name_parts(full) if part not in _ASIDE) or name_parts(full)
    if not a or not b:
        return 0
    if a == b or tuple(sorted(a)) == tuple(sorted(b)):
        return 3
    if len(a) > 1 and len(a[0]) == 1 and a[-1] == b[-1] and b[0].startswith(a[0]):
        return 3
    if len(a) >= len(b):
        return 0
    if a == b[-len(a) :]:
        return 2
    if a == b[: len(a)]:
        return 2 if len(b) == 3 and len(a) == 1 and len(b[0]) <= 5 else 1
    if len(a) == 1:
        return 1 if a[0] in b and len(a[0]) > 3 else 0
    # "George Bush" and "George Walker Bush"
    if a[-1] == b[-1] and a[0] == b[0]:
        return 3
    return 2 if set(a) <= set(b) else 0


def same_organisation(short: str, full: str) -> bool:
    """Tell whether a shorter name of an organisation stands for a fuller one ("Wagner" for "Wagner Group")."""
    a, b = name_parts(short), name_parts(full)
    a = a[1:] if a[:1] == ("the",) else a
    b = b[1:] if b[:1] == ("the",) else b
    if not a or not b:
        return False
    return (
        a == b
        or (len(a) < len(b) and (a == b[: len(a)] or (len(a) > 1 and a == b[-len(a) :])))
        or abbreviates(short, full)
    )
