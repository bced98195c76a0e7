"""The codes that a gold file may use."""

from collections.abc import Mapping
from dataclasses import dataclass

POLARITIES = ("affirmed", "negated")
REALIS = ("actual", "future", "hypothetical", "historical")
CERTAINTIES = ("certain", "probable", "possible")
STATEMENT_KINDS = ("direct", "indirect", "mixed")
STANCES = ("support", "oppose", "neutral", "mixed")
COUNTS = ("killed", "injured", "arrested", "displaced", "participants", "amount")

_DEPENDENT = """
ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO
GGY GIB GLP GRL GUF GUM HMD IMN IOT JEY MAC MAF MNP MSR MTQ MYT NCL NFK
NIU PCN PRI PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF
"""
TERRITORIES = frozenset(_DEPENDENT.split())
"""Dependent territories, alpha-3: places of their own, while who acts there acts as the state (guidelines.md
§7, case 18). Source: ISO 3166-1, entries that are not independent, without HKG, PSE and TWN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What a codebook knows. modes: by type; need_recipient: types that are wrong without a recipient.

    countries: ISO 3166-1 alpha-3 and the non-state codes; empty: any three capitals are taken.
    """

    modes: Mapping[str, frozenset[str]]
    contexts: frozenset[str]
    sectors: frozenset[str]
    need_recipient: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


def codebook_codes() -> Codes:
    """The codes of the shipped codebook; countries: any three capitals."""
    from dragoman import codebook

    book = codebook.load()
    return Codes(
        modes={type_: frozenset(book.modes(type_)) for type_ in book.types},
        contexts=frozenset(book.contexts),
        sectors=frozenset(book.sectors),
        need_recipient=frozenset(type_ for type_ in book.types if book.needs_recipient(type_)),
    )
