"""Countries as wholes: every name, adjective, demonym and capital of one code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state, or one of PLOVER's codes for actors beyond states (UNO, EUR, IGO, NGO, MNC, ISM, IMG).

    code: ISO 3166-1 alpha-3 or PLOVER's; names: the usual one first; capitals: seat of government first.
    """

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    wikidata: str | None

    @property
    def adjective(self) -> str:
        """The usual adjective; the name itself where there is none."""
        return self.adjectives[0] if self.adjectives else self.name


# Source: PLOVER manual 2024, "International Non-state actor names".
BEYOND_STATES = {
    "UNO": "United Nations",
    "EUR": "European Union",
    "IGO": "international governmental organization",
    "NGO": "non-governmental organization",
    "MNC": "multinational corporation",
    "ISM": "international social movement",
    "IMG": "transnational militarized group",
}
