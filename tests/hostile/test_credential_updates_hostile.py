from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from evidence_films import GENERATOR, Film, box, digest_of_file, flipped, make_film

from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.keys import KeyRing
from generique.machineroom.stage import DiskStageDoor
from generique.marks.credential.claims import take_claim
from generique.marks.credential.endorsement import (
    Endorsement,
    endorsement_claim,
    endorsements_of,
)
from generique.marks.credential.judge import judge
from generique.marks.proofcheck import verify_proof_file
from generique.marks.verdict import Judgement, Verdict
from generique.model.errors import Refused, UnreadableInput, UsageError
from generique.model.lineage import DecisionEntry
from generique.model.passport import Passport, SourceType
from generique.model.people import Decision, Person, Role
from generique.model.values import Digest
from generique.production.endorse import EndorsingRoom
from generique.production.evidence import stated_lineage
from generique.production.people import register
from generique.production.recall import sealed_masters
from generique.production.review import Opinion, decisions
from generique.production.steps import StepMachine
from generique.testing.memory import FolderVault, ListedProgress, NamedSigner, memory_journal

MIRA = Person(id="mira", name="Mira", roles=(Role.DIRECTOR,))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return make_film(tmp_path_factory.mktemp("film"))


def judged(film: Film, path: Path) -> Judgement:
    return judge(film.maker.read(path, anchors=film.root), essence_of(path))


def codes(judgement: Judgement) -> set[str]:
    return {finding.code for finding in judgement.findings}


def approval(essence: Digest, verdict: Any = "approved") -> DecisionEntry:
    decision = Decision(
        verdict=verdict,
        person="mira",
        role=Role.DIRECTOR,
        reason="seen",
        take="master.en",
        essence=essence,
        key="person/mira+00000000",
    )
    return DecisionEntry(decision=decision, entry=4)


def claim(
    essence: Digest, *entries: DecisionEntry, credits_of: tuple[str, ...] = ()
) -> dict[str, Any]:
    endorsement = Endorsement(essence=essence, decisions=entries, credits=credits_of)
    return dict(
        endorsement_claim(endorsement, GENERATOR, title="Dawn Chorus", media_type="video/mp4")
    )


def model(film: Film) -> Passport:
    trained = {"source_type": SourceType.TRAINED_ALGORITHMIC}
    return film.take.passport.model_copy(update=trained)


def test_an_approval_after_the_fact_leaves_picture_sound_and_earlier_claims(
    film: Film, tmp_path: Path
) -> None:
    once, twice = tmp_path / "once.mp4", tmp_path / "twice.mp4"
    film.maker.amend(film.master, once, claim(film.essence, approval(film.essence)))
    film.maker.amend(once, twice, claim(film.essence, credits_of=("Edited by Zoé",)))
    before, after = film.master.read_bytes(), twice.read_bytes()
    start, end = box(before, b"mdat")
    assert after[start:end] == before[start:end]
    assert essence_of(twice) == film.essence
    tree = film.maker.read(twice, anchors=film.root)
    assert tree is not None
    assert len(tree.updates) == 2
    added = endorsements_of(tree)
    assert [item.credits for item in added] == [("Edited by Zoé",), ()]
    assert added[1].decisions == (approval(film.essence),)
    assert stated_lineage(tree, "test") == (film.lineage, "en")
    for path in (once, twice):
        judgement = judged(film, path)
        assert judgement.verdict is Verdict.TRUSTED, judgement
        assert not judgement.findings


def test_a_take_is_endorsed_like_a_master(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "take.mp4"
    essence = film.take.essence
    film.maker.amend(film.signed_take, path, claim(essence, approval(essence)))
    assert essence_of(path) == essence
    assert judged(film, path).verdict is Verdict.TRUSTED


def test_a_changed_bit_under_an_endorsement_is_found(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "endorsed.mp4"
    film.maker.amend(film.master, path, claim(film.essence, approval(film.essence)))
    data = path.read_bytes()
    path.write_bytes(flipped(data, box(data, b"mdat")[0] + 40))
    judgement = judged(film, path)
    assert judgement.verdict is Verdict.BROKEN
    assert "credential.tampered" in codes(judgement)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda film: claim(film.take.essence), "endorsement.other-essence"),
        (
            lambda film: claim(film.essence, approval("sha256:" + "0" * 64)),
            "endorsement.other-essence",
        ),
        (
            lambda film: claim(film.essence, approval(film.essence, "demonstration")),
            "endorsement.no-approval",
        ),
        (
            lambda film: claim(film.essence, approval(film.essence, "rejected")),
            "endorsement.no-approval",
        ),
    ],
)
def test_an_endorsement_that_is_none_is_found(
    film: Film, tmp_path: Path, make: Callable[[Film], dict[str, Any]], code: str
) -> None:
    path = tmp_path / "endorsed.mp4"
    film.maker.amend(film.master, path, make(film))
    judgement = judged(film, path)
    assert judgement.verdict is Verdict.BROKEN
    assert code in codes(judgement)


