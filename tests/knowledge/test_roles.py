import tomllib
from pathlib import Path

import pytest

from dragoman import knowledge
from dragoman.knowledge.roles import Roles, singular

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/knowledge/roles.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def roles() -> Roles:
    return knowledge.load().roles


@pytest.mark.parametrize("case", CASES["role"], ids=lambda case: case["phrase"])
def test_what_a_role_noun_says(case: dict, roles: Roles) -> None:
    """Key, sectors, office, and whether the carrier is a deputy or a former holder."""
    role = roles.role(case["phrase"])

    assert role is not None
    assert (case["key"], case["sectors"]) == (role.key, " ".join(role.sectors))
    assert (case.get("deputy", False), case.get("former", False)) == (role.deputy, role.former)
    assert "office" not in case or case["office"] == role.office_key


@pytest.mark.parametrize("case", CASES["body"], ids=lambda case: case["phrase"])
def test_what_organ_a_phrase_names(case: dict, roles: Roles) -> None:
    """A canonical name with room for the country, and sectors."""
    body = roles.body(case["phrase"])

    assert body is not None
    assert (case["name"], case["sectors"]) == (body.name_template, " ".join(body.sectors))


@pytest.mark.parametrize("phrase", CASES["nothing"])
def test_ordinary_words_are_neither(phrase: str, roles: Roles) -> None:
    """None, not a guess."""
    assert (roles.role(phrase), roles.body(phrase)) == (None, None)


@pytest.mark.parametrize(
    ("plural", "one"),
    [("gunmen", "gunman"), ("spies", "spy"), ("police", "police"), ("bosses", "boss"), ("women", "women")],
)
def test_singulars(plural: str, one: str) -> None:
    """Regular plurals and those in -men."""
    assert one == singular(plural)
