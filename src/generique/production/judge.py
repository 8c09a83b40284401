"""Judge: a person answers a question that only people answer, and signs the answer."""

from __future__ import annotations

from generique.ledger.canonical import canonical
from generique.ledger.ports import Signer
from generique.model.answer import Answer
from generique.model.errors import UsageError
from generique.model.judgement import HumanJudgement, Question
from generique.model.people import Person, Role
from generique.model.values import Digest, Value, digest_of
from generique.production.journal import Journal
from generique.production.review import require_held, required_reason

_USUAL = (Answer.YES.value, Answer.NO.value, Answer.UNSURE.value)
_OWN = {
    Question.IMPORTANCE: ("background", "prominent", "key", Answer.UNSURE.value),
    Question.ALTERATION: ("none", "customary", "meaning", Answer.UNSURE.value),
}


class Finding(Value):
    """What a person finds, before it is signed.

    Attributes:
        element: What was judged; ``film`` for the whole.
        essence: Essence digest of the take that was looked at; None for the idea of it.
        reason: Why; it stays with the judgement.
    """

    question: Question
    answer: str
    element: str
    essence: Digest | None
    person: Person
    role: Role
    reason: str


def answers(question: Question) -> tuple[str, ...]:
    """The words with which a question can be answered."""
    return _OWN.get(question, _USUAL)


def judge(found: Finding, signer: Signer, journal: Journal) -> int:
    """Write a person's judgement into the ledger, signed with that person's key.

    Returns:
        The entry.

    Raises:
        Refused: The person does not hold that role, or the key is another's, is not registered or
            was revoked.
        UsageError: The reason is empty, or the question has no such answer.
    """
    require_held(found.person, found.role)
    if found.answer not in answers(found.question):
        raise UsageError(
            f"{found.question.value} is not answered with {found.answer!r}",
            next_step=f"answer with one of: {', '.join(answers(found.question))}",
        )
    facts = HumanJudgement(
        question=found.question,
        answer=found.answer,
        element=found.element,
        essence=found.essence,
        person=found.person.id,
        role=found.role,
        reason=required_reason(found.reason),
        key=signer.key.id,
    ).to_json()
    subjects = {"judgement": digest_of(canonical(dict(facts)))}
    if found.essence is not None:
        subjects["essence"] = found.essence
    return journal.record("judgement", subjects, facts, signers=(signer,))
