"""From a PLOVER act to a CAMEO code and back; every decision is a row of a table.

PLOVER to CAMEO: the rows of `plover_to_cameo.csv` are tried in their order, and the first that fits decides.
A row without a mode fits any, one without contexts fits any, `a+b` wants both. Where the trigger's lemma is
given, `wordings.csv` may then tell apart what PLOVER joins (an appeal and a demand, praise and a treaty).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.entries import CameoEntry, PloverChoice, TypeEntry
from dragoman.codebook.tables import Faults, Row, read_csv

FILES = (
    "crosswalk/cameo_to_plover.csv",
    "crosswalk/plover_to_cameo.csv",
    "crosswalk/wordings.csv",
    "crosswalk/ambiguities.csv",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of `plover_to_cameo.csv`."""

    type: str
    mode: str
    contexts: frozenset[str]
    cameo: str
    also: tuple[str, ...]
    reason: str
    where: str

    def fits(self, modes: Collection[str], contexts: Collection[str]) -> bool:
        """Whether the act has the mode and all the contexts that the row asks for."""
        return (not self.mode or self.mode in modes) and self.contexts <= set(contexts)

    def covers(self, other: "Rule") -> bool:
        """Whether every act that the other row fits, this row fits too."""
        return self.type == other.type and self.mode in ("", other.mode) and self.contexts <= other.contexts


