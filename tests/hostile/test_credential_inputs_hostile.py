from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evidence_films import GENERATOR, Film, make_film

from generique.machineroom.essence import essence_of
from generique.marks.credential.claims import Terms, master_claim, take_claim
from generique.marks.credential.inputs import DATASET_TYPE, MODEL_TYPE, PROMPT_TYPE
from generique.marks.credential.judge import judge
from generique.marks.credential.soft_binding import ISCC, SoftBinding, soft_bindings_of
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.marks.verdict import Judgement, Verdict
from generique.model.delivered import Tried
from generique.model.passport import Dataset, SourceType, Training
from generique.model.take import Take
from generique.model.values import digest_of
from generique.production.evidence import stated_lineage

HASHED = Terms(prompts="hashed")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return make_film(tmp_path_factory.mktemp("film"))


def by_model(film: Film) -> Take:
    """The film's take, as if a trained model had made it."""
    datasets = (
        Dataset(id="skies", title="Skies", licence="CC0-1.0", digest=digest_of(b"skies")),
        Dataset(id="hills", title="Hills", licence="CC0-1.0"),
    )
    passport = film.take.passport.model_copy(
        update={
            "source_type": SourceType.TRAINED_ALGORITHMIC,
            "training": Training(statement="disclosed", datasets=datasets),
        }
    )
    return film.take.model_copy(update={"passport": passport, "notes": ("slower",)})


def signed(film: Film, path: Path, claim: dict[str, Any]) -> Judgement:
    film.maker.sign(film.folder / "shot.mp4", path, claim, {})
    return judge(film.maker.read(path, anchors=film.root), essence_of(path))


def codes(judgement: Judgement) -> set[str]:
    return {finding.code for finding in judgement.findings}


def test_prompt_model_and_datasets_are_bound_by_digest(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "take.mp4"
    judgement = signed(film, path, dict(take_claim(by_model(film), GENERATOR)))
    assert judgement.verdict is Verdict.TRUSTED, judgement
    tree = film.maker.read(path)
    assert tree is not None
    assert tree.manifest is not None
    found = {item.title: item for item in tree.manifest.ingredients}
    assert [item.data_types[0].type for item in found.values()] == [
        PROMPT_TYPE, MODEL_TYPE, DATASET_TYPE, DATASET_TYPE,
    ]  # fmt: skip
    assert {item.relationship for item in found.values()} == {"inputTo"}
    prompt = found["prompt of 1-1.t1"].data
    assert prompt is not None
    text = '{"notes":["slower"],"prompt":"night aerial, light snow"}'
    assert tree.inputs[prompt.identifier] == digest_of(text.encode())
    created = tree.manifest.actions()[0]
    assert len(created["parameters"]["ingredients"]) == 4
    assert len({item["hash"] for item in created["parameters"]["ingredients"]}) == 4


def _other_text(label: str, text: str) -> Callable[[dict[str, Any]], None]:
    def change(claim: dict[str, Any]) -> None:
        claim["resources"][label] = text

    return change


def _other_digest(claim: dict[str, Any]) -> None:
    document = json.loads(claim["resources"]["input-dataset-skies"])
    document["digest"] = digest_of(b"other skies")
    claim["resources"]["input-dataset-skies"] = json.dumps(
        document, sort_keys=True, separators=(",", ":")
    )


def _dropped(claim: dict[str, Any]) -> None:
    claim["ingredients"].pop()
    claim["assertions"][0]["data"]["actions"][0]["parameters"]["ingredientIds"].pop()
    del claim["resources"]["input-dataset-hills"]


def _other_type(claim: dict[str, Any]) -> None:
    claim["ingredients"][0]["data_types"][0]["type"] = MODEL_TYPE


def _other_prompt_in_the_take(claim: dict[str, Any]) -> None:
    claim["assertions"][1]["data"]["take"]["prompt"] = "day aerial"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (_other_text("input-prompt", "{}"), {"input.contradiction", "input.unlisted"}),
        (_other_text("input-generator", "{}"), {"input.contradiction", "input.unlisted"}),
        (_other_digest, {"input.contradiction", "input.unlisted"}),
        (_other_type, {"input.contradiction", "input.unlisted"}),
        (_other_prompt_in_the_take, {"input.contradiction", "input.unlisted"}),
        (_dropped, {"input.contradiction"}),
    ],
)
def test_inputs_that_are_not_those_of_the_take_are_found(
    film: Film, tmp_path: Path, change: Callable[[dict[str, Any]], None], wanted: set[str]
) -> None:
    claim: dict[str, Any] = copy.deepcopy(dict(take_claim(by_model(film), GENERATOR)))
    change(claim)
    judgement = signed(film, tmp_path / "take.mp4", claim)
    assert judgement.verdict is Verdict.BROKEN
    assert codes(judgement) == wanted


