"""Says whether a text is English."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

# Little words of English prose. Where they make up a good part of a text it is English, names or not, and the
# identifier (a second to load) is not asked. Another language holds a few by chance ("in", "was"), not these.
LITTLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the of and to that was for on with said by from has have his her were which would will after at is "
        "are be been its they their who not but he she as an this had it in a",
    )
)
SURE_SHARE = 0.18  # English news has 0.35-0.45; Dutch, German and Danish articles at most 0.12
SURE_KINDS = frozenset({"the", "of", "and", "to", "said"})  # at least two of these must be among them
# Probabilities of py3langid, flat on short texts by design: "Putin met Xi." gives English 0.02 and nothing
# above 0.06, while one sentence of another language gives English below 0.005 and itself above 0.4.
ENGLISH_FLOOR = 0.01
OTHER_FLOOR = 0.3
READ_CHARACTERS = 20_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language(text: str, *, where: str) -> str | None:
    """Name the language: "en", or None if the text is too short to say.

    Raises InputError if it is surely another one: English all but excluded, and one other language likely.
    A short text of names is never refused, since nothing speaks against English.
    """
    head = text[:READ_CHARACTERS]
    if _reads_as_english(_WORD.findall(head.lower())):
        return "en"
    ranked = _identifier().rank(head)
    best, probability = ranked[0]
    english = dict(ranked)["en"]
    if english < ENGLISH_FLOOR and probability >= OTHER_FLOOR:
        raise InputError(
            f"not English ({best}, probability {probability:.2f})",
            where=where,
            do="Dragoman reads English only: leave the text out, or translate it first",
        )
    return "en" if best == "en" else None


def _reads_as_english(words: "Sequence[str]") -> bool:
    little = [word for word in words if word in LITTLE_WORDS]
    return len(little) >= max(4, SURE_SHARE * len(words)) and len(SURE_KINDS & set(little)) >= 2


@cache
def _identifier() -> Any:
    from py3langid.langid import LanguageIdentifier  # loads numpy and a model

    return LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
