"""The ground that no production stands below: rules that hold whatever packs it chose.

They say in code what the program promises: nothing is generated that nobody declared, nothing
rests on what was withdrawn, no real person's voice or likeness without a consent that covers it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.acts import unlooked_at, untrained
from generique.clearance.case import Case, ElementFacts
from generique.clearance.consents import covered_today
from generique.clearance.followed import judge_followed
from generique.clearance.licences import licence_known, licence_stated, shortfalls
from generique.clearance.verdict import Evidence, Gate, Outcome, Status
from generique.model.action import Action
from generique.model.declaration import UseDeclaration
from generique.model.element import ElementKind
from generique.model.kept_passports import ModelPassport, ToolPassport
from generique.model.people import Role

SOURCE = "Générique, rules that are never bent"
_DECLARED = ("GEN-01", "Every generated element lies within a use that somebody declared before")
_RESTS = ("GEN-02", "Nothing rests on a dataset, a model or a consent that was withdrawn")
_LICENCE = ("GEN-03", "The licence of every generator and of every medium is known")
_CONSENT = ("GEN-04", "A real person's voice or likeness is made only as that person agreed")
_DISPLAY = ("GEN-08", "What a licence wants shown on the picture is shown there")
_REACH = ("GEN-09", "The licence of every generator reaches as far as the film goes")
_TAKES = {ElementKind.VOICE: Action.CLONE_VOICE}


def judge_ground(case: Case) -> tuple[Outcome, ...]:
    """Outcomes of the rules that always hold, in order of rule and element."""
    return (
        *_declared(case),
        *_withdrawn(case),
        *_licensed(case),
        *_consented(case),
        *_displayed(case),
        *_reaching(case),
        *judge_followed(case),
    )


def _outcome(rule: tuple[str, str], status: Status, reason: str) -> Outcome:
    return Outcome(rule=rule[0], title=rule[1], source=SOURCE, status=status, reason=reason)


def _declared(case: Case) -> Iterator[Outcome]:
    """GEN-01: no declaration, no generation; an open question is none, and two are none."""
    bad = False
    for element in case.generated:
        fault = _undeclared(case, element, case.declarations_of(element))
        if fault is None:
            continue
        bad = True
        reason, lift = fault
        yield _outcome(_DECLARED, Status.FAILED, reason).model_copy(
            update={"element": element.id, "lift": lift, "who": (Role.PRODUCER, Role.DIRECTOR)}
        )
    if not bad:
        count = len(case.generated)
        kind = Status.PASSED if count else Status.NOT_APPLICABLE
        used = tuple(
            Evidence(what=f"{use.id}: {use.purpose}, declared by {use.by} on {use.on}")
            for use in sorted(case.declarations, key=lambda use: use.id)
        )
        reason = f"{count} generated elements, each within a declared use"
        yield _outcome(_DECLARED, kind, reason).model_copy(update={"evidence": used})


def _undeclared(
    case: Case, element: ElementFacts, declared: tuple[UseDeclaration, ...]
) -> tuple[str, str] | None:
    """What is wrong with the declared uses that cover an element, and what lifts it."""
    if not declared:
        what = f"{element.title!r} ({element.kind.value}, {element.id}) made by {element.backend}"
        lift = "declare the use in rights/uses.toml: purpose, inputs, the five answers"
        return f"no declared use covers {what}", lift
    if len(declared) > 1:
        names = ", ".join(use.id for use in declared)
        reason = f"{len(declared)} declared uses cover {element.id}, and only one may: {names}"
        return reason, "name in rights/uses.toml the elements of each, so that none is in two"
    if declared[0].by not in {person.id for person in case.production.people}:
        reason = f"{declared[0].by} declares {declared[0].id}, and is nobody of the production"
        return reason, "state who of the production answers for it, after by in rights/uses.toml"
    unanswered = declared[0].principles.unanswered()
    if unanswered:
        names = ", ".join(unanswered)
        reason = f"the declared use {declared[0].id} of {element.id} leaves open: {names}"
        return reason, "answer yes, no or unsure in rights/uses.toml"
    return None


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
    for reference in element.references:
        consents += reference.rights.consents if reference.rights else ()
    tool = case.tool(element)
    yield from (("model", name) for name in (tool.models if tool is not None else ()))
    for model in filter(None, case.models_of(element)):
        yield "model", model.id
        consents += model.talent
        consents += (
            name for kept in case.datasets for name in kept.consents if kept.id in model.datasets
        )
        yield from (("dataset", name) for name in model.datasets)
    yield from (("consent", name) for name in consents)


def _licensed(case: Case) -> Iterator[Outcome]:
    """GEN-03: unknown licence, no use."""
    stated = [(element, _licences(case, element)) for element in case.elements]
    bad = False
    for element, licences in stated:
        unknown = [one for one in licences if not licence_known(one)]
        if not unknown:
            continue
        bad = True
        reason = f"the licence of {element.title!r} ({element.id}) is {', '.join(unknown)}"
        if unknown == [_UNSTATED]:
            reason = f"nobody has stated a licence of {element.title!r} ({element.id})"
        yield _outcome(_LICENCE, Status.FAILED, reason).model_copy(
            update={
                "element": element.id,
                "lift": "state it in media.toml, or in a passport under rights/passports",
                "who": (Role.PRODUCER,),
            }
        )
    if not bad:
        kind = Status.PASSED if case.elements else Status.NOT_APPLICABLE
        known = sorted({licence for _, licences in stated for licence in licences})
        yield _outcome(_LICENCE, kind, f"licences: {', '.join(known) or 'none'}")


def _licences(case: Case, element: ElementFacts) -> tuple[str, ...]:
    """What is said of the licences of an element; the production's own reading counts first."""
    if element.rights is not None:
        said = [element.rights.licence]
    else:
        tool, own = case.tool(element), element.passport
        word = own.licence if own is not None else ""
        said = [_or(tool, word)]
        for name, model in zip(element.runs or (None,), case.models_of(element), strict=True):
            # Of itself the generator may speak, and of no model of somebody else's.
            itself = own is not None and (name in {None, own.name} or untrained(element))
            said.append(_or(model, word if itself else ""))
    said += [each.rights.licence for each in element.references if each.rights is not None]
    return tuple(dict.fromkeys(one if licence_stated(one) else _UNSTATED for one in said))


