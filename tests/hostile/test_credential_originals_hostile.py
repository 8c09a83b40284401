"""Takes that were conformed from a provider's file, and what can be done to their credentials."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evidence_films import GENERATOR, Film, clip, conformed, make_film

from generique.machineroom.essence import essence_of
from generique.machineroom.observing import observed_credential
from generique.marks.credential.claims import TAKE_ASSERTION, master_claim, take_claim
from generique.marks.credential.judge import judge
from generique.marks.credential.originals import ORIGINAL, signed_original
from generique.marks.credential.report import CredentialTree
from generique.marks.credential.requirements import check_requirements
from generique.marks.credential.statements import stated_take_of
from generique.marks.verdict import Judgement, Verdict
from generique.model.delivered import JobFacts, Observed
from generique.model.errors import UnreadableInput
from generique.model.passport import SourceType
from generique.model.take import Take
from generique.model.values import digest_of
from generique.testing.providers.signed import PROGRAM, signed_result, tampered


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return make_film(tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="module")
def provided(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("provider")
    return signed_result(clip(folder / "result.mp4", 7).read_bytes(), folder)


def read(film: Film, path: Path) -> CredentialTree:
    tree = film.maker.read(path, anchors=film.root)
    assert tree is not None
    assert list(check_requirements(tree)) == []
    return tree


def codes(judgement: Judgement) -> set[str]:
    return {finding.code for finding in judgement.findings}


def test_a_signed_original_is_the_parent_with_its_credential(film: Film, provided: bytes) -> None:
    path = conformed(film, provided, "signed")
    tree = read(film, path)
    assert tree.manifest is not None
    (parent,) = (i for i in tree.manifest.ingredients if i.relationship == "parentOf")
    below = tree.manifests[parent.manifest or ""]
    assert below.generators[0]["name"] == PROGRAM
    opened, edited = tree.manifest.actions()
    assert (opened["action"], edited["action"]) == ("c2pa.opened", "c2pa.edited")
    assert edited["digitalSourceType"] == SourceType.TRAINED_ALGORITHMIC.uri
    judgement = judge(tree, essence_of(path))
    assert (judgement.verdict, codes(judgement)) == (Verdict.VALID, {"ingredient.untrusted"})
    take = stated_take_of(tree.manifest)
    assert take is not None
    assert take.observed is not None
    assert take.observed.credential.program == f"{PROGRAM} 1"


@pytest.mark.parametrize("changed", [False, True])
def test_an_original_without_a_credential_that_holds_is_told_and_breaks_nothing(
    film: Film, provided: bytes, *, changed: bool
) -> None:
    plain = clip(film.folder / "plain.mp4", 8).read_bytes()
    path = conformed(film, tampered(provided) if changed else plain, f"unsigned-{changed}")
    judgement = judge(read(film, path), essence_of(path))
    assert (judgement.verdict, codes(judgement)) == (Verdict.TRUSTED, {"original.unsigned"})


def test_a_master_of_conformed_takes_holds(film: Film, provided: bytes) -> None:
    first = film.lineage.elements[0]
    for name, data, wanted in (
        ("held", provided, Verdict.VALID),
        ("bare", clip(film.folder / "bare-original.mp4", 9).read_bytes(), Verdict.TRUSTED),
    ):
        signed = conformed(film, data, name)
        use = first.model_copy(update={"original": digest_of(data)})
        lineage = film.lineage.model_copy(update={"elements": (use, *film.lineage.elements[1:])})
        master = film.folder / f"master-{name}.mp4"
        parts = {**film.labels, "1-1.t1": signed}
        claim = master_claim(lineage, "en", film.essence, GENERATOR)
        film.maker.sign(film.unsigned, master, claim, parts)
        tree = read(film, master)
        assert judge(tree, film.essence).verdict is wanted


def _take(film: Film, data: bytes) -> tuple[Take, Path]:
    path = film.folder / "delivered.bin"
    path.write_bytes(data)
    seen = Observed(file=digest_of(data), size=len(data), credential=observed_credential(path))
    return film.take.model_copy(update={"original": seen.file, "observed": seen}), path


def test_a_parent_whose_credential_was_taken_from_it_is_unknown(
    film: Film, provided: bytes, tmp_path: Path
) -> None:
    take, _ = _take(film, provided)
    assert signed_original(take) == digest_of(provided)
    claim: dict[str, Any] = dict(take_claim(take, GENERATOR))
    bare = {"title": "original", "label": ORIGINAL, "relationship": "parentOf"}
    claim["ingredients"] = [bare, *claim["ingredients"]]
    film.maker.sign(film.folder / "shot.mp4", tmp_path / "stripped.mp4", claim, {})
    judgement = judge(read(film, tmp_path / "stripped.mp4"), film.take.essence)
    assert judgement.verdict is Verdict.UNKNOWN
    assert "ingredient.unsigned" in codes(judgement)


def test_a_parent_that_no_take_speaks_of_is_unknown(film: Film, tmp_path: Path) -> None:
    take, _ = _take(film, clip(tmp_path / "plain.mp4", 3).read_bytes())
    claim: dict[str, Any] = dict(take_claim(take, GENERATOR))
    for assertion in claim["assertions"]:
        if assertion["label"] == TAKE_ASSERTION:
            assertion["data"]["take"] |= {"original": None, "observed": None}
    film.maker.sign(film.folder / "shot.mp4", tmp_path / "silent.mp4", claim, {})
    judgement = judge(read(film, tmp_path / "silent.mp4"), film.take.essence)
    assert judgement.verdict is Verdict.UNKNOWN
    assert "ingredient.unsigned" in codes(judgement)


def test_an_original_that_was_said_to_hold_has_to_be_given(film: Film, provided: bytes) -> None:
    take, _ = _take(film, provided)
    with pytest.raises(UnreadableInput, match="not those that it places"):
        film.maker.sign(
            film.folder / "shot.mp4", film.folder / "x.mp4", take_claim(take, GENERATOR), {}
        )


def test_what_a_job_cost_stands_in_no_credential(film: Film) -> None:
    job = JobFacts(
        provider="runway", model="gen4.5", number="n-1", held="0.24", cost="0.20", currency="USD"
    )
    claim: dict[str, Any] = dict(take_claim(film.take.model_copy(update={"job": job}), GENERATOR))
    stated = next(a for a in claim["assertions"] if a["label"] == TAKE_ASSERTION)["data"]["take"]
    assert stated["job"] == job.without_money().to_json()
    assert stated["job"]["number"] == "n-1"
