from __future__ import annotations

import pytest
from titles_films import ADA, BIRDS, FINCH, RATE, WORLD, film, lineage, use, voice

from generique.machineroom.typesetter import Typesetter
from generique.model.element import ElementClass, ElementKind, Raster
from generique.model.errors import UnreadableInput, UsageError
from generique.model.passport import Dataset, Training
from generique.model.reference import Followed
from generique.model.values import digest_of
from generique.titles.credits import Credits, Tool, credits_of, roll_rows, roll_seconds
from generique.titles.roll import plan_roll
from generique.titles.typeset import credits_source


def lines(made: Credits, section: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (line.what, line.who, line.details)
        for part in made.sections
        if part.name == section
        for line in part.lines
    ]


def test_every_element_of_the_version_is_credited() -> None:
    for language, other in (("en", "fr"), ("fr", "en")):
        heard = {use_.id for use_ in film().elements if use_.language != other}
        assert credits_of(film(), language).elements() == heard


def test_generators_are_named_with_version_licence_and_training() -> None:
    made = credits_of(film(), "en", people=(ADA,))
    assert lines(made, "images") == [
        (
            "Night aerials",
            "Générique world",
            ("version 0.1.0 · Générique contributors · Apache-2.0", "no training data"),
        )
    ]
    what, who, details = lines(made, "voices")[0]
    assert (what, who) == ("", "SVOX Pico")
    assert details[1] == "training data undisclosed"
    assert [section.name for section in made.sections] == [
        "approval",
        "images",
        "voices",
        "music",
        "sound",
        "footage",
        "recordings",
    ]


def test_what_a_take_followed_is_named_once_with_what_its_licence_demands() -> None:
    duty = "Video: Birdwatcher, used as its licence allows."
    rights = FINCH.model_copy(update={"credit": {}, "credit_duty": {"en": duty}})
    still = Followed(
        role="first-frame",
        file=digest_of(b"still"),
        media_type="image/png",
        name="finch.png",
        title="A finch",
        rights=rights,
    )
    last = still.model_copy(update={"role": "last-frame"})
    made = credits_of(lineage(use("a", 0, 100, references=(still, last))), "en")
    details = lines(made, "images")[0][2]
    assert details[-2:] == (f"after A finch: {rights.holder} · {rights.licence}", duty)
    assert [each for each in details if "A finch" in each] == [details[-2]]
    assert details.count(duty) == 1
    bare = still.model_copy(update={"rights": None})
    made = credits_of(lineage(use("a", 0, 100, references=(bare,))), "fr")
    assert lines(made, "images")[0][2][-1] == "d’après A finch"


def test_datasets_are_named_where_they_are_disclosed() -> None:
    training = Training(
        statement="disclosed", datasets=(Dataset(id="d", title="Snow", licence="CC0-1.0"),)
    )
    passport = WORLD.model_copy(update={"training": training})
    made = credits_of(lineage(use("a", 0, 100, passport=passport)), "en")
    assert "trained on Snow (CC0-1.0)" in lines(made, "images")[0][2]


def test_footage_and_recordings_are_named_with_holder_licence_and_source() -> None:
    made = credits_of(film(), "fr")
    what, who, details = lines(made, "footage")[0]
    assert (what, details[0]) == ("Diamant mandarin", FINCH.source)
    assert "vidéo d’essai" in who
    assert FINCH.holder in who
    assert who.endswith("BSD\u20113\u2011Clause")
    assert lines(made, "recordings") == [
        ("birds", BIRDS.holder, (f"licence MIT · {BIRDS.source}",))
    ]


def test_approvers_are_people_with_their_role() -> None:
    made = credits_of(film(), "fr", people=(ADA,))
    assert lines(made, "approval") == [("réalisation", "Ada Lovelace", ())]
    assert lines(credits_of(film(), "en"), "approval")[0][1] == "ada"


def test_a_demonstration_names_nobody() -> None:
    made = credits_of(film(demonstration=True), "fr", people=(ADA,))
    assert lines(made, "approval") == []
    assert lines(made, "demonstration") == [("", "Personne n’a approuvé ces prises", ())]
    assert "Lovelace" not in made.model_dump_json()


def test_tools_thanks_and_the_title_of_the_version() -> None:
    tool = Tool(name="Générique", version="0.1.0", licence="Apache-2.0")
    made = credits_of(film(), "fr", tools=(tool,), thanks=("L'équipe",))
    assert made.title == "Le chœur de l’aube"
    assert lines(made, "people") == [("", "L’équipe", ())]
    assert lines(made, "tools") == [("", "Générique 0.1.0", ("Apache-2.0",))]
    assert credits_of(film(), "en").title == "Dawn Chorus"


def test_uses_that_read_alike_share_a_line_and_classes_are_told() -> None:
    mixed = lineage(
        use("a", 0, 100),
        use("b", 100, 200),
        use("c", 200, 300, ElementClass.RECONSTRUCTION),
        use("d", 300, 400, ElementClass.ALTERED, rights=FINCH),
    )
    made = credits_of(mixed, "en")
    images = next(section for section in made.sections if section.name == "images")
    assert images.lines[0].elements == ("a", "b")
    assert images.lines[1].details[-1] == "reconstruction"
    assert lines(made, "footage")[0][2][-1] == "altered images"


def test_an_element_of_unknown_origin_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="credited to nobody") as caught:
        credits_of(lineage(use("a", 0, 100, passport=None)), "en")
    assert "ledger entry 3" in str(caught.value.where)
    titled = lineage(
        use("t", 0, 100, passport=None, kind=ElementKind.TITLE), voice("v", 0, 9, "en")
    )
    assert credits_of(titled, "en").elements() == {"v"}


def test_the_roll_takes_longer_with_more_to_read() -> None:
    few = credits_of(lineage(use("a", 0, 100)), "en")
    assert 2 < roll_seconds(few) < roll_seconds(credits_of(film(), "en")) < 30


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("demonstration", [True, False])
def test_the_seconds_needed_are_those_that_the_roll_allows(
    language: str, *, demonstration: bool
) -> None:
    made = credits_of(film(demonstration=demonstration), language, people=(ADA,))
    height = Typesetter().render(credits_source(made), 1280).shape[0]
    assert roll_rows(made) == pytest.approx(height, rel=0.04)
    enough = RATE.frames(roll_seconds(made) + 0.5)
    hd = Raster(width=1280, height=720)
    assert plan_roll(height, hd, RATE, 0, enough, 36).step <= 4
    with pytest.raises(UsageError):
        plan_roll(height, hd, RATE, 0, enough - 36, 36)


def test_what_a_licence_demands_stands_letter_for_letter() -> None:
    demanded = {"en": 'Made with "Seven" : www.seven.example', "fr": 'Réalisé avec "Sept" !'}
    owing = WORLD.model_copy(update={"credit_duty": demanded})
    for language, wording in demanded.items():
        lines = [
            line
            for section in credits_of(lineage(use("a", 0, 100, passport=owing)), language).sections
            for line in section.lines
        ]
        assert [line.details[-1] for line in lines] == [wording]
    foreign = WORLD.model_copy(update={"credit_duty": {"de": "Erzeugt mit Sieben"}})
    written = credits_of(lineage(use("a", 0, 100, passport=foreign)), "fr")
    assert written.sections[0].lines[0].details[-1] == "Erzeugt mit Sieben"
