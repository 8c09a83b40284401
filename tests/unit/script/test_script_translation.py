from __future__ import annotations

import pytest

from generique.model.errors import UnreadableInput
from generique.model.shot import ShotList
from generique.script.breakdown import break_down
from generique.script.fountain import parse_fountain
from generique.script.translation import draft_translation, read_title, read_translation

SCRIPT = "INT. A\n\n[[shot: x]]\n\nBOB\nOne.\n\nBOB\nTwo.\n"
FRENCH = """\
# mine
schema = "generique/language/1"
title = "Titre"

[[line]]
id = "1-L2"
source = "Two."
text = "Deux."

# one
[[line]]
id = "1-L1"
source = "One."
text = "Un."  # short
"""


def shots(script: str = SCRIPT) -> ShotList:
    return break_down(parse_fountain(script, where="a"), language="en", title="T")


def read(text: str, script: str = SCRIPT) -> dict[str, str]:
    return read_translation(text, shots(script), language="fr", where="fr.toml")


def test_read_in_order_of_the_film() -> None:
    assert list(read(FRENCH).items()) == [("1-L1", "Un."), ("1-L2", "Deux.")]
    assert read_title(FRENCH, where="fr.toml") == "Titre"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('source = "One."', 'source = "Once."', 13, "changed since it was translated"),
        ('text = "Un."', 'text = " "', 14, "not yet translated into fr: 1-L1"),
        ('id = "1-L1"', 'id = "1-L2"', 12, "given twice"),
        ('id = "1-L1"', 'id = "9-L9"', 12, "not a line of this film"),
        ('id = "1-L1"', 'idd = "1-L1"', 12, "unknown key 'idd'"),
        ('text = "Un."', "text = 1", 14, "not a text"),
        ('text = "Un."', "", 11, "has no text"),
        ('title = "Titre"', "", 1, "no title"),
        ('title = "Titre"', 'title = ""', 3, "no title"),
        ("language/1", "language/2", 2, "language file of this version"),
        ('"Titre"', '"Titre', 3, "not a TOML file"),
    ],
)
def test_errors_name_the_line(old: str, new: str, line: int, what: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(FRENCH.replace(old, new, 1))
    assert what in caught.value.what
    assert caught.value.where == f"fr.toml:{line}"
    assert caught.value.next_step


def test_missing_lines_are_named() -> None:
    with pytest.raises(UnreadableInput, match="not yet translated into fr: 1-L3"):
        read(FRENCH, SCRIPT + "\nBOB\nThree.\n")


def test_a_draft_asks_for_what_is_missing() -> None:
    text = draft_translation(shots(), None, "de")
    with pytest.raises(UnreadableInput, match="no title"):
        read(text)
    filled = text.replace('title = ""', 'title = "Titel"').replace('text = ""', 'text = "Ja."')
    assert read(filled) == {"1-L1": "Ja.", "1-L2": "Ja."}
    assert draft_translation(shots(), filled, "de") == filled


def test_a_draft_keeps_what_people_wrote() -> None:
    script = SCRIPT.replace("Two.", "Twice.") + "\nBOB\nThree.\n"
    text = draft_translation(shots(script), FRENCH, "fr")
    assert "# mine" in text
    assert '# one\n[[line]]\nid = "1-L1"\nsource = "One."\ntext = "Un."  # short' in text
    assert "# before, original: Two.\n# before, translation: Deux.\n[[line]]" in text
    assert 'source = "Twice."\ntext = ""' in text
    assert 'id = "1-L3"\nsource = "Three."\ntext = ""' in text
    assert draft_translation(shots(script), text, "fr") == text
    gone = draft_translation(shots("INT. A\n\n[[shot: x]]\n\nBOB\nTwo.\n"), FRENCH, "fr")
    assert "Un." in gone
    assert "Deux" not in gone


def test_a_draft_refuses_what_it_cannot_keep() -> None:
    with pytest.raises(UnreadableInput, match="given twice"):
        draft_translation(shots(), FRENCH.replace("1-L1", "1-L2"), "fr")
    inline = 'schema = "generique/language/1"\nline = [{id="1-L1", source="One.", text="Un."}]\n'
    with pytest.raises(UnreadableInput, match="tables of their own"):
        draft_translation(shots(), inline, "fr")
    assert 'title = ""' in draft_translation(shots(), 'schema = "generique/language/1"\n', "fr")
