"""Somebody with the database in their hands wants an approval that nobody gave."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from generique.clearance.approvals import USUAL, about, standing
from generique.ledger.envelope import Envelope, Signature, open_envelope, seal
from generique.ledger.keys import STUDIO
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.replay import LedgerReport, verify_ledger
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged, Refused
from generique.model.judgement import Question
from generique.model.people import Matter, Person, Role
from generique.model.values import Digest, Value, digest_of
from generique.production.evidence import Exhibit, Trust, _ledger_faults
from generique.production.journal import Journal
from generique.production.judge import Finding, judge
from generique.production.people import register, revoke_key
from generique.production.review import Opinion, Standing, decide, decisions, judged, signed
from generique.production.review import standing as stands
from generique.testing.memory import FixedClock, NamedSigner

MIRA = Person(id="mira", name="Mira", roles=(Role.DIRECTOR,))
ZOE = Person(id="zoe", name="Zoé", roles=(Role.EDITOR,))
KEY, ZOES, OURS = NamedSigner.person("mira"), NamedSigner.person("zoe"), NamedSigner(STUDIO)
ESSENCE = digest_of(b"essence")


class Shown(Value):
    """A take, as far as people decide on it."""

    id: str = "1-1.t1"
    essence: Digest = ESSENCE
    file: Digest = digest_of(b"file")


class SetClock:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self.at = "2026-05-01T10:00:00Z"

    def now(self) -> str:
        return self.at


class Film:
    """A production's record, with the store beneath it open to anybody."""

    def __init__(self, origin: str = "generique/film") -> None:
        self.store, self.clock = MemoryEntryStore(), SetClock()
        self.ledger = Ledger(self.store, OURS, origin)
        self.journal = Journal(self.ledger, self.clock)

    def approve(self, shown: Shown | None = None, verdict: str = "approved") -> int:
        said = Opinion.read(
            {"verdict": verdict, "person": MIRA.to_json(), "role": "director", "reason": "good"},
            where="test",
        )
        return decide(shown or Shown(), said, KEY, self.journal)

    def envelope(self, entry: int) -> Envelope:
        return self.ledger.entry(entry).envelope

    def reread(self) -> Journal:
        """The record as another process finds it."""
        return Journal(Ledger(self.store, OURS, self.ledger.origin), FixedClock())

    def standing(self) -> Standing:
        return stands(decisions(self.reread()).get(ESSENCE, ()))

    def report(self, *held: str) -> LedgerReport:
        return verify_ledger(
            self.ledger.raw_entries(), self.ledger.checkpoint(), [OURS.key], held=held
        )

    def codes(self) -> set[str]:
        return {fault.code for fault in self.report().faults}


@pytest.fixture
def film() -> Film:
    made = Film()
    register(MIRA, KEY, made.journal)
    register(ZOE, ZOES, made.journal)
    return made


def statement(**facts: object) -> Statement:
    stated = {
        "schema_version": "generique/decision/1",
        "verdict": "approved",
        "matter": "take",
        "person": "mira",
        "role": "director",
        "reason": "forged",
        "take": "1-1.t1",
        "essence": ESSENCE,
        "key": KEY.key.id,
        "origin": "generique/film",
        "seen": 2,
        "at": "2026-05-01T10:00:00Z",
    }
    return Statement(
        subjects=(Subject.of("essence", ESSENCE),),
        predicate_type=predicate_type("decision"),
        predicate=stated | facts,
    )


def forged(made: Statement) -> Envelope:
    """Signed by the studio, with a signature in the person's name that is not hers."""
    honest = seal(made, (OURS,))
    junk = base64.b64encode(bytes(64)).decode()
    signatures = (Signature(keyid=KEY.key.id, sig=junk), *honest.signatures)
    return honest.model_copy(update={"signatures": signatures})


def test_a_forged_signature_is_damage_and_no_approval(film: Film) -> None:
    film.store.append(forged(statement()).encode())
    with pytest.raises(Damaged, match="entry 2"):
        decisions(film.reread())
    assert film.codes() == {"entry.signature"}


def test_a_registration_with_a_forged_signature_registers_nobody() -> None:
    film = Film()
    stated = {
        "schema_version": "generique/registration/1",
        "person": "mira",
        "name": "Mira",
        "roles": ["director"],
        "vkey": KEY.key.vkey,
        "key": KEY.key.id,
        "origin": "generique/film",
        "seen": 0,
    }
    made = statement().model_copy(
        update={"predicate_type": predicate_type("person"), "predicate": stated}
    )
    film.store.append(forged(made).encode())
    assert film.reread().people() == ()
    with pytest.raises(Refused, match="person's name"):
        film.approve()


