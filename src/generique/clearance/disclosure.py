"""The disclosure path of the European Union: six questions that people answer, and the label owed.

A pure function of recorded judgements (AI Act, Articles 3(60) and 50(4); guidelines C(2026) 5054,
paragraphs 113 to 126). The program answers none of the questions, not even those whose answer
looks plain. The law:

1. A question that the path asks and nobody answered leaves the path open.
2. *Unsure* leaves the first four questions open; of the last two any doubt asks for the standard
   form.
3. A documentary, news and docudrama are never asked whether they are art: a deep fake in them takes
   the standard form. An advertisement takes the lighter form only when counsel calls it art.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from generique.clearance.case import Judged
from generique.model.judgement import Question
from generique.model.people import Role
from generique.model.values import Identifier, Value

PATH = (
    Question.GENERATED,
    Question.ASSISTIVE,
    Question.RESEMBLES,
    Question.AUTHENTIC,
    Question.ARTISTIC,
    Question.DOUBT,
)
"""The six questions in the order in which they are asked."""

OF_THE_WORK = frozenset({Question.ARTISTIC, Question.DOUBT})
"""Questions about the work: an answer for the whole film answers for each of its elements."""

NO_RELIEF = frozenset({"documentary", "news", "docudrama"})
"""Genres that are never plainly art."""


class Form(StrEnum):
    """How the viewer is told."""

    NONE = "none"
    LIGHT = "light"
    """In credits or notes, clear and long enough to be read."""
    STANDARD = "standard"
    """In the picture: at the start, repeated, after breaks; to the ear where sound is concerned."""


class Path(StrEnum):
    """Where the questions lead."""

    OPEN = "open"
    NO_AI = "no AI was used"
    ASSISTIVE = "assistive editing only"
    NOT_A_DEEP_FAKE = "not a deep fake"
    DEEP_FAKE = "deep fake"


class Way(NamedTuple):
    """A path through the questions.

    Attributes:
        form: None while the path is open.
        asked: The questions that were asked, in order; the last of an open path waits.
    """

    path: Path
    form: Form | None
    asked: tuple[Question, ...]

    @property
    def waits(self) -> Question | None:
        """The question that nobody has settled; None when the path is at its end."""
        return self.asked[-1] if self.path is Path.OPEN else None


class Answered(Value):
    """An answer and who gave it.

    Attributes:
        entry: Ledger entry.
    """

    question: Question
    answer: str
    person: Identifier
    role: Role
    reason: str
    entry: int


class Disclosure(Value):
    """What the judgements of one element come to.

    Attributes:
        form: None while the path is open.
        waits: Question that is open; None when the path is at its end.
        answers: Those on the path, in order.
    """

    path: Path
    form: Form | None
    waits: Question | None = None
    answers: tuple[Answered, ...] = ()


def disclosure_of(genre: str, judged: Mapping[Question, Judged]) -> Disclosure:
    """Where the recorded judgements of an element lead.

    Args:
        genre: Of the production, as ``production.toml`` names it.
        judged: The last judgement of each question.
    """
    way = way_of(genre, judged)
    return Disclosure(
        path=way.path,
        form=way.form,
        waits=way.waits,
        answers=tuple(_answered(judged[asked]) for asked in way.asked if asked in judged),
    )


def way_of(genre: str, judged: Mapping[Question, Judged]) -> Way:
    """The path alone, without the people."""
    answers = tuple(judged[asked].judgement.answer if asked in judged else None for asked in PATH)
    claim = judged.get(Question.ARTISTIC)
    return find_way(genre, answers, claim.judgement.role if claim else None)


@lru_cache(maxsize=4096)
def find_way(genre: str, answers: tuple[str | None, ...], claimed_by: Role | None = None) -> Way:
    """The path for six answers.

    Args:
        genre: Of the production.
        answers: To :data:`PATH`, in order: ``yes``, ``no``, ``unsure``; None when nobody answered.
            Any other word is no answer.
        claimed_by: Role of the person who answered whether the work is art.
    """
    generated, assistive, resembles, authentic, artistic, doubt = answers
    for count, (answer, ends, path, form) in enumerate(
        (
            (generated, "no", Path.NO_AI, Form.NONE),
            (assistive, "yes", Path.ASSISTIVE, Form.NONE),
            (resembles, "no", Path.NOT_A_DEEP_FAKE, Form.NONE),
            (authentic, "no", Path.NOT_A_DEEP_FAKE, Form.NONE),
        ),
        start=1,
    ):
        if answer not in {"yes", "no"}:
            return Way(Path.OPEN, None, PATH[:count])
        if answer == ends:
            return Way(path, form, PATH[:count])
    if genre in NO_RELIEF:
        return Way(Path.DEEP_FAKE, Form.STANDARD, PATH[:4])
    return _form_of(genre, artistic, doubt, claimed_by)


def _form_of(genre: str, artistic: str | None, doubt: str | None, claimed_by: Role | None) -> Way:
    """The form that a deep fake takes in a work that may be art."""
    if artistic not in {"yes", "no", "unsure"}:
        return Way(Path.OPEN, None, PATH[:5])
    counsel_has_to_say = genre == "advertising" and claimed_by is not Role.COUNSEL
    if artistic != "yes" or counsel_has_to_say:
        return Way(Path.DEEP_FAKE, Form.STANDARD, PATH[:5])
    if doubt not in {"yes", "no", "unsure"}:
        return Way(Path.OPEN, None, PATH)
    return Way(Path.DEEP_FAKE, Form.LIGHT if doubt == "no" else Form.STANDARD, PATH)


def _answered(said: Judged) -> Answered:
    about = said.judgement
    return Answered(
        question=about.question,
        answer=about.answer,
        person=about.person,
        role=about.role,
        reason=about.reason,
        entry=said.entry,
    )
