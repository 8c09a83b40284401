"""The register: keys and roles count as they were at each place of the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from ledger_films import MIRA, STRANGER, STUDIO, SeededSigner

from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.register import PERSON, REVOCATION, Register, Spoken, introduced
from generique.ledger.replay import LedgerReport, verify_ledger
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.errors import Damaged
from generique.model.values import digest_of

LOG = "dawn-chorus"
BOB = SeededSigner("person/bob")
MIRA_AGAIN = SeededSigner("person/mira", "another seed")
ESSENCE = digest_of(b"essence")


class Film:
    """A ledger that people speak in."""

    def __init__(self, studio: SeededSigner = STUDIO) -> None:
        self.ledger = Ledger(MemoryEntryStore(), studio, LOG)

    def say(self, kind: str, signer: SeededSigner | None, /, **facts: Any) -> int:
        bound = {"origin": LOG, "seen": self.ledger.size()}
        statement = Statement(
            subjects=(Subject.of("essence", ESSENCE),),
            predicate_type=predicate_type(kind),
            predicate={name: value for name, value in (bound | facts).items() if value is not None},
        )
        return self.ledger.append(statement, signers=(signer,) if signer else ()).index

    def register(self, signer: SeededSigner, *roles: str, **facts: Any) -> int:
        stated = {
            "schema_version": "generique/registration/1",
            "person": signer.key.name.partition("/")[2],
            "name": "Somebody",
            "roles": list(roles or ("director",)),
            "vkey": signer.key.vkey,
            "key": signer.key.id,
        }
        return self.say("person", signer, **stated | facts)

    def revoke(self, signer: SeededSigner, **facts: Any) -> int:
        stated = {
            "schema_version": "generique/key-revocation/1",
            "person": signer.key.name.partition("/")[2],
            "revoked": signer.key.id,
            "reason": "lost",
        }
        return self.say("key-revocation", None, **stated | facts)

    def approve(self, signer: SeededSigner = MIRA, role: str = "director", **facts: Any) -> int:
        stated = {
            "verdict": "approved",
            "person": signer.key.name.partition("/")[2],
            "role": role,
            "key": signer.key.id,
            "essence": ESSENCE,
        }
        return self.say("decision", signer, **stated | facts)

    def judge(self, signer: SeededSigner = MIRA, **facts: Any) -> int:
        stated = {"person": "mira", "role": "director", "key": signer.key.id, "answer": "no"}
        return self.say("judgement", signer, **stated | facts)

    def report(self, *keys: SeededSigner) -> LedgerReport:
        known = [signer.key for signer in keys or (STUDIO,)]
        return verify_ledger(self.ledger.raw_entries(), self.ledger.checkpoint(), known)

    def faults(self) -> list[tuple[int | None, str]]:
        return [(fault.entry, fault.code) for fault in self.report().faults]


@pytest.fixture
def film() -> Film:
    return Film()


def test_a_reader_who_knows_the_studio_knows_whom_it_registered(film: Film) -> None:
    film.register(MIRA)
    film.approve()
    film.judge(essence=ESSENCE)
    film.judge()
    report = film.report(STUDIO)
    assert report.sound, report.faults


def test_a_key_that_was_not_registered_speaks_for_nobody(film: Film) -> None:
    film.register(BOB)
    film.approve()
    assert (1, "entry.unregistered-key") in film.faults()


def test_a_key_that_is_registered_later_does_not_speak_before(film: Film) -> None:
    film.approve(seen=0)
    film.register(MIRA)
    film.approve()
    assert [place for place, code in film.faults() if code == "entry.unregistered-key"] == [0]


def test_a_revoked_key_speaks_no_more_and_what_it_said_stands(film: Film) -> None:
    film.register(MIRA)
    film.approve()
    film.revoke(MIRA)
    film.approve()
    film.judge()
    assert film.faults() == [(3, "entry.revoked-key"), (4, "entry.revoked-key")]
    assert "lost" in film.report().faults[0].why


def test_a_revoked_key_is_never_registered_again_and_another_is(film: Film) -> None:
    film.register(MIRA)
    film.revoke(MIRA)
    film.register(MIRA)
    film.register(MIRA_AGAIN)
    film.approve(MIRA_AGAIN)
    assert film.faults() == [(2, "entry.revoked-key")]


def test_roles_count_as_they_were_held_at_the_place(film: Film) -> None:
    film.register(MIRA, "editor")
    film.approve(role="director")
    film.register(MIRA, "editor", "director")
    film.approve(role="director")
    film.register(MIRA, "editor")
    film.approve(role="director")
    film.approve(role="editor")
    assert film.faults() == [(1, "entry.role"), (5, "entry.role")]
    film.register(BOB, roles=[])
    film.approve(BOB)
    assert film.faults()[-1] == (8, "entry.role")


@pytest.mark.parametrize(
    "facts",
    [
        {"vkey": "nonsense"},
        {"vkey": BOB.key.vkey, "key": BOB.key.id},
        {"person": "bob"},
        {"roles": "director"},
        {"roles": ["emperor"]},
        {"key": STUDIO.key.id},
        {"name": None},
        {"more": 1},
        {"schema_version": "generique/registration/2"},
    ],
)
def test_a_registration_says_whose_key_it_is_or_is_none(film: Film, facts: dict[str, Any]) -> None:
    film.register(MIRA, **facts)
    film.approve()
    codes = {code for place, code in film.faults() if place == 0}
    assert "entry.registration" in codes
    assert any(place == 1 for place, _ in film.faults())


def test_a_person_has_one_key_in_force_and_a_key_is_one_persons(film: Film) -> None:
    film.register(MIRA)
    film.register(MIRA_AGAIN)
    twin = SeededSigner("person/bob", "person/mira")
    assert twin.key.raw == MIRA.key.raw
    film.register(twin)
    assert film.faults() == [(1, "entry.registration"), (2, "entry.registration")]
    assert "not yet revoked" in film.report().faults[0].why
    assert "registered to mira" in film.report().faults[1].why


def test_only_the_key_in_force_can_be_revoked_and_by_the_studio(film: Film) -> None:
    film.register(MIRA)
    film.revoke(BOB)
    film.revoke(MIRA, revoked=MIRA_AGAIN.key.id)
    film.revoke(MIRA, reason="")
    film.revoke(MIRA)
    film.revoke(MIRA)
    places = [(place, code) for place, code in film.faults()]
    assert places == [(place, "entry.registration") for place in (1, 2, 3, 5)]


def test_what_a_person_says_names_its_log(film: Film) -> None:
    film.register(MIRA)
    film.approve(origin="another-film")
    film.approve(origin=7)
    film.judge(origin=None)
    assert film.faults() == [(place, "entry.origin") for place in (1, 2, 3)]


@pytest.mark.parametrize("seen", [-1, 2, True, "1", None, 1.5])
def test_what_a_person_says_names_what_stood_before_it(film: Film, seen: Any) -> None:
    film.register(MIRA)
    film.approve(seen=seen)
    assert film.faults() == [(1, "entry.origin")]


def test_nothing_is_said_twice_with_one_signature(film: Film) -> None:
    film.register(MIRA)
    film.approve(seen=1)
    film.approve(seen=1, verdict="rejected")
    film.approve(seen=1)
    assert film.faults() == [(3, "entry.repeated")]


def test_decisions_older_than_the_register_stand_up_to_its_first_entry(film: Film) -> None:
    older: dict[str, Any] = {"origin": None, "seen": None}
    film.approve(**older)
    assert [code for _, code in film.faults()] == ["entry.decider"]  # the reader knows no key yet
    assert film.report(STUDIO, MIRA).sound
    film.register(MIRA)
    film.approve(**older)
    report = film.report(STUDIO, MIRA)
    assert [(fault.entry, fault.code) for fault in report.faults] == [
        (2, "entry.repeated"),
        (2, "entry.origin"),
    ]


def test_a_demonstration_needs_no_registration(film: Film) -> None:
    demo = SeededSigner("demonstration")
    film.register(MIRA)
    film.approve(demo, "demonstration", verdict="demonstration")
    assert film.report(STUDIO, demo).sound


def test_each_studio_keeps_its_own_register() -> None:
    impostor = SeededSigner("studio", "impostor")
    film = Film(impostor)
    film.register(MIRA)
    film.approve()
    seen = {fault.code for fault in film.report(STUDIO).faults}
    assert seen == {"entry.unknown-signer", "checkpoint.unknown-signer"}
    register = Register(LOG)
    for entry in film.ledger.entries():
        claimed = frozenset(one.keyid for one in entry.envelope.signatures)
        payload = digest_of(entry.envelope.payload)
        assert register.read(Spoken(entry.index, entry.statement(), payload, claimed)) == ()
    assert register.people(STUDIO.key.id) == ()
    (known,) = register.people(impostor.key.id)
    assert (known.since, known.revoked, known.public_key) == (0, None, MIRA.key)
    assert register.keys == (MIRA.key,)


def spoken(kind: str, signers: frozenset[str], **facts: Any) -> Spoken:
    statement = Statement(
        subjects=(Subject.of("essence", ESSENCE),),
        predicate_type=kind,
        predicate={"origin": LOG, "seen": 0} | facts,
    )
    return Spoken(0, statement, digest_of(statement.encode()), signers)


def test_without_the_studios_signature_nothing_is_registered_or_revoked() -> None:
    register = Register(None)
    mira = {
        "schema_version": "generique/registration/1",
        "person": "mira",
        "name": "Mira",
        "roles": ["director"],
        "vkey": MIRA.key.vkey,
        "key": MIRA.key.id,
    }
    alone = spoken(PERSON, frozenset({MIRA.key.id, STRANGER.key.id}), **mira)
    assert [code for code, _ in register.read(alone)] == ["entry.registration"]
    forgotten = spoken(PERSON, frozenset({STUDIO.key.id}), **mira)
    assert [code for code, _ in register.read(forgotten)] == [
        "entry.repeated",
        "entry.registration",
    ]
    ended = {"person": "mira", "revoked": MIRA.key.id, "reason": "lost"}
    unsigned = spoken(REVOCATION, frozenset({MIRA.key.id}), **ended)
    assert {code for code, _ in register.read(unsigned)} == {"entry.registration"}
    assert register.keys == ()


def test_two_keys_of_one_identifier_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    film = Film()
    film.register(MIRA)
    film.revoke(MIRA)
    monkeypatch.setattr(type(MIRA.key), "number", property(lambda key: b"\0\0\0\0"))
    register = Register(LOG)
    signers = frozenset({STUDIO.key.id, MIRA.key.id})
    stated = {
        "schema_version": "generique/registration/1",
        "person": "mira",
        "name": "Mira",
        "roles": ["director"],
        "key": MIRA.key.id,
    }
    assert register.read(spoken(PERSON, signers, vkey=MIRA.key.vkey, **stated)) == ()
    other = register.read(spoken(PERSON, signers, vkey=MIRA_AGAIN.key.vkey, **stated))
    assert [why for _, why in other] == [f"another key has the identifier {MIRA.key.id}"]


def test_what_is_no_registration_introduces_no_key() -> None:
    assert introduced(spoken(PERSON, frozenset(), vkey=MIRA.key.vkey).statement) == (MIRA.key,)
    assert introduced(spoken(PERSON, frozenset(), vkey="x").statement) == ()
    assert introduced(spoken(REVOCATION, frozenset(), vkey=MIRA.key.vkey).statement) == ()


def test_one_decision_covers_several_takes_that_are_all_its_subjects(film: Film) -> None:
    film.register(MIRA)
    film.approve(also=[{"take": "2-1.t1", "essence": digest_of(b"other")}])
    film.approve(also="everything")
    film.approve(also=["2-1.t1"])
    assert film.faults() == [(place, "entry.decision") for place in (1, 2, 3)]
    statement = film.ledger.entry(1).statement()
    both = statement.model_copy(
        update={"subjects": (*statement.subjects, Subject.of("essence/2", digest_of(b"other")))}
    )
    film.ledger.append(both, signers=(MIRA,))
    assert (4, "entry.decision") not in film.faults()


@pytest.mark.parametrize("kind", ["contract", "withdrawal"])
def test_every_word_of_a_person_obeys_the_register(film: Film, kind: str) -> None:
    facts = {"person": "mira", "key": MIRA.key.id, "role": "director"}
    film.say(kind, MIRA, origin=None, seen=None, **facts)
    film.register(MIRA)
    film.say(kind, MIRA, **facts)
    film.say(kind, MIRA, **facts | {"person": "bob"})
    film.say(kind, MIRA, origin="another", **facts)
    film.say(kind, MIRA, **{name: facts[name] for name in ("person", "key")})
    film.revoke(MIRA)
    film.say(kind, MIRA, **facts)
    wanted = [(3, "entry.decision"), (4, "entry.origin"), (7, "entry.revoked-key")]
    if kind == "contract":
        wanted.insert(2, (5, "entry.role"))
    assert [fault for fault in film.faults() if fault[0] != 0] == wanted


def test_only_a_decision_can_be_a_demonstration(film: Film) -> None:
    film.register(BOB)
    film.judge(verdict="demonstration")
    assert (1, "entry.unregistered-key") in film.faults()


def test_a_judgement_is_signed_by_who_judges(film: Film) -> None:
    film.register(MIRA)
    film.judge(BOB)
    film.judge(essence=digest_of(b"other"))
    assert {(1, "entry.decision"), (2, "entry.decision")} <= set(film.faults())


@pytest.mark.parametrize(
    ("stamps", "told"),
    [
        (("2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"), []),
        (("2026-01-01T10:00:00Z", "2026-01-01T09:59:30Z"), []),
        (("2026-01-01T10:00:00Z", "2025-01-01T10:00:00Z", "2025-06-01T10:00:00Z"), [1]),
        (("2026-01-03T10:00:00Z", "2026-01-02T10:00:00Z", "2026-01-01T10:00:00Z"), [1, 2]),
        (
            (
                "2026-01-01T10:00:00Z",
                "2026-01-01T09:00:00Z",
                "2026-01-01T11:00:00Z",
                "2026-01-01T09:00:00Z",
            ),
            [1, 3],
        ),
        (("2026-01-01T10:00:00Z", "yesterday", None, "2026-01-01T09:00:00"), [3]),
    ],
)
def test_a_clock_that_was_set_back_is_told_and_is_no_fault(
    film: Film, stamps: tuple[str | None, ...], told: list[int]
) -> None:
    for stamp in stamps:
        film.say("step", None, at=stamp)
    foreign = Statement(
        subjects=(Subject.of("file", ESSENCE),),
        predicate_type="https://example.org/x",
        predicate={"at": "1990-01-01T00:00:00Z"},
    )
    film.ledger.append(foreign)
    report = film.report()
    assert report.sound
    assert [fault.entry for fault in report.backwards] == told
    assert {fault.code for fault in report.backwards} <= {"entry.clock"}


def test_a_clock_does_not_bring_a_revoked_key_back(film: Film) -> None:
    film.register(MIRA, at="2026-01-01T10:00:00Z")
    film.revoke(MIRA, at="2026-01-02T10:00:00Z")
    film.approve(at="2026-01-01T11:00:00Z", seen=1)
    report = film.report()
    assert [fault.code for fault in report.faults] == ["entry.revoked-key"]
    assert [fault.entry for fault in report.backwards] == [2]


def test_a_signature_that_does_not_hold_is_never_appended(film: Film) -> None:
    class Forger(SeededSigner):
        def sign(self, message: bytes) -> bytes:
            return STRANGER.sign(message)

    with pytest.raises(Damaged):
        film.register(Forger("person/mira"))
    assert film.ledger.size() == 0
    assert film.ledger.key == STUDIO.key
