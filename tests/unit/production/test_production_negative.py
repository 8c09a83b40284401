"""The negative proof: made where the record carries it, refused everywhere else."""

from __future__ import annotations

from typing import Any

import pytest

from generique.marks.credential.report import Assertion, CredentialTree, Manifest
from generique.marks.verdict import Verdict
from generique.model.element import ElementClass
from generique.model.errors import Refused, UsageError
from generique.model.kept_passports import ModelPassport, ToolPassport
from generique.model.lineage import ElementUse
from generique.model.passport import SourceType
from generique.production.negative import LIMITS, NegativeProof, negative_proof, record_negative
from generique.production.rights import RightsFile
from generique.production.statement_check import check_statement
from generique.testing.lineages import ARCHIVE, COMPUTED, TRAINED, generated, lineage_of, recorded
from generique.testing.memory import NamedSigner, memory_journal

STUDIO = NamedSigner("studio")


def prove(use: ElementUse, rights: RightsFile | None = None, **told: Any) -> NegativeProof:
    return negative_proof(use.id, lineage_of(use), rights or RightsFile(), {use.file: None, **told})


def tool(*models: str) -> RightsFile:
    kept = ToolPassport.read(
        {
            "schema": "generique/tool-passport/1",
            "id": "computed",
            "version": "*",
            "title": "Computed",
            "checked_by": "mira",
            "checked_on": "2026-01-01",
            "models": list(models),
        },
        where="test",
    )
    return RightsFile(tools=(kept,))


def model(name: str, training: str) -> ModelPassport:
    return ModelPassport.read(
        {
            "schema": "generique/model-passport/1",
            "id": name,
            "version": "*",
            "title": name,
            "checked_by": "mira",
            "checked_on": "2026-01-01",
            "training": training,
        },
        where="test",
    )


@pytest.mark.parametrize("use", [recorded("1-1", 0, 48), generated("1-1", 0, 48)])
def test_what_was_recorded_or_computed_is_stated_with_its_limits(use: ElementUse) -> None:
    proof = prove(use)
    assert proof.limits == LIMITS
    assert "As far as the ledger of this production records" in proof.says
    assert [one.digest for one in proof.ancestors] == [use.file]


@pytest.mark.parametrize(
    "use",
    [
        generated("1-1", 0, 48, passport=TRAINED),
        generated("1-1", 0, 48, source_type=SourceType.COMPOSITE),
        generated(
            "1-1",
            0,
            48,
            passport=COMPUTED.model_copy(update={"source_type": SourceType.DIGITAL_CAPTURE}),
        ),
        generated(
            "1-1",
            0,
            48,
            passport=COMPUTED.model_copy(
                update={"training": COMPUTED.training.model_copy(update={"statement": "disclosed"})}
            ),
        ),
        recorded("1-1", 0, 48, source_type=SourceType.COMPOSITE),
        recorded("1-1", 0, 48, source_type=SourceType.ALGORITHMIC),
        recorded("1-1", 0, 48, source_type=SourceType.HUMAN_EDITS),
        recorded("1-1", 0, 48, element_class=ElementClass.ALTERED),
        recorded("1-1", 0, 48, rights=None),
        recorded("1-1", 0, 48, rights=ARCHIVE.model_copy(update={"source": ""})),
    ],
)
def test_what_is_trained_undisclosed_or_unknown_refuses(use: ElementUse) -> None:
    with pytest.raises(Refused) as caught:
        prove(use)
    assert caught.value.why


def test_one_stretch_in_doubt_refuses_the_whole_shot() -> None:
    film = lineage_of(recorded("1-1", 0, 48), generated("1-1", 48, 96, passport=TRAINED))
    with pytest.raises(Refused):
        negative_proof("1-1", film, RightsFile(), {})


@pytest.mark.parametrize("training", ["disclosed", "undisclosed", "unknown"])
def test_a_model_that_the_generator_runs_refuses(training: str) -> None:
    rights = tool("inner").model_copy(update={"models": (model("inner", training),)})
    with pytest.raises(Refused, match="nobody can state") as caught:
        prove(generated("1-1", 0, 48), rights)
    assert "inner" in (caught.value.why or "")


def test_a_model_without_a_passport_refuses_and_one_that_nothing_trained_does_not() -> None:
    with pytest.raises(Refused) as caught:
        prove(generated("1-1", 0, 48), tool("inner"))
    assert "no passport" in (caught.value.why or "")
    kept = tool("inner").model_copy(update={"models": (model("inner", "none"),)})
    assert prove(generated("1-1", 0, 48), kept).shot == "1-1"


def test_a_file_whose_own_credential_admits_a_trained_model_refuses() -> None:
    use = recorded("1-1", 0, 48)
    said = {"actions": [{"digitalSourceType": SourceType.TRAINED_ALGORITHMIC.uri}]}
    manifest = Manifest.model_construct(
        assertions=(Assertion(label="c2pa.actions.v2", data=said),), ingredients=()
    )
    tree = CredentialTree.model_construct(active="a", manifests={"a": manifest})
    with pytest.raises(Refused) as caught:
        negative_proof("1-1", lineage_of(use), RightsFile(), {use.file: tree})
    assert "credential" in (caught.value.why or "")


def test_a_shot_that_is_not_in_the_film_is_told() -> None:
    with pytest.raises(UsageError, match="no element 9-9"):
        negative_proof("9-9", lineage_of(recorded("1-1", 0, 48)), RightsFile(), {})


def test_the_statement_is_signed_and_stands_in_the_ledger() -> None:
    journal = memory_journal()
    entry = record_negative(prove(recorded("1-1", 0, 48)), journal)
    text = journal.ledger.prove(entry)
    report = check_statement(text, [STUDIO.key])
    assert (report.judgement.verdict, report.fault) == (Verdict.TRUSTED, False)
    assert sum(line.startswith("does not say: ") for line in report.says) == len(LIMITS)
    assert set(report.about) == {"file", "essence"}
    assert check_statement(text, []).judgement.verdict is Verdict.UNTRUSTED_SIGNER
    assert check_statement(text[:-9], [STUDIO.key]).fault
    assert check_statement("not a proof", []).says == ()


def test_another_entry_says_what_kind_it_is_and_a_broken_one_that_it_cannot_be_read() -> None:
    journal = memory_journal()
    subjects = {"file": recorded("1-1", 0, 1).file}
    for kind, says in (("choice", "an entry of the kind"), ("negative", "cannot be read")):
        entry = journal.record(kind, subjects, {"shot": "1-1"})  # type: ignore[arg-type]  # both are kinds
        assert says in check_statement(journal.ledger.prove(entry), []).says[0]
