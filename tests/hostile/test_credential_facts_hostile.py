"""Masters with exactly one fault in what their credential says: the rule that asks refuses."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evidence_films import GENERATOR, Film, make_film

from generique.clearance.case import Case, ElementFacts, Signed
from generique.clearance.packs import judge_packs
from generique.clearance.verdict import Gate, Outcome, Status
from generique.marks.credential.claims import master_claim, take_claim
from generique.marks.credential.endorsement import Endorsement, endorsement_claim
from generique.marks.credential.judge import judge
from generique.marks.credential.report import CredentialTree, Manifest
from generique.marks.credential.requirements import check_requirements
from generique.marks.credential.soft_binding import ISCC, SoftBinding, soft_binding_assertions
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.model.lineage import DecisionEntry
from generique.model.passport import Passport, SourceType
from generique.model.people import Decision, Matter, Role
from generique.model.production import Production
from generique.model.values import Digest
from generique.production.credential_facts import credential_facts
from generique.production.marking import marked_spans
from generique.production.readback import MasterReading
from generique.production.readback_marks import MarksFound

Claim = dict[str, Any]
Change = Callable[[Claim, dict[str, Path]], None]
READ = ("CPA-01", "CPA-03", "CPA-04", "CPA-05", "CPA-06", "CPA-07", "CPA-11")
"""Rules that read the credential and that a film in order keeps."""

ISCC_CODE = SoftBinding(alg=ISCC, value="ISCC:EMAVMHMC7RMJF6XZ", start=0, end=500)
PICTURE = SoftBinding(alg=PICTURE_MARK, value="00112233445566ff", start=0, end=500)
PLUGIN = SoftBinding(alg="org.elsewhere.mark", value="1", start=0, end=500)
SOUND = SoftBinding(alg=SOUND_MARK, value="000000001", start=0, end=500)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return make_film(tmp_path_factory.mktemp("film"))


def approval(essence: Digest, matter: Matter = Matter.TAKE, name: str = "1-1.t1") -> Decision:
    return Decision(
        verdict="approved",
        matter=matter,
        person="mira",
        role=Role.DIRECTOR,
        reason="seen",
        take=name,
        essence=essence,
        key="person/mira+00000000",
    )


def signed(film: Film, name: str, change: Change) -> CredentialTree:
    """The credential of a master whose claim or ingredients somebody changed before signing."""
    claim: Claim = copy.deepcopy(dict(master_claim(film.lineage, "en", film.essence, GENERATOR)))
    files = dict(film.labels)
    change(claim, files)
    path = film.folder / f"{name}.mp4"
    film.maker.sign(film.unsigned, path, claim, files)
    return tree_of(film, path)


def tree_of(film: Film, path: Path) -> CredentialTree:
    tree = film.maker.read(path, anchors=film.root)
    assert tree is not None
    return tree


def edited(tree: CredentialTree, **changes: Any) -> CredentialTree:
    """A credential of which the master's own manifest says something else."""
    assert tree.manifest is not None
    manifest = Manifest.model_validate(tree.manifest.model_dump() | changes, by_name=True)
    return tree.model_copy(update={"manifests": {**tree.manifests, tree.active: manifest}})


def read(film: Film, *heard: str) -> MasterReading:
    """What was read back from the file: both shots said their numbers."""
    return MasterReading(
        language="en",
        file=film.essence,
        frames=12,
        frames_asked=12,
        frames_a_second=24,
        labels=(),
        credits=(),
        marks=MarksFound(asked=2, found=2),
        sound_marks=heard,
    )


def case(
    film: Film,
    tree: CredentialTree | None,
    *approvals: Decision,
    heard: tuple[str, ...] = (),
) -> Case:
    """What clearance is told of the film, with approvals that stand."""
    reading = read(film, *heard)
    worth = judge(tree, film.essence).verdict.value if tree else "missing"
    said = [Signed(decision=decision, entry=5) for decision in approvals]
    facts = credential_facts(tree, film.essence, film.lineage, reading)
    elements = tuple(
        ElementFacts(
            id=use.id,
            title=use.title,
            kind=use.kind,
            element_class=use.element_class,
            source_type=use.source_type,
            backend=use.passport.name if use.passport else None,
            passport=use.passport,
            rights=use.rights,
            take=use.take,
            essence=use.essence,
            decisions=tuple(one for one in said if one.decision.essence == use.essence),
        )
        for use in film.lineage.elements
    )
    document = {
        "schema": "generique/production/1",
        "id": "dawn-chorus",
        "title": "Dawn Chorus",
        "languages": ["en"],
        "genre": "documentary",
        "raster": {"width": 64, "height": 48},
        "rate": "24",
        "backends": {"shot": "world"},
    }
    return Case(
        production=Production.read(document, where="production.toml"),
        gate=Gate.DELIVER,
        today="2026-11-28",
        elements=elements,
        approvals=tuple(said),
        subjects={"master/en": film.essence},
        readback=(reading.summary(credential=worth, **facts),),
    )