_UNSTATED = "unknown"


def _or(kept: ToolPassport | ModelPassport | None, word: str) -> str:
    """The licence that a kept passport states, else what was said otherwise."""
    return kept.usage.licence if kept and licence_stated(kept.usage.licence) else word


def _consented(case: Case) -> Iterator[Outcome]:
    """GEN-04: a voice or likeness of a real person needs a consent that covers it today."""
    real = [(element, element.person) for element in case.generated if element.person]
    bad = False
    for element, person in real:
        found = covered_today(case, person, _TAKES.get(element.kind, Action.GENERATE_LIKENESS))
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
        kept = (case.tool(element), *case.models_of(element))
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


def _reaching(case: Case) -> Iterator[Outcome]:
    """GEN-09: commerce, territories and revenue; what nobody has read permits nothing."""
    if case.gate is not Gate.DELIVER:
        return
    bad = False
    for element in case.generated:
        short = _short(case, element)
        if not short:
            continue
        bad = True
        yield _outcome(_REACH, Status.OPEN, f"{element.id}: {'; '.join(short)}").model_copy(
            update={
                "element": element.id,
                "lift": "agree on a licence that reaches further and state it in a passport under "
                "rights/passports, or use another generator",
                "who": (Role.PRODUCER, Role.COUNSEL),
            }
        )
    if not bad:
        count = len(case.generated)
        kind = Status.PASSED if count else Status.NOT_APPLICABLE
        reason = f"{count} generated elements, each under licences that reach as far as the film"
        yield _outcome(_REACH, kind, reason)


def _short(case: Case, element: ElementFacts) -> tuple[str, ...]:
    """Where the licences of the tool and the model of an element fall short of the film."""
    tool, models = case.tool(element), case.models_of(element)
    runs = " or ".join(element.runs)
    places = case.production.territories
    return (
        *(() if tool else (f"no passport of the tool {element.backend} is kept",)),
        *((f"no passport of the model {runs} is kept",) if unlooked_at(case, element) else ()),
        *(
            f"of the licence of {kept.title}, {fault}"
            for kept in (tool, *models)
            if kept is not None
            for fault in shortfalls(kept.usage, places)
        ),
    )
