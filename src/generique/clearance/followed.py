"""GEN-10: a generator follows a file only where the rights in it say so, and goes no further.

Showing a picture and giving it to a generator are two acts. A licence that is known says that the
picture may be shown; whether it may be followed, and whether it may leave this machine for that,
somebody has to have read and stated. Silence permits neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.acts import LOCAL
from generique.clearance.case import Case, ElementFacts
from generique.clearance.consents import covered_today
from generique.clearance.verdict import Outcome, Status
from generique.model.action import Action
from generique.model.people import Role
from generique.model.reference import Followed

SOURCE = "Générique, rules that are never bent"
TITLE = "A generator is given files to follow only as the rights in them allow"
RULE = "GEN-10"
_STATE = 'read the licence, then state reference = "hosted", "local" or "no" in its [media.rights]'
_ACTS = {"sound": Action.CLONE_VOICE}


def judge_followed(case: Case) -> Iterator[Outcome]:
    """One outcome for each fault of each element; one that passed where there is none."""
    bad = False
    count = 0
    for element in case.generated:
        for reference in element.references:
            count += 1
            for reason, lift in _faults(case, element, reference):
                bad = True
                yield _outcome(Status.FAILED, reason).model_copy(
                    update={
                        "element": element.id,
                        "lift": lift,
                        "who": (Role.PRODUCER, Role.COUNSEL),
                    }
                )
    if not bad:
        status = Status.PASSED if count else Status.NOT_APPLICABLE
        yield _outcome(status, f"{count} files are followed, each as its rights allow")


def _outcome(status: Status, reason: str) -> Outcome:
    return Outcome(rule=RULE, title=TITLE, source=SOURCE, status=status, reason=reason)


def _faults(case: Case, element: ElementFacts, reference: Followed) -> Iterator[tuple[str, str]]:
    """Reason and remedy of everything that forbids an element to follow a file."""
    what = f"{element.id} is to follow {reference.name} as {reference.role}"
    rights = reference.rights
    if rights is None:
        yield (
            f"{what}, and nothing is known of the rights in these bytes",
            "state title, sha256 and rights of the file in media/media.toml, or take it out",
        )
        return
    if rights.reference is None:
        yield f"{what}; nobody has said whether generators may be given it", _STATE
    elif rights.reference == "no":
        yield (
            f"{what}; media.toml says that no generator may be given it",
            "take it out, or agree with its holder and state so",
        )
    elif rights.reference == "local" and element.provider != LOCAL:
        yield (
            f"{what}, which sends it to {element.provider}; its rights allow this machine alone",
            'name a backend on this machine, or agree with its holder and state "hosted"',
        )
    for consent in rights.consents:
        yield from _not_consented(case, consent, reference, what)


def _not_consented(
    case: Case, consent: str, reference: Followed, what: str
) -> Iterator[tuple[str, str]]:
    """Whoever is seen or heard in it has to have agreed to be made anew, not only to be shown."""
    person = next((each.person for each in case.consents if each.id == consent), None)
    if person is None:
        yield (
            f"{what}, which rests on the consent {consent}, and no such consent is kept",
            "state it in rights/consents.toml",
        )
        return
    found = covered_today(case, person, _ACTS.get(reference.role, Action.GENERATE_LIKENESS))
    if not found.covered:
        yield f"{what}, in which {person} is seen or heard; {found.reason}", found.lift