def outcomes(case: Case) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for outcome in judge_packs(("c2pa-2.4",), case):
        found.setdefault(outcome.rule or "", []).append(outcome)
    return found


def check_only(rule: str, words: str, told: Case) -> None:
    """This rule refuses in these words, and no other of those that read the credential does."""
    found = outcomes(told)
    refused = [outcome for outcome in found[rule] if outcome.refuses]
    assert refused, found[rule]
    assert words in refused[0].reason
    assert refused[0].lift
    others = {name for name in READ if any(outcome.refuses for outcome in found[name])}
    assert others == {rule}


def actions(claim: Claim) -> Claim:
    found: Claim = claim["assertions"][0]["data"]
    return found


def test_a_film_in_order_keeps_every_rule_and_nobody_vouches_for_its_signer(film: Film) -> None:
    found = outcomes(case(film, tree_of(film, film.master)))
    assert {name: found[name][0].status for name in READ} == dict.fromkeys(READ, Status.PASSED)
    (trust,) = found["CPA-09"]
    assert trust.status is Status.OPEN  # its own root vouches for it, and that is no list
    assert "Credential signer, Generique development (self-issued)" in trust.reason
    (stamp,) = found["CPA-08"]
    assert (stamp.status, stamp.refuses) == (Status.OPEN, True)


def without_finch(claim: Claim, files: dict[str, Path]) -> None:
    (label,) = [label for label in files if label.startswith("media-")]
    del files[label]
    actions(claim)["actions"] = [
        action
        for action in actions(claim)["actions"]
        if label not in action.get("parameters", {}).get("ingredientIds", ())
    ]


def told_mining(use: str) -> Change:
    def change(claim: Claim, _: dict[str, Path]) -> None:
        for assertion in claim["assertions"]:
            if assertion["label"] == "cawg.training-mining":
                for entry in assertion["data"]["entries"].values():
                    entry["use"] = use

    return change


def disclosed(**data: Any) -> Change:
    def change(claim: Claim, _: dict[str, Path]) -> None:
        claim["assertions"].append(
            {"label": "c2pa.ai-disclosure", "created": True, "data": {"modelName": "M", **data}}
        )

    return change


def watermarked(claim: Claim, _: dict[str, Path]) -> None:
    actions(claim)["actions"].append({"action": "c2pa.watermarked.bound"})
    claim["assertions"] += soft_binding_assertions([ISCC_CODE])