def test_human_validation_needs_an_approval_of_this_essence(film: Film, tmp_path: Path) -> None:
    endorsement = Endorsement(essence=film.essence, decisions=(approval(film.essence),))
    honest = endorsement_claim(
        endorsement, GENERATOR, title="D", media_type="video/mp4", models=(model(film),)
    )
    assert "human_validated" in str(honest)
    lying: dict[str, Any] = copy.deepcopy(dict(honest))
    lying["assertions"][0]["data"]["decisions"] = []
    good, bad = tmp_path / "good.mp4", tmp_path / "bad.mp4"
    film.maker.amend(film.master, good, honest)
    film.maker.amend(film.master, bad, lying)
    assert judged(film, good).verdict is Verdict.TRUSTED
    assert codes(judged(film, bad)) == {"oversight.unfounded"}


def test_a_take_that_claims_validation_without_approval_is_found(
    film: Film, tmp_path: Path
) -> None:
    take = film.take.model_copy(update={"passport": model(film)})
    said = approval(take.essence).decision
    honest: dict[str, Any] = dict(take_claim(take, GENERATOR, decisions=[said]))
    lying: dict[str, Any] = copy.deepcopy(honest)
    del lying["assertions"][1]["data"]["approvals"]
    good, bad = tmp_path / "good.mp4", tmp_path / "bad.mp4"
    film.maker.sign(film.folder / "shot.mp4", good, honest, {})
    film.maker.sign(film.folder / "shot.mp4", bad, lying, {})
    assert judged(film, good).verdict is Verdict.TRUSTED
    assert codes(judged(film, bad)) == {"oversight.unfounded"}


def test_who_endorses_without_being_trusted_is_told_so(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "endorsed.mp4"
    stranger = CredentialMaker(KeyRing(tmp_path / "keys"))
    stranger.amend(film.master, path, claim(film.essence, approval(film.essence)))
    judgement = judged(film, path)
    assert judgement.verdict is Verdict.UNTRUSTED_SIGNER
    assert "signer.untrusted" in codes(judgement)


def test_only_a_file_with_a_sound_credential_is_added_to(film: Film, tmp_path: Path) -> None:
    target = tmp_path / "endorsed.mp4"
    with pytest.raises(UnreadableInput, match="no credential"):
        film.maker.amend(film.unsigned, target, claim(film.essence))
    data = film.master.read_bytes()
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(flipped(data, box(data, b"mdat")[0] + 40))
    with pytest.raises(UnreadableInput, match="does not hold"):
        film.maker.amend(broken, target, claim(film.essence))
    assert not target.exists()


def endorsing(
    film: Film, folder: Path, *, demonstration: bool
) -> tuple[StepMachine, EndorsingRoom]:
    """A room with the film's master sealed in it."""
    vault, progress = FolderVault(folder / "vault"), ListedProgress()
    machine = StepMachine(memory_journal(), vault, progress)
    register(MIRA, NamedSigner.person("mira"), machine.journal)
    file = vault.put_file(film.master)
    facts = {
        "language": "en",
        "file": file,
        "essence": film.essence,
        "unsigned": digest_of_file(film.unsigned),
        "ingredients": {},
        "demonstration": demonstration,
    }
    machine.journal.record("seal", {"file": file, "essence": film.essence}, facts)
    door = DiskStageDoor(folder / "state", vault, progress)
    return machine, EndorsingRoom(machine, door, film.maker)


def opinion(
    *, verdict: Literal["approved", "rejected"] = "approved", role: Role = Role.DIRECTOR
) -> Opinion:
    return Opinion(verdict=verdict, person=MIRA, role=role, reason="seen in the cinema")


def test_endorsing_a_master_seals_it_anew(film: Film, tmp_path: Path) -> None:
    machine, room = endorsing(film, tmp_path, demonstration=False)
    signer = NamedSigner.person("mira")
    first = room.endorse("en", opinion(), signer)
    second = room.endorse("en", opinion(), signer, ["Edited by Zoé"])
    assert first.essence == second.essence == film.essence
    assert first.file != second.file
    assert len(decisions(machine.journal)[film.essence]) == 2
    act = sealed_masters(machine.journal).get("en")
    assert act is not None
    assert act.facts["endorses"] == first.file
    path = machine.vault.path(second.file)
    proof = machine.journal.ledger.prove(second.entry)
    proven = verify_proof_file(
        proof, digest_of_file(path), essence_of(path), [NamedSigner("studio").key]
    )
    assert not [finding for finding in proven.findings if finding.verdict is Verdict.BROKEN]
    assert judged(film, path).verdict is Verdict.TRUSTED
    tree = film.maker.read(path)
    assert tree is not None
    assert [item.credits for item in endorsements_of(tree)] == [("Edited by Zoé",), ()]


def test_what_may_not_be_endorsed_is_refused(film: Film, tmp_path: Path) -> None:
    signer = NamedSigner.person("mira")
    machine, room = endorsing(film, tmp_path / "a", demonstration=False)
    with pytest.raises(UsageError, match="no master"):
        room.endorse("fr", opinion(), signer)
    with pytest.raises(UsageError, match="only an approval"):
        room.endorse("en", opinion(verdict="rejected"), signer)
    with pytest.raises(Refused):
        room.endorse("en", opinion(role=Role.EDITOR), signer)
    assert decisions(machine.journal) == {}
    _, room = endorsing(film, tmp_path / "b", demonstration=True)
    with pytest.raises(Refused, match="demonstration"):
        room.endorse("en", opinion(), signer)
