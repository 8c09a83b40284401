from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import contract_of

from generique.clearance.catalogue import CATALOGUE
from generique.clearance.condition_words import condition_words, fact_words
from generique.clearance.contract_page import contract_lines, contract_source
from generique.clearance.contract_text import sentence
from generique.clearance.contract_words import (
    date_words,
    language_words,
    listed,
    place_words,
)
from generique.clearance.policy import (
    Constraint,
    Fact,
    Operand,
    Operator,
    Truth,
    Unknown,
    measure_of,
)
from generique.titles.typeset import literal

EVERY: list[dict[str, Any]] = [
    {"kind": "general-permission", "kinds": ["shot", "music"], "dubbing": True, "promotion": True},
    {
        "kind": "permitted-uses",
        "acts": ["dub", "include"],
        "kinds": ["voice"],
        "classes": ["synthetic", "altered"],
        "when": [
            {"operand": "model", "operator": "isAnyOf", "value": ["pico"]},
            {"operand": "generatedSoundShare", "operator": "lteq", "value": 12.5},
            {"operand": "today", "operator": "gteq", "value": "2026-01-01"},
        ],
    },
    {"kind": "forbidden-uses"},
    {"kind": "synthetic-share", "percent": 12.5},
    {"kind": "models-allowed", "names": ["a", "b"]},
    {"kind": "models-barred", "names": ["c"]},
    {"kind": "providers-allowed", "names": ["cloud"]},
    {"kind": "providers-barred", "names": ["sky"]},
    {"kind": "no-training"},
    {"kind": "credit-wording", "wording": {"en": "Made so", "fr": "Fait ainsi", "nl": "Zo"}},
    {"kind": "label-required"},
    {
        "kind": "human-approval",
        "roles": ["director", "producer"],
        "two_person": True,
        "kinds": ["shot"],
    },
    {"kind": "talent-consent"},
    {"kind": "weights-locked", "title": "river"},
    {"kind": "audit-and-retention", "years": 10, "by": "author"},
    {"kind": "mutual-authorisation"},
    {"kind": "indemnity", "by": "studio", "reference": "article 9"},
    {"kind": "territory-and-term", "territories": ["FR", "KR"], "starts": "2026-03-01",
     "ends": "2036-02-28"},
    {"kind": "human-approval", "matter": "use", "roles": ["commissioner"]},
    {"kind": "human-approval", "matter": "casting", "roles": ["talent"]},
    {"kind": "audit-and-retention", "years": 1, "by": "author"},
    {"kind": "territory-and-term", "territories": ["*"], "starts": "2026-03-02"},
    {"kind": "synthetic-share", "percent": 50.0, "of": "sound", "counts": "synthetic"},
    {"kind": "general-permission"},
]  # fmt: skip


def said(number: int) -> tuple[str, str]:
    contract = contract_of(*EVERY)
    clause = contract.clauses[number]
    names = contract.party_names
    return sentence(clause, names, "en"), sentence(clause, names, "fr")


def test_every_kind_is_said() -> None:
    assert {one["kind"] for one in EVERY} == set(CATALOGUE)


@pytest.mark.parametrize("number", range(len(EVERY)))
def test_sentences_are_whole_and_hold_no_internal_word(number: int) -> None:
    en, fr = said(number)
    kind = EVERY[number]["kind"]
    for text in (en, fr):
        assert text[0].isupper()
        assert text.endswith(".")
        assert kind not in text
        assert "{" not in text
        assert "  " not in text
        assert "'" not in text  # typographic apostrophes in both languages
        assert '"' not in text
    assert en != fr
    for mark in (" ;", " :", " !", " ?", "« ", " »"):
        assert mark not in fr, "French punctuation takes no-break spaces"


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (3, "at most 12.5% of the running time of the picture",
             "12,5\u202f% de la durée de l’image"),
        (22, "Generated elements classed as synthetic fill at most 50%",
             "50\u202f% de la durée du son"),
        (4, "No models are used but these: “a” and “b”.", "«\u202fa\u202f» et «\u202fb\u202f»"),
        (9, "“Made so” (English), “Fait ainsi” (French) and “Zo” (nl)", "(anglais)"),
        (11, ("before the director and the producer approved exactly this take. This concerns "
             "shots. At least two different people approve."),
             "n’aient approuvé exactement cette prise"),
        (14, "are kept for 10 years after", "pendant 10 ans"),
        (20, "are kept for 1 year after", "pendant 1 an "),
        (16, "Studio A answers for claims", "Studio A répond"),
        (17, "28\xa0February\xa02036 inclusive, for France and the territory with ISO code KR",
             "du 1ᵉʳ\xa0mars\xa02026, jusqu’au 28\xa0février\xa02036 inclus, pour la France"),
        (18, "Nothing is generated before the commissioner approved the declared use.",
             "avant que le diffuseur commanditaire n’ait approuvé l’usage déclaré."),
        (19, "before the performer approved it", "avant que l’interprète ne l’ait approuvé"),
        (21, "from 2\xa0March\xa02026 without end, for the whole world",
             "sans terme, pour le monde entier"),
        (23, "Under this clause it may not have", "elle ne peut pas faire dire"),
        (0, "may generate shots and music and include", "les plans et la musique"),
        (1, ("It holds where the model is among “pico”, the generated share of the sound, in "
            "percent is at most 12.5 and the day is at least “2026-01-01”."), "est au plus 12,5"),
    ],
)  # fmt: skip
def test_what_sentences_say(number: int, english: str, french: str) -> None:
    en, fr = said(number)
    assert english in en
    assert french in fr


