from __future__ import annotations

import pytest
from clearance_passports import FULL_DATASET, FULL_MODEL, dataset_of, model_of, tool_of

from generique.clearance.case import by_version, of_version
from generique.clearance.passport_words import passport_lines, unknown_facts
from generique.model.kept_passports import KeptPassport

DOCUMENT = {"digest": "sha256:" + "c" * 64, "read_on": "2026-11-27"}

NONE_FOUND = "none found, and no permission either"


def test_what_nobody_knows_is_named() -> None:
    lines = passport_lines(tool_of())
    assert lines[0] == "tool lens, version 2: Lens (kept by the production)"
    assert lines[-1] == (
        "  not known: maker, licence, licence text, terms of use, commercial use, territories, "
        "limit of revenue, inputs, tier of the licence, trains on inputs, inputs are kept, models"
    )
    assert "training" in unknown_facts(model_of())
    assert "reservations of text and data mining" in unknown_facts(dataset_of())


def test_a_passport_that_knows_everything_says_so() -> None:
    full = tool_of(
        version="*",
        maker="A maker",
        environment="local",
        tier="team",
        trains_on_inputs="no",
        retention="none",
        models=["lens-1"],
        usage={
            "licence": "MIT",
            "licence_text": {**DOCUMENT, "file": "rights/documents/mit.txt"},
            "terms": DOCUMENT,
            "commercial": "yes",
            "territories": ["FR", "SE"],
            "revenue_limited": "no",
            "credit_duty": {"en": "Made with Lens"},
            "display_duty": {"fr": "Lens"},
        },
        notes="a\nnote",
    )
    lines = passport_lines(full, shipped=True)
    assert lines[0] == "tool lens, every version: Lens (comes with the program)"
    assert lines[-1] == "  not known: nothing that is asked"
    assert "  the credits must say: en: Made with Lens" in lines
    assert "  notes: a note" in lines
    assert any(line.startswith("  terms of use: not kept, read on 2026-11-27") for line in lines)


@pytest.mark.parametrize(
    ("passport", "line"),
    [
        (tool_of(retention="limited"), "inputs are kept: for a limited time"),
        (tool_of(retention="limited", retention_days=30), "inputs are kept: for 30 days"),
        (tool_of(trains_on_inputs="undisclosed"), "trains on inputs: undisclosed"),
        (tool_of(trains_on_inputs="unsure"), "trains on inputs: whoever was asked is not sure"),
        (tool_of(usage={"territories": ["*"]}), "territories: the world"),
        (tool_of(usage={"territories": []}), "territories: none"),
        (tool_of(usage={"revenue_limited": "no"}), "limit of revenue: none"),
        (
            tool_of(usage={"revenue_limited": "yes"}),
            "limit of revenue: there is one; which is not known",
        ),
        (tool_of(usage={"revenue_limited": "undisclosed"}), "limit of revenue: undisclosed"),
        (
            tool_of(usage={"revenue_limit": {"amount": "1000", "currency": "EUR"}}),
            "limit of revenue: 1000 EUR a year",
        ),
        (FULL_MODEL, "training: trained on birds-1, trees"),
        (model_of(training="none"), "training: nothing was trained"),
        (model_of(training="undisclosed"), "training: undisclosed"),
        (
            model_of(training="undisclosed", datasets=["a"]),
            "training: undisclosed; known of it: a",
        ),
        (model_of(training="disclosed"), "training: trained on nothing that is listed"),
        (model_of(summary_published="no"), "summary of the training content: no"),
        (model_of(talent=["ada"]), "rests on the consents: ada"),
        (model_of(derived_for="river"), "serves only the title: river"),
        (dataset_of(consents=["ada"]), "rests on the consents: ada"),
        (FULL_DATASET, "text and data mining reserved: no (looked for on 2026-11-28)"),
        (FULL_DATASET, "  tdmrep: no: 0 (site)"),
        (
            dataset_of(scanned_on="2026-11-28"),
            f"text and data mining reserved: {NONE_FOUND} (looked for on 2026-11-28)",
        ),
    ],
)
def test_each_fact_in_words(passport: KeptPassport, line: str) -> None:
    assert f"  {line}" in passport_lines(passport)


def test_a_passport_of_another_version_says_nothing() -> None:
    first, every = tool_of(version="1"), tool_of(version="*")
    one = by_version([first])
    assert of_version(one["lens"], "1") is first
    assert of_version(one["lens"], "2") is None
    assert of_version(one["lens"], None) is first
    both = by_version([first, every])
    assert of_version(both["lens"], "2") is every
    assert of_version(both["lens"], None) is None
    assert of_version({}, "1") is None