def test_an_approval_of_another_production_is_replayed_in_vain(film: Film) -> None:
    other = Film("generique/other")
    register(MIRA, KEY, other.journal)
    entry = other.approve()
    film.store.append(other.envelope(entry).encode())
    assert film.standing() is Standing.WAITING
    assert signed(film.reread()) == ()
    (void,) = film.reread().void()
    assert "generique/other" in (void.void or "")
    assert film.codes() == {"entry.origin"}


def test_an_approval_that_was_taken_back_is_replayed_in_vain(film: Film) -> None:
    entry = film.approve()
    assert film.standing() is Standing.APPROVED
    film.approve(verdict="rejected")
    film.store.append(film.envelope(entry).encode())
    assert film.standing() is Standing.REJECTED
    assert film.codes() == {"entry.repeated"}


def test_an_approval_with_another_studios_signature_is_replayed_in_vain(film: Film) -> None:
    entry = film.approve()
    film.approve(verdict="revoked")
    honest = film.envelope(entry)
    theirs = seal(honest.statement(), (NamedSigner("studio2"), KEY))
    film.store.append(theirs.encode())
    assert film.standing() is Standing.WAITING
    assert "entry.unknown-signer" in film.codes()


def test_an_approval_for_another_digest_approves_nothing_else(film: Film) -> None:
    film.approve(Shown(essence=digest_of(b"the night before")))
    assert film.standing() is Standing.WAITING
    words = about(signed(film.journal), Matter.TAKE, "1-1.t1")
    found = standing(USUAL[Matter.TAKE], words, ESSENCE)
    assert not found.approved
    assert digest_of(b"the night before") in found.void[0].why
    with pytest.raises(Refused, match="signed by whoever decides"):
        film.journal.record(
            "decision", {"essence": digest_of(b"x")}, statement().predicate, signers=(KEY,)
        )


@pytest.mark.parametrize("what", ["dropped", "swapped", "cut off"])
def test_a_ledger_without_the_revocation_is_not_the_one_that_was_signed_for(
    film: Film, what: str
) -> None:
    revoke_key("mira", "stolen", film.journal)
    film.journal.record("direction", {"note": ESSENCE}, {"note": "slower"})
    kept = film.ledger.checkpoint()
    raw = [data for _, data in film.ledger.raw_entries()]
    left = {"dropped": [*raw[:2], *raw[3:]], "swapped": [*raw[:2], raw[3], raw[2]]}
    film.store = MemoryEntryStore()
    for data in left.get(what, raw[:2]):
        film.store.append(data)
    film.ledger = Ledger(film.store, OURS, "generique/film")
    report = verify_ledger(film.ledger.raw_entries(), kept, [OURS.key])
    assert "ledger.root" in {fault.code for fault in report.faults}
    assert not film.report(kept).sound


def test_a_revoked_key_approves_nothing(film: Film) -> None:
    revoke_key("mira", "stolen", film.journal)
    with pytest.raises(Refused, match="person's name"):
        film.approve()
    film.store.append(seal(statement(seen=3), (OURS, KEY)).encode())
    assert film.standing() is Standing.WAITING
    assert film.codes() == {"entry.revoked-key"}


def test_a_clock_set_back_brings_no_revoked_key_back(film: Film) -> None:
    revoke_key("mira", "stolen", film.journal)
    film.clock.at = "2026-04-01T10:00:00Z"
    with pytest.raises(Refused):
        film.approve()
    late = statement(seen=2, at="2026-04-01T10:00:00Z")
    film.store.append(seal(late, (OURS, KEY)).encode())
    assert film.standing() is Standing.WAITING
    report = film.report()
    assert [fault.code for fault in report.faults] == ["entry.revoked-key"]
    assert [(fault.entry, fault.code) for fault in report.backwards] == [(3, "entry.clock")]


def test_the_last_word_is_the_last_in_the_ledger_whatever_the_clock_says(film: Film) -> None:
    film.approve()
    film.clock.at = "2020-01-01T00:00:00Z"
    film.approve(verdict="rejected")
    assert film.standing() is Standing.REJECTED


@pytest.mark.parametrize("signer", [ZOES, OURS, NamedSigner.demonstration()])
def test_the_key_of_another_speaks_for_nobody_else(film: Film, signer: NamedSigner) -> None:
    with pytest.raises(Refused):
        decide(Shown(), opinion_of(MIRA, Role.DIRECTOR), signer, film.journal)
    made = statement(key=signer.key.id)
    film.store.append(seal(made, (OURS, signer)).encode())
    with pytest.raises(Damaged):
        decisions(film.reread())
    assert "entry.decision" in film.codes()


def opinion_of(person: Person, role: Role) -> Opinion:
    return Opinion(verdict="approved", person=person, role=role, reason="good")