def test_lists_days_places_and_languages() -> None:
    assert listed(["a", "b", "c"], "fr") == "a, b et c"
    assert listed(["a", "b"], "en", last="or") == "a or b"
    assert date_words("2026-12-05", "fr") == "5\xa0décembre\xa02026"
    assert place_words("ZZ", "fr") == "le territoire de code ISO ZZ"
    assert language_words("ja", "en") == "ja"


@pytest.mark.parametrize(
    ("operand", "fact", "words"),
    [
        (Operand.MODEL, "x", "the model is “x”"),
        (Operand.CASTINGS, 2.0,
         "the number of parts cast with a real person’s voice or likeness is 2"),
        (Operand.MODEL, Unknown("nobody knows"), "nobody knows"),
        (Operand.TERRITORY, frozenset({"FR", "BE"}),
         "the territories of the production: Belgium and France"),
        (Operand.CONSENT, frozenset({"cloneVoice"}),
         "what the person has consented to: letting their voice say what they did not say"),
        (Operand.CREDIT_LINES, frozenset(), "the lines of credit: none"),
    ],
)  # fmt: skip
def test_facts_in_words(operand: Operand, fact: Fact, words: str) -> None:
    assert fact_words(operand, fact) == words


def test_words_without_a_list() -> None:
    one = Constraint(operand=Operand.MODEL, operator=Operator.NEQ, value="x")
    assert condition_words(one, "fr") == "le modèle n’est pas «\u202fx\u202f»"


T, F, U = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN
SOME = frozenset({"a", "b"})


@pytest.mark.parametrize(
    ("operator", "value", "fact", "truth"),
    [
        (Operator.EQ, "a", "a", T), (Operator.EQ, "a", "b", F), (Operator.NEQ, "a", "a", F),
        (Operator.NEQ, "a", "b", T), (Operator.EQ, "a", Unknown("?"), U),
        (Operator.EQ, "a", SOME, U),
        (Operator.IS_ANY_OF, ("a", "c"), "a", T), (Operator.IS_ANY_OF, ("c",), "a", F),
        (Operator.IS_NONE_OF, ("a",), "a", F), (Operator.IS_NONE_OF, ("c",), "a", T),
        (Operator.IS_PART_OF, ("a",), "a", T), (Operator.IS_PART_OF, ("c",), "a", F),
    ],
)  # fmt: skip
def test_conditions_on_a_word(operator: Operator, value: Any, fact: Fact, truth: Truth) -> None:
    constraint = Constraint(operand=Operand.MODEL, operator=operator, value=value)
    assert constraint.test(fact) is truth


@pytest.mark.parametrize(
    ("operator", "value", "truth"),
    [
        (Operator.IS_ANY_OF, ("a", "z"), T), (Operator.IS_ANY_OF, ("z",), F),
        (Operator.IS_ALL_OF, ("a", "b"), T), (Operator.IS_ALL_OF, ("a", "z"), F),
        (Operator.IS_NONE_OF, ("z",), T), (Operator.IS_NONE_OF, ("a", "z"), F),
        (Operator.IS_PART_OF, ("a", "b", "z"), T), (Operator.IS_PART_OF, ("a",), F),
    ],
)  # fmt: skip
def test_conditions_on_several_words(operator: Operator, value: Any, truth: Truth) -> None:
    constraint = Constraint(operand=Operand.CREDIT_LINES, operator=operator, value=value)
    assert constraint.test(SOME) is truth


@pytest.mark.parametrize(
    ("operator", "fact", "truth"),
    [
        (Operator.LTEQ, 9.0, T), (Operator.LTEQ, 10.0, T), (Operator.LTEQ, 10.5, F),
        (Operator.GTEQ, 9.0, F), (Operator.GTEQ, 10.0, T), (Operator.GTEQ, 100.0, T),
        (Operator.EQ, 10.0, T), (Operator.NEQ, 10.0, F),
    ],
)  # fmt: skip
def test_conditions_on_a_number(operator: Operator, fact: float, truth: Truth) -> None:
    constraint = Constraint(operand=Operand.CASTINGS, operator=operator, value=10.0)
    assert constraint.test(fact) is truth


def test_every_operand_has_words_and_a_measure() -> None:
    for operand in Operand:
        assert measure_of(operand)
        assert fact_words(operand, frozenset())


def test_the_pages_hold_each_language_and_each_clause() -> None:
    parties = [
        {
            "id": "studio",
            "name": "Studio A",
            "capacity": {"en": "the producer"},
            "represented_by": "Anne",
        },
        {"id": "author", "name": "B. Author"},
    ]
    contract = contract_of(*EVERY, party=parties, place="Paris", law={"en": "French law"})
    source = contract_source(contract)
    assert source.index('lang: "fr"') < source.index('lang: "en"')
    for language in ("fr", "en"):
        for clause in contract.clauses:
            assert literal(sentence(clause, contract.party_names, language)) in source
    digest = contract.digest.removeprefix("sha256:")
    assert literal(" ".join(digest[at : at + 8] for at in range(0, 64, 8))) in source
    assert literal("This contract is governed by French law.") in source
    assert literal(", the producer, represented by Anne") in source
    alone = contract_of(EVERY[0], languages=["en"])
    assert 'lang: "fr"' not in contract_source(alone)
    assert contract_lines(alone, "en")[0].startswith("1  General permission. The production may")