def test_an_input_without_its_document_is_bound_to_nothing(film: Film, tmp_path: Path) -> None:
    claim: dict[str, Any] = copy.deepcopy(dict(take_claim(by_model(film), GENERATOR)))
    del claim["ingredients"][0]["data"]
    del claim["resources"]["input-prompt"]
    judgement = signed(film, tmp_path / "take.mp4", claim)
    assert {"ingredient.unsigned", "input.contradiction"} <= codes(judgement)


def test_hashed_prompts_stand_nowhere_in_clear_words(film: Film, tmp_path: Path) -> None:
    words = b"night aerial"
    tried = (Tried(backend="world", code="not-capable", reason="it knows no 'night aerial'"),)
    quoted = {"tried": tried, "warnings": ("night aerial is taken for an aerial at night",)}
    take = by_model(film).model_copy(update=quoted)
    first = film.lineage.elements[0].model_copy(update={"tried": tried})
    elements = (first, *film.lineage.elements[1:])
    made = film.lineage.model_copy(update={"elements": elements})
    shot, master = tmp_path / "take.mp4", tmp_path / "master.mp4"
    assert signed(film, shot, dict(take_claim(take, GENERATOR, terms=HASHED))).findings == ()
    claim = master_claim(made, "en", film.essence, GENERATOR, terms=HASHED)
    film.maker.sign(film.unsigned, master, claim, {**film.labels, "1-1.t1": shot})
    tree = film.maker.read(master, anchors=film.root)
    assert judge(tree, film.essence).verdict is Verdict.TRUSTED
    assert words in film.master.read_bytes()  # which shows that this would find them
    assert words not in shot.read_bytes()
    assert words not in master.read_bytes()
    assert b"slower" not in shot.read_bytes()
    lineage, _ = stated_lineage(tree, "test")
    assert lineage.elements[0].prompt == digest_of(film.take.prompt.encode())
    assert [each.code for each in lineage.elements[0].tried] == ["not-capable"]


def test_soft_bindings_are_read_back_from_a_signed_file(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "take.mp4"
    bindings = (
        SoftBinding(alg=ISCC, value="ISCC:EMAVMHMC7RMJF6XZ", start=0, end=250),
        SoftBinding(alg=ISCC, value="ISCC:EMAVMHMC7RMJF6XA", start=250, end=500),
        SoftBinding(alg=PICTURE_MARK, value="00112233445566ff", start=0, end=500),
        SoftBinding(alg=SOUND_MARK, value="012345678", start=0, end=500),
    )
    claim = dict(take_claim(film.take, GENERATOR, bindings=bindings))
    assert signed(film, path, claim).verdict is Verdict.TRUSTED
    tree = film.maker.read(path)
    assert tree is not None
    assert tree.manifest is not None
    assert soft_bindings_of(tree.manifest) == bindings
    assert [item["action"] for item in tree.manifest.actions()] == [
        "c2pa.created",
        "c2pa.watermarked.bound",
    ]