def test_a_role_that_is_not_held_is_refused_though_the_settings_claim_it(film: Film) -> None:
    promoted = Person(id="zoe", name="Zoé", roles=(Role.DIRECTOR,))
    with pytest.raises(Refused) as caught:
        decide(Shown(), opinion_of(promoted, Role.DIRECTOR), ZOES, film.journal)
    assert caught.value.where == "entry.role"
    made = statement(person="zoe", key=ZOES.key.id)
    film.store.append(seal(made, (OURS, ZOES)).encode())
    assert film.standing() is Standing.WAITING
    assert film.codes() == {"entry.role"}


def test_a_role_that_is_added_later_does_not_count_before(film: Film) -> None:
    made = statement(person="zoe", key=ZOES.key.id)
    film.store.append(seal(made, (OURS, ZOES)).encode())
    promoted = Person(id="zoe", name="Zoé", roles=(Role.DIRECTOR, Role.EDITOR))
    register(promoted, ZOES, film.journal)
    assert film.standing() is Standing.WAITING
    decide(Shown(), opinion_of(promoted, Role.DIRECTOR), ZOES, film.journal)
    assert film.standing() is Standing.APPROVED


def test_nobody_is_registered_with_a_key_that_they_cannot_sign_with(film: Film) -> None:
    class Thief(NamedSigner):
        def sign(self, message: bytes) -> bytes:
            return OURS.sign(message)

    ann = Person(id="ann", name="Ann", roles=(Role.PRODUCER,))
    size = film.ledger.size()
    with pytest.raises(Damaged):
        register(ann, Thief("person/ann"), film.journal)
    assert film.ledger.size() == size


def test_two_names_for_one_key_are_not_two_people(film: Film) -> None:
    class Twin(NamedSigner):
        def __init__(self) -> None:
            super().__init__("person/mira")
            self._key = self._key.model_copy(update={"name": "person/ann"})

    ann = Person(id="ann", name="Ann", roles=(Role.PRODUCER,))
    with pytest.raises(Refused) as caught:
        register(ann, Twin(), film.journal)
    assert "registered to mira" in (caught.value.why or "")


def test_an_approval_older_than_the_register_cannot_be_added_to_it(film: Film) -> None:
    older = {
        name: value
        for name, value in statement().predicate.items()
        if name not in {"origin", "seen"}
    }
    made = statement().model_copy(update={"predicate": older})
    film.store.append(seal(made, (OURS, KEY)).encode())
    assert film.standing() is Standing.WAITING
    assert film.codes() == {"entry.origin"}


def test_judgements_obey_the_same_law(film: Film) -> None:
    found = Finding(
        question=Question.AUTHENTIC,
        answer="no",
        element="1-1",
        essence=ESSENCE,
        person=MIRA,
        role=Role.DIRECTOR,
        reason="nobody would",
    )
    entry = judge(found, KEY, film.journal)
    film.store.append(film.envelope(entry).encode())
    assert [said.entry for said in judged(film.reread())] == [entry]
    other = Film("generique/other")
    register(MIRA, KEY, other.journal)
    other.store.append(film.envelope(entry).encode())
    assert judged(other.reread()) == ()
    revoke_key("mira", "stolen", film.journal)
    with pytest.raises(Refused):
        judge(found, KEY, film.journal)


def test_every_flipped_bit_of_an_approval_is_found(film: Film) -> None:
    entry = film.approve()
    data = bytearray(film.envelope(entry).encode())
    for place in range(0, len(data), 3):
        store = MemoryEntryStore()
        for _, kept in list(film.ledger.raw_entries())[:entry]:
            store.append(kept)
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        store.append(bytes(changed))
        try:
            open_envelope(bytes(changed), where="test").statement()
        except Exception:  # noqa: BLE001, S112 -- what cannot be read is found already
            continue
        journal = Journal(Ledger(store, OURS, "generique/film"), FixedClock())
        try:
            assert signed(journal) == (), place
        except Damaged:
            continue


def test_a_reader_is_told_of_void_words_and_of_clocks(film: Film, tmp_path: Path) -> None:
    entry = film.approve()
    film.clock.at = "2020-01-01T00:00:00Z"
    film.approve(verdict="rejected")
    film.clock.at = "2019-01-01T00:00:00Z"
    film.approve(verdict="revoked")
    exhibit = Exhibit(path=tmp_path / "film.mp4", digest=ESSENCE, proof=None)
    trust = Trust(keys=(OURS.key,))
    told = {finding.code: finding for finding in _ledger_faults(film.ledger, exhibit, trust)}
    assert {code: finding.is_fault for code, finding in told.items()} == {"entry.clock": False}
    film.store.append(film.envelope(entry).encode())
    found = {finding.code: finding for finding in _ledger_faults(film.ledger, exhibit, trust)}
    assert found["entry.repeated"].verdict is Verdict.BROKEN
    stranger = {one.verdict for one in _ledger_faults(film.ledger, exhibit, Trust())}
    assert Verdict.UNTRUSTED_SIGNER in stranger
