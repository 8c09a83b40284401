"""The ground that no production stands below: rules that hold whatever packs it chose.

They say in code what the program promises: nothing is generated that nobody declared, nothing
rests on what was withdrawn, no real person's voice or likeness without a consent that covers it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.case import Case, ElementFacts
from generique.clearance.consents import ConsentedAct, coverage
from generique.clearance.verdict import Evidence, Gate, Outcome, Status
from generique.model.action import Action
from generique.model.element import ElementKind
from generique.model.people import Role

SOURCE = "Générique, rules that are never bent"
_DECLARED = ("GEN-01", "Every generated element lies within a use that somebody declared before")
_RESTS = ("GEN-02", "Nothing rests on a dataset, a model or a consent that was withdrawn")
_LICENCE = ("GEN-03", "The licence of every generator and of every medium is known")
_CONSENT = ("GEN-04", "A real person's voice or likeness is made only as that person agreed")
_DISPLAY = ("GEN-08", "What a licence wants shown on the picture is shown there")
_TAKES = {ElementKind.VOICE: Action.CLONE_VOICE}


def judge_ground(case: Case) -> tuple[Outcome, ...]:
    """Outcomes of the rules that always hold, in order of rule and element."""
    return (
        *_declared(case),
        *_withdrawn(case),
        *_licensed(case),
        *_consented(case),
        *_displayed(case),
    )


def _outcome(rule: tuple[str, str], status: Status, reason: str) -> Outcome:
    return Outcome(rule=rule[0], title=rule[1], source=SOURCE, status=status, reason=reason)


def _declared(case: Case) -> Iterator[Outcome]:
    """GEN-01: no declaration, no generation; a question left open is no declaration."""
    bad = False
    for element in case.generated:
        declared = case.declared(element)
        unanswered = declared.principles.unanswered() if declared else ()
        if declared is not None and not unanswered:
            continue
        bad = True
        if declared is None:
            reason = (
                f"no declared use covers {element.title!r} ({element.kind.value}, {element.id}) "
                f"made by {element.backend}"
            )
            lift = "declare the use in rights/uses.toml: purpose, inputs, the five answers"
        else:
            names = ", ".join(unanswered)
            reason = f"the declared use {declared.id} of {element.id} leaves open: {names}"
            lift = "answer yes, no or unsure in rights/uses.toml"
        yield _outcome(_DECLARED, Status.FAILED, reason).model_copy(
            update={"element": element.id, "lift": lift, "who": (Role.PRODUCER, Role.DIRECTOR)}
        )
    if not bad:
        count = len(case.generated)
        kind = Status.PASSED if count else Status.NOT_APPLICABLE
        used = tuple(
            Evidence(what=f"{use.id}: {use.purpose}, declared by {use.by} on {use.on}")
            for use in case.declarations
        )
        reason = f"{count} generated elements, each within a declared use"
        yield _outcome(_DECLARED, kind, reason).model_copy(update={"evidence": used})


def _withdrawn(case: Case) -> Iterator[Outcome]:
    """GEN-02: what was withdrawn carries nothing any more."""
    gone = {(fact.kind, fact.id): fact.entry for fact in case.withdrawn}
    bad = False
    for element in case.elements if gone else ():
        for kind, name in _supports(case, element):
            entry = gone.get((kind, name))
            if entry is None:
                continue
            bad = True
            reason = f"{element.title!r} ({element.id}) rests on the {kind} {name}, withdrawn"
            yield _outcome(_RESTS, Status.FAILED, reason).model_copy(
                update={
                    "element": element.id,
                    "evidence": (Evidence(what="the withdrawal", entry=entry),),
                    "lift": "make the element anew without it, or leave it out of the cut",
                    "who": (Role.PRODUCER,),
                }
            )
    if not bad:
        reason = f"{len(gone)} withdrawals, none touches these elements"
        yield _outcome(_RESTS, Status.PASSED, reason)


def _supports(case: Case, element: ElementFacts) -> Iterator[tuple[str, str]]:
    """Kind and name of everything that an element rests on."""
    consents: list[str] = []
    if element.passport is not None:
        training = element.passport.training
        consents += training.consents
        yield from (("dataset", dataset.id) for dataset in training.datasets)
        yield "model", element.passport.name
        yield "model", f"{element.passport.name}@{element.passport.version}"
    if element.rights is not None:
        consents += element.rights.consents
    tool, model = case.tool(element), case.model(element)
    yield from (("model", name) for name in (tool.models if tool is not None else ()))
    if model is not None:
        yield "model", model.id
        consents += model.talent
        consents += (
            name for kept in case.datasets for name in kept.consents if kept.id in model.datasets
        )
        yield from (("dataset", name) for name in model.datasets)
    yield from (("consent", name) for name in consents)


def _licensed(case: Case) -> Iterator[Outcome]:
    """GEN-03: unknown licence, no use."""
    bad = [element for element in case.elements if _licence(case, element) in {"", "unknown"}]
    for element in bad:
        reason = f"nobody has stated the licence of {element.title!r} ({element.id})"
        yield _outcome(_LICENCE, Status.FAILED, reason).model_copy(
            update={
                "element": element.id,
                "lift": "state it in media.toml, or in a passport under rights/passports",
                "who": (Role.PRODUCER,),
            }
        )
    if not bad:
        kind = Status.PASSED if case.elements else Status.NOT_APPLICABLE
        known = sorted({_licence(case, element) for element in case.elements})
        yield _outcome(_LICENCE, kind, f"licences: {', '.join(known) or 'none'}")


def _licence(case: Case, element: ElementFacts) -> str:
    """The licence that is known of an element; the production's own reading counts first."""
    if element.rights is not None:
        return element.rights.licence
    model, tool = case.model(element), case.tool(element)
    for kept in (model, tool):
        if kept is not None and kept.usage.licence != "unknown":
            return kept.usage.licence
    return element.passport.licence if element.passport is not None else "unknown"


