"""The codebook: PLOVER, CAMEO and the crosswalk between them, loaded once and never changed."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dragoman.codebook import cameo as cameo_tables
from dragoman.codebook import constraints as constraint_tables
from dragoman.codebook import crosswalk as crosswalk_tables
from dragoman.codebook import plover as plover_tables
from dragoman.codebook.constraints import Constraints
from dragoman.codebook.crosswalk import Ambiguity, Crosswalk
from dragoman.codebook.entries import (
    AuxiliaryEntry,
    CameoChoice,
    CameoEntry,
    ContextEntry,
    Entry,
    FormerEntry,
    ModeEntry,
    NonStateEntry,
    PloverChoice,
    Reciprocity,
    SectorEntry,
    TypeEntry,
)
from dragoman.codebook.tables import Faults
from dragoman.errors import CodebookError
from dragoman.records import Quad, Status

DATA = Path(__file__).with_name("data")
FILES = (*plover_tables.FILES, *constraint_tables.FILES, *cameo_tables.FILES, *crosswalk_tables.FILES)
DONE = ("actual", "historical")
SHOWN = 16  # codes offered where none is near: all types, and no more than a line


@dataclass(frozen=True, slots=True, eq=False)
class Codebook:
    """All codes with what is known of them. The mappings are read-only and in the order of the tables.

    hash: first 16 hex digits of sha256 over the data files; it stands in every run.
    """

    types: Mapping[str, TypeEntry]
    contexts: Mapping[str, ContextEntry]
    sectors: Mapping[str, SectorEntry]
    nonstate: Mapping[str, NonStateEntry]
    auxiliary: Mapping[str, AuxiliaryEntry]
    cameo_codes: Mapping[str, CameoEntry]
    ambiguities: tuple[Ambiguity, ...]
    constraints: Constraints
    hash: str
    _data: Path
    _former: Mapping[tuple[str, str], FormerEntry]
    _crosswalk: Crosswalk

    def __reduce__(self) -> tuple[object, ...]:
        """A copy in another process is read from the same tables."""
        return load, (self._data,)

    def type(self, code: str) -> TypeEntry:
        """The entry of an event type. Raises CodebookError for an unknown one, as all look-ups here do."""
        if code not in self.types:
            raise unknown(code, "event type", self.types)
        return self.types[code]

    def modes(self, type: str) -> Mapping[str, ModeEntry]:
        """The modes of a type by code; empty for the types that have none."""
        return {mode.code: mode for mode in self.type(type).modes}

    def mode(self, type: str, code: str) -> ModeEntry:
        """The entry of one mode of a type."""
        modes = self.modes(type)
        if code not in modes:
            raise unknown(code, f"mode of {type}", modes)
        return modes[code]

    def quad(self, type: str) -> Quad:
        """PLOVER's quadrant of a type."""
        return self.type(type).quad

    def scale(self, type: str, modes: Collection[str] = ()) -> float:
        """PLOVER score of an act, -10 (hostile) to 10 (friendly).

        Without modes it is the type's score; with several, that of the mode furthest from zero (of two
        equally far, the more hostile), so that a further mode never hides a graver one.
        """
        scores = [self.mode(type, mode).score for mode in modes]
        return min(scores, key=lambda score: (-abs(score), score)) if scores else self.type(type).score

    def needs_recipient(self, type: str) -> bool:
        """Whether PLOVER requires a recipient."""
        return self.type(type).needs_recipient

    def reciprocity(self, type: str, modes: Collection[str] = ()) -> Reciprocity:
        """Whether all parties of such an act are actors: always, possible (as the text tells it) or never.

        A mode with a side of its own decides: one `never` among the modes gives never.
        """
        found = [self.mode(type, mode).reciprocal for mode in modes] or [self.type(type).reciprocal]
        return "never" if "never" in found else found[0]

    def is_reciprocal(self, type: str, modes: Collection[str] = ()) -> bool:
        """Whether all parties of such an act are always actors (talks without known host and visitor)."""
        return self.reciprocity(type, modes) == "always"

    def auxiliary_modes(self, status: Status) -> tuple[str, ...]:
        """PLOVER's auxiliary modes of a status: historical, future, hypothetical, negation."""
        return tuple(
            entry.code for entry in self.auxiliary.values() if getattr(status, entry.field) == entry.value
        )

    def cameo(
        self,
        type: str,
        modes: Collection[str] = (),
        contexts: Collection[str] = (),
        status: Status | None = None,
        *,
        lemma: str | Sequence[str] | None = None,
    ) -> CameoChoice:
        """The CAMEO code of a PLOVER act.

        status: without it the act is taken as done; it never changes the code, only `told_as_done`.
        lemma: lower-case lemma of the trigger, or of each of its words. CAMEO parts what PLOVER joins (an appeal,
        root 02, from a demand, root 10), and only the wording tells which; without it the official table decides.
        """
        for mode in modes:
            self.mode(type, mode)
        for context in contexts:
            if context not in self.contexts:
                raise unknown(context, "context", self.contexts)
        self.type(type)
        code, alternatives, reason = self._crosswalk.choose(
            type, modes, contexts, (lemma,) if isinstance(lemma, str) else tuple(lemma or ())
        )
        status = status or Status()
        return CameoChoice(
            code=code,
            goldstein=self.cameo_codes[code].goldstein,
            alternatives=alternatives,
            reason=reason,
            told_as_done=status.polarity == "affirmed" and status.realis in DONE,
        )

    def from_cameo(self, code: str) -> PloverChoice:
        """The PLOVER act of a CAMEO code, root codes included."""
        self._cameo_entry(code)
        return self._crosswalk.back[code]

    def goldstein(self, code: str) -> float:
        """Goldstein value of a CAMEO code, -10 to 10."""
        return self._cameo_entry(code).goldstein

    def former(self, kind: str, code: str) -> FormerEntry | None:
        """What became of a code of an older PLOVER; null if the code was never in use or still is.

        kind: type, mode (as TYPE/mode), context or country.
        """
        return self._former.get((kind, code))

    def describe(self, code: str) -> Entry:
        """The entry of a code of any kind: ASSAULT, ASSAULT/aerial, cyber, GOV, UNO, 190, historical.

        Letters may be of either case. A bare mode will do where no context and no other type has its name.
        """
        wanted = code.strip()
        found = self._by_name().get(wanted.casefold())
        if found is not None:
            return found
        modes = [
            mode for entry in self.types.values() for mode in entry.modes if mode.code == wanted.casefold()
        ]
        if len(modes) == 1:
            return modes[0]
        if modes:
            keys = " or ".join(mode.key for mode in modes)
            raise CodebookError(f"{code!r} is a mode of several types", where="codebook", do=f"Write {keys}")
        raise unknown(code, "code", [entry_name(entry) for entry in self])

    def search(self, word: str) -> tuple[Entry, ...]:
        """Entries that hold a word or a phrase; those first that have it in their code, then in the name."""
        wanted = word.strip().casefold()
        if not wanted:
            return ()
        ranked = [
            (rank, entry)
            for entry in self
            if (
                rank := next((i for i, text in enumerate(texts_of(entry)) if wanted in text.casefold()), None)
            )
            is not None
        ]
        return tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))

    def __iter__(self) -> Iterator[Entry]:
        """All entries: each type with its modes, contexts, sectors, non-state and auxiliary codes, CAMEO."""
        for entry in self.types.values():
            yield entry
            yield from entry.modes
        yield from self.contexts.values()
        yield from self.sectors.values()
        yield from self.nonstate.values()
        yield from self.auxiliary.values()
        yield from self.cameo_codes.values()

    def _cameo_entry(self, code: str) -> CameoEntry:
        if code not in self.cameo_codes:
            hint = (
                f" Write {code.zfill(len(code) + 1)} if its leading zero was lost"
                if f"0{code}" in self.cameo_codes
                else ""
            )
            raise CodebookError(
                f"{code!r} is no CAMEO code", where="codebook", do=f"Write two to four digits.{hint}"
            )
        return self.cameo_codes[code]

    def _by_name(self) -> dict[str, Entry]:
        """Entries by their full name in small letters; the first kind in reading order keeps a name."""
        names: dict[str, Entry] = {}
        for entry in self:
            names.setdefault(entry_name(entry).casefold(), entry)
        return names


