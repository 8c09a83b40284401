"""The disclosure path of the European Union, over every combination of answers."""

from __future__ import annotations

from itertools import product

import pytest
from clearance_pack_cases import ANSWERS, judgement

from generique.clearance.disclosure import PATH, Form, Path, disclosure_of, find_way
from generique.model.judgement import Question
from generique.model.people import Role

WORDS = ("yes", "no", "unsure", None, "maybe")
GENRES = ("documentary", "news", "docudrama", "fiction", "advertising")
STRICT = {"documentary", "news", "docudrama"}
ROLES = (None, Role.DIRECTOR, Role.COUNSEL)


def expected(genre: str, answers: tuple[str | None, ...], role: Role | None) -> Form | None:
    """The table of the reference, written anew as a table: what ends the path, and how."""
    first = list(zip(answers[:4], ("no", "yes", "no", "no"), strict=True))
    for answer, ends in first:
        if answer not in {"yes", "no"}:
            return None
        if answer == ends:
            return Form.NONE
    artistic, doubt = answers[4:]
    claimed = genre != "advertising" or role is Role.COUNSEL
    known = {"yes", "no", "unsure"}
    if genre in STRICT:
        return Form.STANDARD
    if artistic not in known:
        return None
    if artistic == "yes" and claimed:
        forms = {"no": Form.LIGHT, "yes": Form.STANDARD, "unsure": Form.STANDARD}
        return forms.get(doubt or "")
    return Form.STANDARD


@pytest.mark.parametrize("genre", GENRES)
def test_every_combination_of_answers(genre: str) -> None:
    count = 0
    for answers in product(WORDS, repeat=6):
        for role in ROLES:
            way = find_way(genre, answers, role)
            assert way.form == expected(genre, answers, role)
            assert (way.form is None) == (way.path is Path.OPEN) == (way.waits is not None)
            assert way.asked == PATH[: len(way.asked)]
            count += 1
    assert count == 5**6 * 3


def test_a_documentary_never_takes_the_lighter_form() -> None:
    for genre in STRICT:
        for answers in product(WORDS, repeat=6):
            assert find_way(genre, answers).form is not Form.LIGHT


def test_what_is_not_answered_is_open() -> None:
    found = disclosure_of("documentary", {})
    assert (found.path, found.form, found.waits) == (Path.OPEN, None, Question.GENERATED)
    assert found.answers == ()


def test_the_answers_on_the_path_are_named_with_their_person() -> None:
    said = {one.judgement.question: one for one in ANSWERS}
    found = disclosure_of("documentary", said)
    assert (found.path, found.form) == (Path.DEEP_FAKE, Form.STANDARD)
    assert [one.question for one in found.answers] == list(PATH[:4])
    assert {(one.person, one.role, one.entry) for one in found.answers} == {
        ("mira", Role.DIRECTOR, 9)
    }
    assert found.answers[0].reason == "looked at it"


def test_an_open_path_names_the_question_that_waits() -> None:
    said = {one.judgement.question: one for one in ANSWERS}
    del said[Question.ASSISTIVE]
    found = disclosure_of("fiction", said)
    assert found.waits is Question.ASSISTIVE
    assert [one.question for one in found.answers] == [Question.GENERATED]


def test_fiction_takes_the_lighter_form_only_without_doubt() -> None:
    said = {one.judgement.question: one for one in ANSWERS}
    said[Question.ARTISTIC] = judgement(Question.ARTISTIC, "yes", "film")
    assert disclosure_of("fiction", said).waits is Question.DOUBT
    said[Question.DOUBT] = judgement(Question.DOUBT, "no", "film")
    assert disclosure_of("fiction", said).form is Form.LIGHT
    assert disclosure_of("advertising", said).form is Form.STANDARD
    said[Question.ARTISTIC] = judgement(Question.ARTISTIC, "yes", "film", role=Role.COUNSEL)
    assert disclosure_of("advertising", said).form is Form.LIGHT
    said[Question.DOUBT] = judgement(Question.DOUBT, "unsure", "film")
    assert disclosure_of("fiction", said).form is Form.STANDARD