def _consented(case: Case) -> Iterator[Outcome]:
    """GEN-04: a voice or likeness of a real person needs a consent that covers it today."""
    real = [(element, element.person) for element in case.generated if element.person]
    bad = False
    for element, person in real:
        act = ConsentedAct(
            person=person,
            action=_TAKES.get(element.kind, Action.GENERATE_LIKENESS),
            title=case.production.id,
            territories=case.production.territories,
            day=case.today,
        )
        found = coverage(case.consents, act, case.withdrawn)
        if found.covered:
            continue
        bad = True
        reason = f"{element.title!r} ({element.id}) is made after {person}; {found.reason}"
        yield _outcome(_CONSENT, Status.FAILED, reason).model_copy(
            update={"element": element.id, "lift": found.lift, "who": (Role.TALENT, Role.PRODUCER)}
        )
    if not bad:
        kind = Status.PASSED if real else Status.NOT_APPLICABLE
        yield _outcome(_CONSENT, kind, f"{len(real)} elements are made after a real person")


def _displayed(case: Case) -> Iterator[Outcome]:
    """GEN-08: the program writes no such line on the picture, and does not pass over the duty."""
    if case.gate is not Gate.DELIVER:
        return
    bad = False
    for element in case.generated:
        kept = (case.tool(element), case.model(element))
        for passport in (one for one in kept if one is not None and one.usage.display_duty):
            bad = True
            wording = "; ".join(sorted(passport.usage.display_duty.values()))
            reason = f"{passport.title} ({element.id}) asks for this on the picture: {wording}"
            yield _outcome(_DISPLAY, Status.OPEN, reason).model_copy(
                update={
                    "element": element.id,
                    "lift": "use another generator, or settle the duty with the licensor; this "
                    "program writes no such line",
                    "who": (Role.PRODUCER, Role.COUNSEL),
                }
            )
    if not bad:
        yield _outcome(_DISPLAY, Status.NOT_APPLICABLE, "no licence asks for a line on the picture")
