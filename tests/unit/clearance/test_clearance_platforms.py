"""Declarations for platforms: never more than is recorded."""

from __future__ import annotations

import pytest
from clearance_pack_cases import (
    film,
    footage,
    judgement,
    local,
    production,
    readback,
    shot,
    voice,
    without,
)

from generique.clearance.case import Case
from generique.clearance.packs.reading import Reading
from generique.clearance.platforms import (
    PLATFORMS,
    declaration_for,
    declarations_of,
    realistic,
)
from generique.model.answer import Answer
from generique.model.element import ElementClass, ElementKind
from generique.model.errors import UsageError
from generique.model.judgement import Question

LIKE = (judgement(Question.RESEMBLES, "yes"), judgement(Question.AUTHENTIC, "yes"))


@pytest.mark.parametrize(
    ("case", "answer", "undecided"),
    [
        (film(), Answer.YES, ()),
        (film(judgements=()), Answer.UNKNOWN, ("1-1",)),
        (film(judgements=(judgement(Question.REALITY, "no"),)), Answer.NO, ()),
        (film(judgements=(judgement(Question.REALITY, "unsure"),)), Answer.UNKNOWN, ("1-1",)),
        (film(judgements=(judgement(Question.RESEMBLES, "no"),)), Answer.NO, ()),
        (film(judgements=LIKE), Answer.YES, ()),
        (film(judgements=LIKE[:1]), Answer.UNKNOWN, ("1-1",)),
        (film(judgements=(judgement(Question.ALTERATION, "meaning"),)), Answer.YES, ()),
        (film(shot(person="Anna"), judgements=()), Answer.YES, ()),
        (film(shot(), shot(id="1-2"), judgements=without()), Answer.YES, ("1-2",)),
        (film(footage(), judgements=()), Answer.NO, ()),
        (film(shot(kind=ElementKind.MUSIC), judgements=()), Answer.NO, ()),
        (
            film(footage(element_class=ElementClass.RECONSTRUCTION), judgements=()),
            Answer.NO,
            (),
        ),
    ],
)
def test_the_answer_follows_from_what_people_judged(
    case: Case, answer: Answer, undecided: tuple[str, ...]
) -> None:
    assert realistic(Reading(case)) == (answer, undecided)


def test_a_declaration_in_english() -> None:
    case = film(shot(), local(id="1-2", start=96, end=144), voice(id="1-v"), film_seconds=8.0)
    found = declaration_for("youtube", "en", Reading(case))
    assert found.answer is Answer.YES
    assert found.setting == "Altered or synthetic content: yes"
    assert found.text == (
        "“The Quiet River” contains generated elements (shots: 2 and spoken lines: 1). "
        "Generated pictures take 0:06 of 0:08. "
        "They were made with Cloud 2 (training data disclosed) and World 2 (no training data). "
        "The film carries labels in the picture where they are seen. "
        "The file carries content credentials. "
        "Not yet judged by a person: 1-2, 1-v."
    )


def test_a_declaration_in_french() -> None:
    found = declaration_for("tiktok", "fr", Reading(film(readback=())))
    assert found.setting == "Contenu généré par IA\u00a0: oui"
    assert found.text == (
        "«\u00a0La rivière calme\u00a0» contient des éléments générés (plans\u00a0: 1). "
        "Les images générées occupent 0:04 sur 0:08. "
        "Ils ont été fabriqués avec\u00a0: Cloud 2 (données d’entraînement publiées)."
    )


def test_what_is_not_recorded_is_not_claimed() -> None:
    bare = shot(passport=None, start=None)
    case = film(bare, readback=(readback(credential="broken", labels_found=0),), judgements=())
    found = declaration_for("meta", "en", Reading(case))
    assert found.setting == "AI info, add a label: not decided yet, do not upload"
    assert "labels" not in found.text
    assert "credentials" not in found.text
    assert "Generated pictures take" not in found.text
    assert "cloud, which gives no word of itself" in found.text
    assert found.undecided == ("1-1",)


def test_many_that_wait_are_counted() -> None:
    many = film(*(shot(id=f"1-{n}") for n in range(1, 16)), judgements=())
    text = declaration_for("youtube", "en", Reading(many)).text
    assert "1-12 (+3)." in text


def test_a_film_without_generated_elements_says_what_is_on_record() -> None:
    found = declaration_for("youtube", "en", Reading(film(footage())))
    assert found.answer is Answer.NO
    assert found.text == "“The Quiet River” contains no generated element that is on record."


def test_sound_alone_takes_no_time_of_the_picture() -> None:
    text = declaration_for("youtube", "en", Reading(film(voice()))).text
    assert "Generated pictures" not in text


def test_long_films_are_told_in_hours() -> None:
    case = film(shot(end=24 * 3725), film_seconds=7200.0)
    assert "take 1:02:05 of 2:00:00." in declaration_for("youtube", "en", Reading(case)).text


def test_every_platform_in_every_language() -> None:
    found = declarations_of(Reading(film(production=production(titles={}))))
    assert [(one.platform, one.language) for one in found] == [
        (platform, language) for platform in PLATFORMS for language in ("en", "fr")
    ]
    assert all("The Quiet River" in one.text for one in found)


def test_unknown_platforms_and_languages_are_refused() -> None:
    with pytest.raises(UsageError, match="nothing is known of the platform cinema"):
        declaration_for("cinema", "en", Reading(film()))
    with pytest.raises(UsageError, match="not written in de"):
        declaration_for("youtube", "de", Reading(film()))
