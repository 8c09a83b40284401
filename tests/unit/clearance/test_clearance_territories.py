"""The territory matrix: one cut, several packages."""

from __future__ import annotations

from clearance_pack_cases import (
    ANSWERS,
    film,
    footage,
    judgement,
    production,
    readback,
    shot,
    voice,
)

from generique.clearance.case import Case
from generique.clearance.packs import rule_of
from generique.clearance.territories import (
    DisclosurePackage,
    Readiness,
    matrix_table,
    territory_matrix,
)
from generique.clearance.verdict import Gate
from generique.model.judgement import Question

READY, LACKING, NOT_ASKED = Readiness.READY, Readiness.LACKING, Readiness.NOT_ASKED
ART = (
    *ANSWERS,
    judgement(Question.ARTISTIC, "yes", "film"),
    judgement(Question.DOUBT, "no", "film"),
)


def packages(case: Case) -> dict[str, DisclosurePackage]:
    return {package.id: package for package in territory_matrix(case)}


def states(case: Case) -> dict[str, Readiness]:
    return {name: package.readiness for name, package in packages(case).items()}


def test_a_documentary_for_france_takes_the_standard_form() -> None:
    assert states(film()) == {
        "eu-standard": READY,
        "eu-light": NOT_ASKED,
        "cn": NOT_ASKED,
        "us-ca": NOT_ASKED,
        "us-wa": NOT_ASKED,
        "us-ny": NOT_ASKED,
        "youtube": READY,
        "tiktok": READY,
        "meta": READY,
    }


def test_the_gate_of_the_question_does_not_matter() -> None:
    assert states(film(gate=Gate.GENERATE)) == states(film())


def test_plain_fiction_takes_the_lighter_form() -> None:
    found = states(film(production=production(genre="fiction"), judgements=ART))
    assert found["eu-light"] is READY
    assert found["eu-standard"] is NOT_ASKED


def test_what_nobody_judged_is_missing_from_every_form_that_it_may_take() -> None:
    fiction = packages(film(production=production(genre="fiction"), judgements=()))
    assert fiction["eu-standard"].readiness is LACKING
    assert fiction["eu-light"].readiness is LACKING
    assert fiction["youtube"].readiness is LACKING
    documentary = states(film(judgements=()))
    assert documentary["eu-standard"] is LACKING
    assert documentary["eu-light"] is NOT_ASKED


def test_what_is_missing_is_said_once_with_its_elements() -> None:
    many = film(*(shot(id=f"1-{n}") for n in range(1, 6)), judgements=())
    found = packages(many)["eu-standard"].missing
    assert found == (
        "EUA-07: Nobody has answered: was an AI system used? (1-1, 1-2, 1-3 and 2 more)",
    )
    one = packages(film(judgements=()))["eu-standard"].missing
    assert one == ("EUA-07: Nobody has answered: was an AI system used? (1-1)",)


def test_a_film_for_the_world_goes_to_every_territory_but_china() -> None:
    found = states(film(production=production(territories=[])))
    assert found["us-ca"] is READY
    assert found["us-wa"] is READY
    assert found["cn"] is NOT_ASKED
    assert found["us-ny"] is NOT_ASKED


def test_china_lacks_its_field() -> None:
    found = packages(film(production=production(territories=["CN"])))
    assert found["cn"].readiness is LACKING
    assert "no field with producer" in found["cn"].missing[0]
    assert found["eu-standard"].readiness is NOT_ASKED


def test_an_advertisement_for_new_york_needs_its_label() -> None:
    advert = production(genre="advertising", territories=["US"])
    assert states(film(voice(), production=advert))["us-ny"] is READY
    bare = film(voice(), production=advert, readback=(readback(labels_missing=("a",)),))
    assert states(bare)["us-ny"] is LACKING


def test_only_what_was_recorded_is_asked_for_nowhere() -> None:
    found = states(film(footage(), production=production(territories=["FR", "US", "CN"])))
    assert set(found.values()) == {NOT_ASKED}


def test_the_table_has_a_row_for_each_package() -> None:
    heading, *rows = matrix_table(territory_matrix(film(readback=())))
    assert len(heading) == 6
    assert {len(row) for row in rows} == {6}
    assert rows[0][0] == "European Union, standard form"
    assert "No encoded master was read back in en" in rows[0][5]
    assert rows[2][5] == "nothing"
    assert rows[5][4] == "nothing asked"


def test_every_package_rests_on_rules_that_exist() -> None:
    for package in territory_matrix(film()):
        assert package.rules
        assert all(rule_of(name) is not None for name in package.rules)
