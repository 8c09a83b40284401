from __future__ import annotations

import pytest
from titles_films import RATE, authentic, film, lineage, use, voice

from generique.model.element import ElementClass, ElementKind
from generique.model.errors import UsageError
from generique.model.passport import SourceType
from generique.titles.labels import Label, labels_of
from generique.titles.phrases import NARROW, NBSP, phrases, typographic


def pictures(labels: tuple[Label, ...]) -> list[tuple[int, int, str]]:
    return [(label.start, label.end, label.text) for label in labels if label.kind == "picture"]


def test_each_run_is_labelled_and_again_after_authentic_footage() -> None:
    text = "GENERATED IMAGES — not filmed"
    assert pictures(labels_of(film(), "en")) == [(0, 96, text), (480, 576, text)]


def test_shots_that_touch_or_dissolve_are_one_run() -> None:
    touching = lineage(use("a", 0, 100), use("b", 88, 200), use("c", 200, 300))
    assert len(pictures(labels_of(touching, "en"))) == 1
    apart = lineage(use("a", 0, 100), use("c", 101, 300))
    assert len(pictures(labels_of(apart, "en"))) == 2


def test_a_short_run_is_labelled_for_all_of_it() -> None:
    short = lineage(authentic("a", 0, 100), use("b", 100, 130), authentic("c", 130, 300))
    assert pictures(labels_of(short, "fr")) == [(100, 130, "IMAGES GÉNÉRÉES — non filmées")]


def test_a_long_run_is_labelled_every_minute() -> None:
    long = lineage(use("a", 0, 24 * 150), frames=24 * 150)
    assert [start for start, _, _ in pictures(labels_of(long, "en"))] == [0, 1440, 2880]
    ending = lineage(use("a", 0, 1440 + 30), frames=1470)
    assert len(pictures(labels_of(ending, "en"))) == 1


@pytest.mark.parametrize(
    ("element_class", "english", "french"),
    [
        (ElementClass.ALTERED, "ALTERED IMAGES", "IMAGES MODIFIÉES"),
        (ElementClass.RECONSTRUCTION, "RECONSTRUCTION", "RECONSTITUTION"),
    ],
)
def test_the_wording_follows_the_class(
    element_class: ElementClass, english: str, french: str
) -> None:
    one = lineage(use("a", 0, 240, element_class), use("b", 240, 480))
    assert [label.head for label in labels_of(one, "en")] == [english, "GENERATED IMAGES"]
    assert [label.head for label in labels_of(one, "fr")] == [french, "IMAGES GÉNÉRÉES"]


def test_a_trained_model_is_called_ai_and_a_staged_scene_is_not_called_generated() -> None:
    trained = lineage(use("a", 0, 240, source_type=SourceType.TRAINED_ALGORITHMIC))
    assert labels_of(trained, "en")[0].head == "AI-GENERATED IMAGES"
    staged = lineage(use("a", 0, 240, ElementClass.RECONSTRUCTION, passport=None))
    assert "generated" not in labels_of(staged, "en")[0].text


def test_a_demonstration_stands_on_every_frame() -> None:
    first = labels_of(film(demonstration=True), "en")[0]
    assert (first.kind, first.start, first.end) == ("demonstration", 0, 1000)
    assert first.text == "DEMONSTRATION — no person has approved these takes"
    assert not any(label.kind == "demonstration" for label in labels_of(film(), "en"))


def test_a_synthetic_voice_is_labelled_where_it_is_first_heard_in_each_version() -> None:
    said = lineage(authentic("a", 0, 900), voice("v1", 90, 120, "en"), voice("v2", 30, 60, "fr"))
    assert [(label.kind, label.start) for label in labels_of(said, "en")] == [("voice", 90)]
    assert [(label.kind, label.start) for label in labels_of(said, "fr")] == [("voice", 30)]


def test_every_label_can_be_read() -> None:
    for label in labels_of(film(demonstration=True), "fr"):
        assert (label.end - label.start) / RATE.fps >= 3


def test_titles_are_not_pictures_to_be_labelled() -> None:
    assert labels_of(lineage(use("t", 0, 100, kind=ElementKind.TITLE)), "en") == ()


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        labels_of(film(), "de")
    assert "en, fr" in str(caught.value.why)


def test_both_languages_have_every_phrase() -> None:
    english, french = phrases("en"), phrases("fr")
    for table in ("headings", "training", "roles", "classes"):
        assert getattr(english, table).keys() == getattr(french, table).keys()


def test_french_typography() -> None:
    given = "L'aube : « Vraiment ? » Oui ; bien ! 40 % http://x.fr à 10:30"
    expected = (
        f"L’aube{NBSP}: «{NBSP}Vraiment{NARROW}?{NBSP}» Oui{NARROW}; bien{NARROW}! 40{NBSP}% "
        "http://x.fr à 10:30"
    )
    assert typographic(given, "fr") == expected
    assert typographic(expected, "fr") == expected
    assert typographic("It's : fine", "en") == "It's : fine"


def test_a_run_is_labelled_anew_after_every_break() -> None:
    whole = lineage(use("a", 0, 900), authentic("b", 900, 1000))
    broken = whole.model_copy(update={"breaks": (500, 950)})
    assert [start for start, _, _ in pictures(labels_of(broken, "en"))] == [0, 500]


def test_a_voice_is_labelled_again_after_a_break_and_every_ten_minutes() -> None:
    minutes = 24 * 60
    said = [voice(f"v{n}", n * 4 * minutes + 10, n * 4 * minutes + 60, "en") for n in range(6)]
    film_ = lineage(*said, frames=30 * minutes)
    assert [label.start for label in labels_of(film_, "en")] == [10, 12 * minutes + 10]
    broken = film_.model_copy(update={"breaks": (7 * minutes,)})
    starts = [label.start for label in labels_of(broken, "en")]
    assert starts == [10, 8 * minutes + 10, 20 * minutes + 10]
