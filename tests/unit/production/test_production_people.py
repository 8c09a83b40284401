"""Keys, matters beside takes, and judgements: what people say, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from production_parts import MIRA, STRANGER, Room, production, take

from generique.clearance.clauses import Contract, read_contract
from generique.ledger.keys import STUDIO
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.model.casting import Casting
from generique.model.declaration import UseDeclaration
from generique.model.errors import Refused, UsageError
from generique.model.judgement import Question
from generique.model.people import Matter, Person, Role
from generique.model.production import Voice
from generique.model.values import Json, digest_of
from generique.production.journal import Journal
from generique.production.judge import Finding, answers, judge
from generique.production.matters import (
    Subject,
    casting_id,
    cut_subject,
    digests,
    earlier_cut,
    matters,
)
from generique.production.people import Asked, asked, in_force, register, revoke_key
from generique.production.review import (
    Opinion,
    decide,
    decide_together,
    decisions,
    demonstrate,
    judged,
    signed,
)
from generique.testing.memory import FixedClock, NamedSigner

KEY, ZOE = NamedSigner.person("mira"), NamedSigner.person("zoe")
ANNS = NamedSigner.person("ann")
ANN = Person(id="ann", name="Ann", roles=(Role.PRODUCER,))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path).know(MIRA, STRANGER, ANN)


def yes(person: Person = MIRA, role: Role = Role.DIRECTOR) -> Opinion:
    return Opinion(verdict="approved", person=person, role=role, reason="good")


def test_a_registration_is_written_once_until_something_changes(room: Room) -> None:
    size = room.journal.ledger.size()
    assert register(MIRA, KEY, room.journal) == 0
    assert room.journal.ledger.size() == size
    more = MIRA.model_copy(update={"roles": (Role.DIRECTOR, Role.EDITOR)})
    entry = register(more, KEY, room.journal)
    known = in_force("mira", room.journal)
    assert known is not None
    assert (known.since, known.stated.roles) == (entry, more.roles)
    envelope = room.journal.ledger.entry(entry).envelope
    assert set(envelope.signers([KEY.key, NamedSigner(STUDIO).key])) == {
        KEY.key,
        NamedSigner(STUDIO).key,
    }


def test_a_revoked_key_says_nothing_more_and_what_it_said_counts(room: Room) -> None:
    decide(take(), yes(), KEY, room.journal)
    ended = revoke_key("mira", " lost on a train ", room.journal)
    assert ended.stated.key == KEY.key.id
    assert in_force("mira", room.journal) is None
    with pytest.raises(Refused) as caught:
        decide(take(essence=b"2"), yes(), KEY, room.journal)
    assert caught.value.where == "entry.revoked-key"
    assert "lost on a train" in (caught.value.why or "")
    with pytest.raises(Refused):
        register(MIRA, KEY, room.journal)
    with pytest.raises(UsageError, match="no key in force"):
        revoke_key("mira", "again", room.journal)
    with pytest.raises(UsageError, match="reason"):
        revoke_key("zoe", " ", room.journal)
    assert [said.decision.essence for said in signed(room.journal)] == [take().essence]


def test_a_person_may_not_have_two_keys(room: Room) -> None:
    class Other(NamedSigner):
        def __init__(self) -> None:
            super().__init__("person/mira2")
            self._key = self._key.model_copy(update={"name": "person/mira"})

    with pytest.raises(Refused, match="not said in a person's name"):
        register(MIRA, Other(), room.journal)


def test_one_statement_covers_several_takes_each_by_its_digest(room: Room) -> None:
    takes = [take(), take("2-1.t1", b"2"), take("3-1.t1", b"3")]
    entry = decide_together(takes, yes(), KEY, room.journal)
    found = decisions(room.journal)
    for shown in takes:
        (said,) = found[shown.essence]
        assert (said.entry, said.decision.take) == (entry, shown.id)
    assert len(signed(room.journal)) == 3
    assert len(room.journal.ledger.entry(entry).statement().subjects) == 6


def test_demonstrations_are_not_among_the_words_of_people(room: Room) -> None:
    demonstrate(take(), NamedSigner.demonstration(), room.journal)
    assert signed(room.journal) == ()
    assert len(decisions(room.journal)[take().essence]) == 1


def test_words_of_another_studio_do_not_count(room: Room) -> None:
    decide(take(), yes(), KEY, room.journal)
    store = MemoryEntryStore()
    for _, data in room.journal.ledger.raw_entries():
        store.append(data)
    elsewhere = Journal(Ledger(store, NamedSigner("studio2"), "generique/test"), FixedClock())
    assert signed(elsewhere) == ()
    assert decisions(elsewhere) == {}
    assert {act.kind for act in elsewhere.void()} == {"person", "decision"}


def subject(document: bytes = b"the cut") -> Subject:
    return cut_subject(digest_of(document))


def contract_of(clause: Mapping[str, object]) -> Contract:
    document = {
        "schema": "generique/contract/1",
        "work": "A film",
        "titles": ["tiny"],
        "date": "2026-03-03",
        "party": [{"id": "one", "name": "One"}, {"id": "two", "name": "Two"}],
        "clause": [clause],
    }
    return read_contract(document, where="test")


def cut_asked(room: Room, document: bytes = b"the cut", contract: Contract | None = None) -> Asked:
    return asked(subject(document), Matter.CUT, signed(room.journal), contract)


def test_a_matter_waits_and_says_for_whom(room: Room) -> None:
    (missing,) = cut_asked(room).missing
    assert missing.roles == (Role.DIRECTOR, Role.EDITOR)
    entry = decide(subject(), yes(), KEY, room.journal, matter=Matter.CUT)
    decide(
        subject(),
        yes(ANN, Role.PRODUCER),
        ANNS,
        room.journal,
        matter=Matter.CUT,
    )
    found = cut_asked(room)
    assert (found.approved, found.missing, found.rests_on) == (True, (), (entry,))
    assert [word.said.decision.role for word in found.void] == [Role.PRODUCER]
    other = cut_asked(room, b"another cut")
    assert not other.approved
    assert len(other.void) == 2
    assert digest_of(b"the cut") in other.void[0].why


def test_a_contract_may_wait_for_more_people_than_is_usual(room: Room) -> None:
    clause = {"id": "4", "kind": "human-approval", "matter": "cut", "roles": ["producer"]}
    contract = contract_of(clause)
    decide(subject(), yes(), KEY, room.journal, matter=Matter.CUT)
    waiting = cut_asked(room, contract=contract)
    assert (waiting.approved, [one.roles for one in waiting.missing]) == (False, [(Role.PRODUCER,)])
    last = decide(
        subject(),
        yes(ANN, Role.PRODUCER),
        ANNS,
        room.journal,
        matter=Matter.CUT,
    )
    found = cut_asked(room, contract=contract)
    assert (found.approved, found.void) == (True, ())
    assert last in found.rests_on
    two = cut_asked(room, contract=contract_of({**clause, "two_person": True}))
    assert [one.why for one in two.missing] == ["2 people have to approve it, 1 did"]


def test_an_approval_of_one_matter_is_none_of_another(room: Room) -> None:
    one = subject()
    decide(one, yes(), KEY, room.journal, matter=Matter.TAKE)
    decide(one, yes(STRANGER, Role.EDITOR), ZOE, room.journal, matter=Matter.MASTER)
    assert not cut_asked(room).approved


DECLARED = UseDeclaration.read(
    {
        "id": "aerials",
        "kinds": ["shot"],
        "backends": ["canned"],
        "purpose": "Night aerials that nobody could film.",
        "inputs": ["own"],
        "principles": {},
        "triage": "ideation",
        "by": "ann",
        "on": "2026-01-01",
    },
    where="test",
)
VOICES: list[Json] = [
    {"character": "NARRATOR", "language": "en", "voice": "en-GB", "person": "Zoé"},
    {"character": "L'ÉTRANGER", "language": "fr", "voice": "fr-FR"},
]


def test_every_matter_has_a_document_that_a_stranger_can_read(room: Room) -> None:
    film = production(voices=VOICES)
    timeline = room.vault.put_bytes(b"timeline")
    facts = {"recipe": {"verb": "cut"}, "outputs": {"timeline": timeline}}
    room.journal.record("step", {"timeline": timeline}, facts)
    sealed = {"language": "en", "essence": digest_of(b"e"), "file": digest_of(b"f")}
    room.journal.record("seal", {"file": sealed["file"]}, sealed)
    found = {one.name: one for one in matters(film, (DECLARED,), room.journal, room.vault)}
    assert len(found) == 5
    casting = found["casting/NARRATOR-en"]
    read = Casting.read(room.vault.read(casting.essence), where="test")
    assert (read.voice, read.person, read.backend) == ("en-GB", "Zoé", "canned")
    assert (casting.likeness, casting.file) == ("zoe", casting.essence)
    assert "the voice of Zoé" in casting.title
    use = room.vault.read(found["use/aerials"].essence)
    assert UseDeclaration.read(use, where="test") == DECLARED
    assert room.vault.read(found["cut/cut"].essence) == b"timeline"
    assert found["master/en"].essence == sealed["essence"]
    assert digests(found.values())["cut/cut"] == timeline
    assert earlier_cut(room.journal, timeline) == found["cut/cut"]
    with pytest.raises(UsageError, match="no cut has"):
        earlier_cut(room.journal, digest_of(b"x"))
    recast = production(
        voices=[{"character": "NARRATOR", "language": "en", "voice": "en-US", "person": "Zoé"}]
    )
    again = {one.name: one for one in matters(recast, (), room.journal, room.vault)}
    assert again["casting/NARRATOR-en"].essence != casting.essence


@pytest.mark.parametrize("name", ["L'ÉTRANGER", "L ÉTRANGER", "夜", "A" * 60, "NIGHT WATCH"])
def test_any_character_has_an_identifier_of_its_own(name: str) -> None:
    made = casting_id(Voice(character=name, language="fr", voice="x"))
    assert made.endswith("-fr")
    named = Subject(
        matter=Matter.CASTING, id=made, essence=digest_of(b""), file=digest_of(b""), title="x"
    )
    assert named.name == f"casting/{made}"
    plain = casting_id(Voice(character=name.replace("'", " "), language="fr", voice="x"))
    assert (made == plain) == ("'" not in name)


def finding(answer: str = "no", question: Question = Question.DOUBT, **more: str) -> Finding:
    stated = {"question": question.value, "answer": answer, "element": "1-1", "essence": None}
    person = {"person": MIRA.to_json(), "role": "director", "reason": "looked at it"}
    return Finding.read({**stated, **person, **more}, where="test")


def test_a_judgement_is_signed_and_bound(room: Room) -> None:
    entry = judge(finding(essence=take().essence), KEY, room.journal)
    judge(finding("key", Question.IMPORTANCE), KEY, room.journal)
    first, second = judged(room.journal)
    assert (first.entry, first.judgement.essence) == (entry, take().essence)
    assert (first.judgement.person, first.judgement.key) == ("mira", KEY.key.id)
    assert first.at.startswith("2026-")
    assert (second.judgement.answer, second.judgement.essence) == ("key", None)
    for question in Question:
        assert "unsure" in answers(question)


def test_what_is_no_judgement_is_refused(room: Room) -> None:
    size = room.journal.ledger.size()
    with pytest.raises(UsageError, match="not answered"):
        judge(finding("maybe"), KEY, room.journal)
    with pytest.raises(UsageError, match="reason"):
        judge(finding(reason=" "), KEY, room.journal)
    with pytest.raises(Refused, match="cannot decide"):
        judge(finding(role="counsel"), KEY, room.journal)
    for signer in (ZOE, NamedSigner(STUDIO), NamedSigner.demonstration()):
        with pytest.raises(Refused):
            judge(finding(), signer, room.journal)
    assert room.journal.ledger.size() == size
    assert judged(room.journal) == ()