@dataclass(frozen=True, slots=True)
class Wording:
    """One row of `wordings.csv`: with these lemmas the chosen code (`10*`: any below 10) becomes another."""

    type: str
    mode: str
    contexts: frozenset[str]
    lemmas: frozenset[str]
    chosen: str
    becomes: str
    reason: str
    where: str

    def fits(self, modes: Collection[str], contexts: Collection[str], lemma: str) -> bool:
        """Whether the act has the lemma, the mode and all the contexts that the row asks for."""
        return (
            lemma in self.lemmas and (not self.mode or self.mode in modes) and self.contexts <= set(contexts)
        )

    def replace(self, code: str) -> str | None:
        """The code that the wording puts in place of the chosen one; null if it has nothing to say."""
        if not self.chosen.endswith("*"):
            return self.becomes if code == self.chosen else None
        stem = self.chosen[:-1]
        if not code.startswith(stem):
            return None
        return self.becomes[:-1] + code[len(stem) :] if self.becomes.endswith("*") else self.becomes


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """An act that does not come back whole from its CAMEO code, or whose root code stands for another type.

    back: the act that the code leads to, as TYPE or TYPE/mode; root: the type that its root leads to.
    """

    type: str
    mode: str
    cameo: str
    back: str
    root: str
    reason: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The tables of the crosswalk."""

    rules: Mapping[str, tuple[Rule, ...]]
    wordings: Mapping[str, tuple[Wording, ...]]
    back: Mapping[str, PloverChoice]
    ambiguities: tuple[Ambiguity, ...]

    def choose(
        self, kind: str, modes: Collection[str], contexts: Collection[str], lemmas: Sequence[str]
    ) -> tuple[str, tuple[str, ...], str]:
        """Code, other codes that fit (best first), and the reason with its row. The first lemma that tells decides."""
        first, *others = (rule for rule in self.rules[kind] if rule.fits(modes, contexts))
        code, reason = first.cameo, f"{first.reason} ({first.where})"
        # The last row of a type fits every act of it: it is no alternative, only where all else fails.
        alternatives = [*first.also, *(rule.cameo for rule in others if rule.mode or rule.contexts)]
        wordings = [(lemma, wording) for lemma in lemmas for wording in self.wordings.get(kind, ())]
        for lemma, wording in wordings:
            replaced = wording.replace(code)
            if replaced and wording.fits(modes, contexts, lemma):
                alternatives = [code, *alternatives]
                if wording.becomes.endswith("*"):  # the whole branch moves, and the runners-up with it
                    alternatives = [*filter(None, map(wording.replace, alternatives)), code]
                code, reason = replaced, f"{wording.reason}: {lemma!r} ({wording.where})"
                break
        return code, tuple(other for other in dict.fromkeys(alternatives) if other != code), reason


def read_crosswalk(
    data: Path,
    types: Mapping[str, TypeEntry],
    contexts: Collection[str],
    cameo: Mapping[str, CameoEntry],
    faults: Faults,
) -> Crosswalk:
    """Read the tables under `data/crosswalk`; what is wrong goes into `faults`."""
    folder = data / "crosswalk"
    return Crosswalk(
        rules=_rules(folder, types, contexts, cameo, faults),
        wordings=_wordings(folder, types, contexts, cameo, faults),
        back=_back(folder, types, contexts, cameo, faults),
        ambiguities=_ambiguities(folder, types, cameo, faults),
    )


def _rules(
    folder: Path,
    types: Mapping[str, TypeEntry],
    contexts: Collection[str],
    cameo: Mapping[str, CameoEntry],
    faults: Faults,
) -> dict[str, tuple[Rule, ...]]:
    rules: dict[str, list[Rule]] = {code: [] for code in types}
    columns = ("type", "mode", "contexts", "cameo", "also", "reason")
    for row in read_csv(folder / "plover_to_cameo.csv", columns, ("type", "mode", "contexts"), faults):
        kind, mode = _act(row, types)
        rule = Rule(
            type=kind,
            mode=mode,
            contexts=_wanted(row, contexts),
            cameo=row.choice("cameo", cameo),
            also=row.choices("also", cameo),
            reason=row.text("reason"),
            where=row.where,
        )
        earlier = next((one for one in rules.get(kind, ()) if one.covers(rule)), None)
        if earlier:
            faults.add(
                row.where,
                f"is never reached: {earlier.where} comes first and fits more",
                "Put it before that row",
            )
        rules.setdefault(kind, []).append(rule)
    for code, found in rules.items():
        if not any(not rule.mode and not rule.contexts for rule in found):
            faults.add(
                "plover_to_cameo.csv",
                f"{code} has no row of its own",
                f"Add '{code},,,<CAMEO code>,,<reason>' as its last row",
            )
    return {code: tuple(found) for code, found in rules.items()}


def _wordings(
    folder: Path,
    types: Mapping[str, TypeEntry],
    contexts: Collection[str],
    cameo: Mapping[str, CameoEntry],
    faults: Faults,
) -> dict[str, tuple[Wording, ...]]:
    wordings: dict[str, list[Wording]] = {}
    columns = ("type", "mode", "contexts", "lemmas", "chosen", "becomes", "reason", "source")
    for row in read_csv(
        folder / "wordings.csv", columns, ("type", "mode", "contexts", "chosen", "becomes"), faults
    ):
        kind, mode = _act(row, types)
        lemmas = row.text("lemmas").split()
        if lemmas != sorted(set(lemmas)):
            faults.add(
                row.where, "'lemmas' repeat or are out of order", f"Write: {' '.join(sorted(set(lemmas)))}"
            )
        chosen, becomes = row.text("chosen"), row.text("becomes")
        for column, code in (("chosen", chosen), ("becomes", becomes)):
            if code.removesuffix("*") not in cameo:
                faults.add(
                    row.where,
                    f"'{column}' is {code!r}, which is no CAMEO code",
                    "Use one of codes.csv, with * for all below it",
                )
        if becomes.endswith("*"):
            stem, new = chosen[:-1], becomes[:-1]
            lost = [code for code in cameo if code.startswith(stem) and new + code[len(stem) :] not in cameo]
            if lost:
                faults.add(
                    row.where, f"{lost[0]} has no counterpart below {new}", "Name the codes one by one"
                )
        wording = Wording(
            type=kind,
            mode=mode,
            contexts=_wanted(row, contexts),
            lemmas=frozenset(lemmas),
            chosen=chosen,
            becomes=becomes,
            reason=row.text("reason"),
            where=row.where,
        )
        wordings.setdefault(kind, []).append(wording)
    return {kind: tuple(found) for kind, found in wordings.items()}


def _back(
    folder: Path,
    types: Mapping[str, TypeEntry],
    contexts: Collection[str],
    cameo: Mapping[str, CameoEntry],
    faults: Faults,
) -> dict[str, PloverChoice]:
    acts = _acts(types)
    back = {}
    columns = ("cameo", "type", "mode", "also", "contexts", "swap", "reason", "source")
    for row in read_csv(folder / "cameo_to_plover.csv", columns, ("cameo",), faults):
        kind, mode = _act(row, types)
        reason, source = row.text("reason", needed=False), row.text("source")
        back[row.choice("cameo", cameo)] = PloverChoice(
            type=kind or None,
            mode=mode or None,
            contexts=row.choices("contexts", contexts),
            alternatives=row.choices("also", acts),
            swap=row.choice("swap", ("yes",), needed=False) == "yes",
            reason=f"{reason} ({source})" if reason else source,
        )
    for code in sorted(set(cameo) - set(back)):
        faults.add("cameo_to_plover.csv", f"no row for {code}", "Run scripts/build_codebook.py again")
    return back


def _ambiguities(
    folder: Path, types: Mapping[str, TypeEntry], cameo: Mapping[str, CameoEntry], faults: Faults
) -> tuple[Ambiguity, ...]:
    columns = ("type", "mode", "cameo", "back", "root", "reason")
    return tuple(
        Ambiguity(
            *_act(row, types),
            cameo=row.choice("cameo", cameo),
            back=row.choice("back", _acts(types)),
            root=row.choice("root", types),
            reason=row.text("reason"),
        )
        for row in read_csv(folder / "ambiguities.csv", columns, ("type", "mode"), faults)
    )


def _acts(types: Mapping[str, TypeEntry]) -> list[str]:
    """Every type, and every mode as TYPE/mode."""
    return [act for entry in types.values() for act in (entry.code, *(mode.key for mode in entry.modes))]


def _wanted(row: Row, contexts: Collection[str]) -> frozenset[str]:
    """The contexts of a row, all of which an act must have: `a+b`."""
    wanted = frozenset(row.text("contexts", needed=False).split("+")) - {""}
    for context in sorted(wanted - set(contexts)):
        what = f"'contexts' has {context!r}, which is no context"
        row.faults.add(row.where, what, "Use one of contexts.csv")
    return wanted


def _act(row: Row, types: Mapping[str, TypeEntry]) -> tuple[str, str]:
    """Type and mode of a row, the mode one of that type; both may be empty."""
    kind = row.choice("type", types, needed=False)
    modes = [mode.code for mode in types[kind].modes] if kind in types else []
    return kind, row.choice("mode", modes, needed=False)
