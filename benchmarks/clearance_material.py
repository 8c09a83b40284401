"""Records for the film of ``clearance.py``: what a production holds shortly before delivery."""

from __future__ import annotations

from generique.clearance.case import Case, Judged, ReadBack, Signed
from generique.model.declaration import UseDeclaration
from generique.model.element import ElementKind
from generique.model.judgement import HumanJudgement, Question
from generique.model.kept_passports import ModelPassport, ToolPassport
from generique.model.passport import SourceType
from generique.model.people import Decision, Matter, Role
from generique.model.values import digest_of

ANSWERS = (
    (Question.GENERATED, "yes"),
    (Question.ASSISTIVE, "no"),
    (Question.RESEMBLES, "yes"),
    (Question.AUTHENTIC, "yes"),
    (Question.REALITY, "yes"),
    (Question.FACTS, "yes"),
)
FAULTY = 20
"""One element in so many lacks something."""


def on_record(case: Case) -> Case:
    """The same film with passports, declared uses, approvals, judgements and masters read back.

    One element in twenty has nobody's judgement, and another one in twenty was made for no declared
    use; consents and approvals stay as they were.
    """
    backends = sorted({element.backend or "" for element in case.elements})
    covered = tuple(
        element.id for n, element in enumerate(case.elements) if n % FAULTY != FAULTY - 1
    )
    return case.model_copy(
        update={
            "tools": tuple(_tool(name) for name in backends),
            "models": tuple(_model(name.replace("backend", "model")) for name in backends),
            "declarations": tuple(_use(n, name, covered) for n, name in enumerate(backends)),
            "judgements": tuple(
                _judged(element.id, question, answer)
                for n, element in enumerate(case.elements)
                if n % FAULTY
                for question, answer in ANSWERS
            ),
            "approvals": tuple(
                _approved(f"use-{n}", role)
                for n in range(len(backends))
                for role in (Role.DIRECTOR, Role.PRODUCER, Role.COMMISSIONER)
            ),
            "subjects": {
                **case.subjects,
                **{f"use/use-{n}": digest_of(b"use") for n in range(len(backends))},
            },
            "readback": tuple(_read(language) for language in case.production.languages),
            "clauses": digest_of(b"clauses"),
            "elements": tuple(
                element.model_copy(
                    update={
                        "prompt": "p",
                        "likeness": "none",
                        "source_type": SourceType.ALGORITHMIC,
                    }
                )
                for element in case.elements
            ),
        }
    )


def _kept(name: str, kind: str) -> dict[str, object]:
    return {
        "schema": f"generique/{kind}-passport/1",
        "id": name,
        "version": "1",
        "title": name,
        "checked_by": "mira",
        "checked_on": "2026-10-01",
    }


def _tool(name: str) -> ToolPassport:
    terms = {"digest": digest_of(b"terms"), "read_on": "2026-10-01"}
    facts = {
        "environment": "enterprise",
        "trains_on_inputs": "no",
        "retention": "none",
        "usage": {"licence": "Apache-2.0", "terms": terms},
    }
    return ToolPassport.read({**_kept(name, "tool"), **facts}, where="benchmark")


def _model(name: str) -> ModelPassport:
    return ModelPassport.read({**_kept(name, "model"), "training": "none"}, where="benchmark")


def _use(number: int, backend: str, elements: tuple[str, ...]) -> UseDeclaration:
    principles = ("owned_traits", "not_kept", "secured", "temporary", "no_replacement")
    return UseDeclaration.read(
        {
            "id": f"use-{number}",
            "elements": elements,
            "kinds": [kind.value for kind in ElementKind],
            "backends": [backend],
            "purpose": "p",
            "inputs": ["own"],
            "principles": dict.fromkeys(principles, "yes"),
            "triage": "background",
            "by": "mira",
            "on": "2026-10-01",
        },
        where="benchmark",
    )


def _judged(element: str, question: Question, answer: str) -> Judged:
    said = HumanJudgement(
        question=question,
        answer=answer,
        element=element,
        person="mira",
        role=Role.DIRECTOR,
        reason="seen",
        key="person/mira+00000000+",
    )
    return Judged(judgement=said, entry=1)


def _approved(use: str, role: Role) -> Signed:
    decision = Decision(
        verdict="approved",
        matter=Matter.USE,
        person=f"person-{role.value}",
        role=role,
        reason="agreed",
        take=use,
        essence=digest_of(b"use"),
        key="person/x+00000000+",
    )
    return Signed(decision=decision, entry=1)


def _read(language: str) -> ReadBack:
    return ReadBack(
        language=language,
        file=digest_of(language.encode()),
        labels_found=9,
        audible_notice=True,
        credential="valid",
        timestamped=True,
        marks_asked=1_500,
        credential_faults=(),
        ingredients_missing=(),
        validated=(),
    )