FAULTS: dict[str, tuple[str, str, Change]] = {
    "gathered": (
        "CPA-01",
        "among what the signer vouches for (file)",
        lambda claim, _: claim["assertions"][0].update(created=False),
    ),
    "untyped": (
        "CPA-03",
        "c2pa.dubbed can be seen or heard",
        lambda claim, _: actions(claim)["actions"].append({"action": "c2pa.dubbed"}),
    ),
    "incomplete": (
        "CPA-04",
        "does not say whether it is complete",
        lambda claim, _: actions(claim).pop("allActionsIncluded"),
    ),
    "other-version": (
        "CPA-04",
        "follows specification '2.3.0', and 2.4 is due",
        lambda claim, _: claim["claim_generator_info"][0].update(specVersion="2.3.0"),
    ),
    "no-version": (
        "CPA-04",
        "does not say by which version",
        lambda claim, _: claim["claim_generator_info"][0].pop("specVersion"),
    ),
    "no-model": (
        "CPA-06",
        "it discloses a model, and no trained one was at work (file)",
        disclosed(modelType="c2pa.types.model"),
    ),
    "unnamed-mark": ("CPA-07", "tells of a watermark, and names none", watermarked),
    "open-to-mining": ("CPA-11", "the production wants it notAllowed", told_mining("allowed")),
    "silent-on-mining": (
        "CPA-11",
        "“no such assertion”",
        lambda claim, _: claim["assertions"].pop(2),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_credential_that_holds_and_says_too_little_is_refused(film: Film, name: str) -> None:
    rule, words, change = FAULTS[name]
    tree = signed(film, name, change)
    assert judge(tree, film.essence).passed  # no seal is broken: only the rule finds it
    check_only(rule, words, case(film, tree))


def test_a_clip_without_its_ingredient_is_named(film: Film) -> None:
    found = outcomes(case(film, signed(film, "clipped", without_finch)))
    assert "its credential does not name 2-1." in found["CPA-05"][0].reason
    assert found["CPA-05"][0].refuses


def test_a_clip_whose_ingredient_had_no_credential_is_named(film: Film) -> None:
    bare = film.folder / "shot.mp4"
    tree = signed(film, "bare", lambda _, files: files.update({"1-1.t1": bare}))
    (told,) = outcomes(case(film, tree))["CPA-05"]
    assert told.refuses
    assert "does not name 1-1." in told.reason


def test_a_master_without_a_credential_names_nothing(film: Film) -> None:
    found = outcomes(case(film, None))
    refused = {name for name in READ if any(outcome.refuses for outcome in found[name])}
    assert refused == {"CPA-01", "CPA-03", "CPA-04", "CPA-05", "CPA-11"}
    assert "does not name 1-1, 2-1." in found["CPA-05"][0].reason
    stripped = tree_of(film, film.master).model_copy(update={"manifests": {}})
    assert credential_facts(stripped, None, film.lineage, read(film)) == credential_facts(
        None, None, film.lineage, read(film)
    )


def trained(film: Film) -> Passport:
    return film.take.passport.model_copy(update={"source_type": SourceType.TRAINED_ALGORITHMIC})


def test_a_take_is_called_validated_only_while_its_approval_stands(film: Film) -> None:
    take = film.take.model_copy(update={"passport": trained(film)})
    decision = approval(take.essence)
    path = film.folder / "validated-shot.mp4"
    claim = take_claim(take, GENERATOR, decisions=(decision,))
    film.maker.sign(film.folder / "shot.mp4", path, claim, {})
    tree = signed(film, "validated", lambda _, files: files.update({"1-1.t1": path}))
    stands = outcomes(case(film, tree, decision))["CPA-06"]
    assert [outcome.status for outcome in stands] == [Status.PASSED]
    words = "it says that a person validated 1-1, and no approval of exactly that stands"
    check_only("CPA-06", words, case(film, tree))


def test_a_film_is_called_validated_only_while_its_approval_stands(film: Film) -> None:
    decision = approval(film.essence, Matter.MASTER, "en")
    entry = DecisionEntry(decision=decision, entry=4)
    path = film.folder / "validated.mp4"
    claim = endorsement_claim(
        Endorsement(essence=film.essence, decisions=(entry,)),
        GENERATOR,
        title="Dawn Chorus",
        media_type="video/mp4",
        models=(trained(film),),
    )
    film.maker.amend(film.master, path, claim)
    tree = tree_of(film, path)
    stands = outcomes(case(film, tree, decision))["CPA-06"]
    assert [outcome.status for outcome in stands] == [Status.PASSED]
    check_only("CPA-06", "validated the film itself", case(film, tree))


def test_validation_that_nobody_gave_breaks_the_seal_and_the_rule(film: Film) -> None:
    profile = {"humanOversightLevel": "human_validated"}
    change = disclosed(modelType="c2pa.types.model", contentProfile=profile)
    (told,) = outcomes(case(film, signed(film, "unfounded", change)))["CPA-06"]
    assert told.refuses
    assert "holds no approval of exactly this essence" in told.reason


def test_a_disclosure_without_the_kind_of_its_model_is_refused(film: Film) -> None:
    take = film.take.model_copy(update={"passport": trained(film)})
    claim: Claim = copy.deepcopy(dict(take_claim(take, GENERATOR)))
    for assertion in claim["assertions"]:
        if assertion["label"] == "c2pa.ai-disclosure":
            del assertion["data"]["modelType"]
    path = film.folder / "untyped-shot.mp4"
    film.maker.sign(film.folder / "shot.mp4", path, claim, {})
    tree = signed(film, "untyped-model", lambda _, files: files.update({"1-1.t1": path}))
    check_only("CPA-06", "model of no known kind (file > 1-1.t1)", case(film, tree))


OPENING = {"action": "c2pa.opened", "parameters": {"ingredients": [{"url": "x/c2pa.ingredient"}]}}


@pytest.mark.parametrize(
    ("rule", "words", "opening"),
    [
        ("CPA-05", "is not one parent ingredient", OPENING),
        ("CPA-05", "is not one parent ingredient", {"action": "c2pa.opened"}),
        ("CPA-05", "is not one parent ingredient", {**OPENING, "parameters": {"ingredients": 1}}),
        ("CPA-03", "an opening names a kind of source", {**OPENING, "digitalSourceType": "x"}),
    ],
)
def test_an_opening_that_opens_nothing_is_refused(
    film: Film, rule: str, words: str, opening: Claim
) -> None:
    tree = tree_of(film, film.master)
    assert tree.manifest is not None
    first, *rest = [item.model_dump() for item in tree.manifest.assertions]
    first["data"] = {**first["data"], "actions": [*first["data"]["actions"], opening]}
    found = outcomes(case(film, edited(tree, assertions=(first, *rest))))[rule]
    assert found[0].refuses
    assert words in found[0].reason


@pytest.mark.parametrize("said", [None, "2.4", [None], [{"specVersion": 2.4}], {}])
def test_a_version_that_is_none_is_no_version(film: Film, said: Any) -> None:
    tree = edited(tree_of(film, film.master), generators=said)
    check_only("CPA-04", "does not say by which version", case(film, tree))


def bound(*bindings: SoftBinding) -> Change:
    def change(claim: Claim, _: dict[str, Path]) -> None:
        actions(claim)["actions"].append({"action": "c2pa.watermarked.bound"})
        claim["assertions"] += soft_binding_assertions([*bindings, ISCC_CODE])

    return change


def own_marks(film: Film) -> list[SoftBinding]:
    marks = [span.mark for span in marked_spans(film.lineage)]
    return [PICTURE.model_copy(update={"value": mark}) for mark in marks]


def test_a_mark_in_the_sound_is_kept_when_it_was_heard_and_told_when_not(film: Film) -> None:
    tree = signed(film, "marked", bound(*own_marks(film), SOUND, PLUGIN))
    (told,) = outcomes(case(film, tree))["CPA-07"]
    assert (told.status, told.refuses) == (Status.OPEN, False)
    assert f"also tells of {SOUND_MARK}, {PLUGIN.alg}, and that was not found" in told.reason
    (told,) = outcomes(case(film, tree, heard=(SOUND.value,)))["CPA-07"]
    assert f"also tells of {PLUGIN.alg}, and that" in told.reason
    tree = signed(film, "heard", bound(*own_marks(film), SOUND))
    (kept,) = outcomes(case(film, tree, heard=(SOUND.value,)))["CPA-07"]
    assert kept.status is Status.PASSED


def test_a_mark_of_another_film_is_refused(film: Film) -> None:
    tree = signed(film, "other-mark", bound(PICTURE))
    check_only("CPA-07", f"{PICTURE.value} ({PICTURE_MARK}), and no shot", case(film, tree))
    tree = signed(film, "other-sound", bound(*own_marks(film), SOUND))
    words = f"{SOUND.value} ({SOUND_MARK}), and the sound bears 0000000ff"
    check_only("CPA-07", words, case(film, tree, heard=("0000000ff",)))


def test_what_others_signed_is_theirs_to_answer_for(film: Film) -> None:
    stranger = film.folder / "stranger.mp4"
    claim: Claim = copy.deepcopy(dict(take_claim(film.take, GENERATOR)))
    claim["assertions"] = [claim["assertions"][0]]
    actions(claim).pop("allActionsIncluded")
    film.maker.sign(film.folder / "shot.mp4", stranger, claim, {})
    tree = signed(film, "strange", lambda _, files: files.update({"1-1.t1": stranger}))
    assert list(check_requirements(tree)) == []
    ours: Claim = copy.deepcopy(dict(take_claim(film.take, GENERATOR)))
    actions(ours).pop("allActionsIncluded")
    film.maker.sign(film.folder / "shot.mp4", film.folder / "ours.mp4", ours, {})
    path = film.folder / "ours.mp4"
    tree = signed(film, "our-own", lambda _, files: files.update({"1-1.t1": path}))
    assert {(one.code, one.where) for one in check_requirements(tree)} == {
        ("actions.completeness", "file > 1-1.t1")
    }


def test_an_update_answers_for_itself(film: Film) -> None:
    path = film.folder / "updated.mp4"
    claim: Claim = dict(
        endorsement_claim(
            Endorsement(essence=film.essence, credits=("Edited by Zoé",)),
            GENERATOR,
            title="Dawn Chorus",
            media_type="video/mp4",
        )
    )
    film.maker.amend(film.master, path, claim)
    assert list(check_requirements(tree_of(film, path))) == []
    claim["claim_generator_info"][0]["specVersion"] = "2.1"
    film.maker.amend(film.master, path, claim)
    told = [one.why for one in check_requirements(tree_of(film, path))]
    assert told == ["it says that it follows specification '2.1', and 2.4 is due"]


def test_what_cannot_be_read_of_a_take_shows_nothing_about_its_model(film: Film) -> None:
    tree = tree_of(film, film.signed_take)
    assert tree.manifest is not None
    kept = [item.model_dump() for item in tree.manifest.assertions]
    for item in kept:
        if item["label"] == "org.generique.take":
            item["data"] = {"take": {"id": 1}}
    disclosure = {"label": "c2pa.ai-disclosure", "data": {"modelType": "m"}, "created": True}
    odd = edited(tree, assertions=(*kept, disclosure))
    assert "disclosure.unfounded" not in {one.code for one in check_requirements(odd)}
    medium = edited(tree_of(film, film.signed_medium), assertions=(*kept[:1], disclosure))
    assert list(check_requirements(medium)) == []
