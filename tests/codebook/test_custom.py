"""A user's own categories."""

import pytest

from dragoman.codebook import load_custom, shipped
from dragoman.errors import CodebookError

GOOD = """
name = "Labour disputes"

[[category]]
code = "WALKOUT"
name = "Walkout"
definition = "Workers stop work."
parent = "PROTEST"
parent_modes = ["strike"]

[[category.mode]]
code = "wildcat"
definition = "Without a call from a union."

[[category.mode]]
code = "general"
definition = "In many trades at once."

[[category]]
code = "LABOUR_TALKS"
name = "Labour talks"
definition = "Employers and unions meet."
parent = "CONSULT"
"""


def write(folder, text):
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_categories_are_found_by_code_and_by_parent(tmp_path, book):
    mine = load_custom(write(tmp_path, GOOD))

    assert mine.name == "Labour disputes"
    assert list(mine.categories) == ["WALKOUT", "LABOUR_TALKS"]
    assert [mode.code for mode in mine.category("WALKOUT").modes] == ["wildcat", "general"]
    assert [one.code for one in mine.under("PROTEST", ["strike", "demo"])] == ["WALKOUT"]
    assert mine.under("PROTEST", ["demo"]) == ()
    assert [one.code for one in mine.under("CONSULT")] == ["LABOUR_TALKS"]
    assert all(set(category.parents) <= set(book.types) for category in mine.categories.values())


def test_an_unknown_category_names_what_is_near(tmp_path):
    with pytest.raises(CodebookError, match=r"'WALKOUTS' is no category of Labour disputes\. Try WALKOUT"):
        load_custom(write(tmp_path, GOOD)).category("WALKOUTS")


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    text = """
title = "Labour disputes"

[[category]]
code = "walkout"
name = "Walkout"
definition = ""
parent = "PROTESTS"

[[category]]
code = "ASSAULT"
name = "Mine"
definition = "Mine."
parent = "CONSULT"
parent_modes = ["strike"]

[[category]]
code = "TWICE"
name = "Twice"
definition = "Twice."
parent = "AID"
parent_modes = ["money"]

[[category.mode]]
code = "Big"
definition = 5

[[category]]
code = "TWICE"
name = "Twice"
definition = "Twice."
parent = "AID"
"""
    with pytest.raises(CodebookError) as caught:
        load_custom(write(tmp_path, text))

    message = str(caught.value)
    for part in (
        "mine.toml:2: 'title' is no key here. Write one of: name, category",
        "mine.toml: 'name' is empty. Fill in 'name'",
        "mine.toml:5 (walkout): 'code' is 'walkout'. Write capital letters",
        "mine.toml:7 (walkout): 'definition' is empty",
        "mine.toml:8 (walkout): 'PROTESTS' is no PLOVER type. Write some of: AGREE, CONSULT",
        "mine.toml:11 (ASSAULT): ASSAULT is a PLOVER type",
        "mine.toml:15 (ASSAULT): 'strike' is no mode of CONSULT. Write some of: visit,",
        "mine.toml:22 (TWICE): AID has no modes. Strike parent_modes out",
        "mine.toml:25 (Big): 'code' is 'Big'. Write small letters",
        "mine.toml:26 (Big): 'definition' is 5 and no text",
        "mine.toml:29 (TWICE): TWICE stands already in line 17",
    ):
        assert part in message
    assert message.startswith(f"{tmp_path / 'mine.toml'}: 11 faults.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'name = "x', r"mine\.toml:1: is not TOML"),
        (b'name = "\xff"', r"mine\.toml:1: is not UTF-8\. Save it as UTF-8"),
        (b'name = "x"', r"mine\.toml: holds no category\. Write at least one \[\[category\]\]"),
        (b'name = "x"\ncategory = "WALKOUT"', r"'category' is no list of tables\. Write \[\[category\]\]"),
    ],
)
def test_a_file_that_is_no_codebook_says_why(tmp_path, content, message):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)

    with pytest.raises(CodebookError, match=message):
        load_custom(path)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(CodebookError, match=r"nothing\.toml: cannot be read: No such file or directory"):
        load_custom(tmp_path / "nothing.toml")


def test_the_hash_tells_two_files_apart(tmp_path):
    first = load_custom(write(tmp_path, GOOD)).hash
    second = load_custom(write(tmp_path, GOOD + "\n")).hash

    assert len(first) == 16
    assert first != second


PATTERNS = """
name = "Mine"
[[category]]
code = "BLOCKED"
name = "Blocked"
definition = "Traffic is stopped."
parent = ["PROTEST", "COERCE"]
priority = "high"
phrases = [
    "block road",
    "",
]
[[category.pattern]]
actor = ["CVL", "PEOPLE"]
contexts = ["sport"]
dependency = [{ relation = "object", lemma = ["road"] }, { lemma = ["street"] }]
[[category.pattern]]
without = ["snow"]
[[category.mode]]
code = "night"
definition = "At night."
phrase = ["at night"]
"""


def test_faults_of_patterns_have_lines_too(tmp_path):
    with pytest.raises(CodebookError) as caught:
        load_custom(write(tmp_path, PATTERNS))

    message = str(caught.value)
    for part in (
        "mine.toml:8 (BLOCKED): 'priority' is 'high' and no whole number. Write priority = 10",
        "mine.toml:9 (BLOCKED): 'phrases' is no list of words. Write phrases = [\"…\"]",
        "mine.toml:14 (BLOCKED): 'PEOPLE' is no sector. Write some of: AGR,",
        "mine.toml:15 (BLOCKED): 'sport' is no context. Write some of:",
        "mine.toml:16 (BLOCKED): 'object' is no relation. Write one of: acl,",
        "mine.toml:16 (BLOCKED): a dependency has no 'relation'. Write { relation",
        "mine.toml:17 (BLOCKED): the pattern asks for nothing. Write one of: trigger,",
        "mine.toml:22 (night): 'phrase' is no key here. Write one of: code, definition, phrases, pattern",
    ):
        assert part in message
    assert "8 faults" in message


def test_one_broken_block_does_not_hide_the_others(tmp_path):
    text = GOOD.replace('name = "Walkout"', 'name = "Walkout').replace(
        'parent = "CONSULT"', 'parent = "TALK"'
    )

    with pytest.raises(CodebookError) as caught:
        load_custom(write(tmp_path, text))

    message = str(caught.value)
    assert "2 faults" in message
    assert "mine.toml:6: is not TOML: " in message
    assert "mine.toml:23 (LABOUR_TALKS): 'TALK' is no PLOVER type. Write some of: AGREE," in message


def test_a_shipped_codebook_is_found_by_its_name():
    assert shipped() == ("ceasefire", "protest")
    assert {load_custom(name).file for name in shipped()} == {"ceasefire.toml", "protest.toml"}


def test_patterns_keep_their_lines_and_their_words(tmp_path):
    text = GOOD + '\nphrases = ["sit down", "meet employers"]\n[[category.pattern]]\ntrigger = "talk"\n'
    patterns = load_custom(write(tmp_path, text)).category("LABOUR_TALKS").patterns

    assert [(one.line, str(one)) for one in patterns] == [
        (25, "phrase 'sit down'"),
        (25, "phrase 'meet employers'"),
        (26, "trigger talk"),
    ]