def load(data: Path = DATA) -> Codebook:
    """Read the codebook's tables; the second call gives the same object.

    Raises CodebookError naming every faulty row and what to write there.
    """
    return _read(data)


@cache
def _read(data: Path) -> Codebook:
    faults = Faults()
    plover = plover_tables.read_plover(data, faults)
    constraints = constraint_tables.read_constraints(data, plover.types, faults)
    codes = cameo_tables.read_cameo(data, faults)
    crosswalk = crosswalk_tables.read_crosswalk(data, plover.types, plover.contexts, codes, faults)
    faults.raise_any(str(data))
    return Codebook(
        types=MappingProxyType(plover.types),
        contexts=MappingProxyType(plover.contexts),
        sectors=MappingProxyType(plover.sectors),
        nonstate=MappingProxyType(plover.nonstate),
        auxiliary=MappingProxyType(plover.auxiliary),
        cameo_codes=MappingProxyType(codes),
        ambiguities=crosswalk.ambiguities,
        constraints=constraints,
        hash=hash_files(data),
        _data=data,
        _former=MappingProxyType(plover.former),
        _crosswalk=crosswalk,
    )


def hash_files(data: Path) -> str:
    """First 16 hex digits of sha256 over names and bytes of the data files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(name.encode())
        digest.update((data / name).read_bytes())
    return digest.hexdigest()[:16]


def entry_name(entry: Entry) -> str:
    """The name that `describe` takes."""
    return entry.key if isinstance(entry, ModeEntry) else entry.code


def texts_of(entry: Entry) -> tuple[str, str, str]:
    """Code, name and running text of an entry, as `search` ranks them."""
    name = getattr(entry, "name", "")
    text = " ".join((getattr(entry, "definition", ""), getattr(entry, "boundary", "")))
    return entry_name(entry), name, text


def unknown(code: str, kind: str, known: Collection[str]) -> CodebookError:
    """The error for a code that is not there, with the nearest that are."""
    from difflib import get_close_matches  # only an error needs it, and it is slow to import

    names = {one.casefold(): one for one in known}
    near = [names[one] for one in get_close_matches(code.casefold(), names, n=3)] or list(known)[:SHOWN]
    do = f"Try {', '.join(near)}" if near else "It has none"
    return CodebookError(f"{code!r} is no {kind}", where="codebook", do=do)
