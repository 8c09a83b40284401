"""Audit: every element with its rights, approval and credit, every rule with what came of it.

Two kinds of rules meet in one report: those of the film itself, which are checked here, and those
of contract and policy packs, whose outcomes clearance brings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from generique.clearance.case import Case
from generique.clearance.packs.reading import Reading
from generique.clearance.platforms import PlatformDeclaration, declarations_of
from generique.clearance.report import Remark, Ruled, Sureness, put_together
from generique.clearance.territories import DisclosurePackage, territory_matrix
from generique.clearance.verdict import Effect, Evidence, Outcome, Status
from generique.model.element import ElementClass
from generique.model.lineage import ElementUse, Lineage
from generique.model.people import Person
from generique.model.time import Rate
from generique.model.timing import TimingPlan
from generique.model.values import Value
from generique.production.evidence import credit_line
from generique.production.machineroom_ports import Loudness
from generique.production.review import Standing, standing
from generique.titles.credits import Credits, credits_of, roll_seconds
from generique.titles.labels import labels_of

TARGET_LUFS = -23.0
TOLERANCE_LU = 0.5
CEILING_DBTP = -1.0


_STANDS = {
    Standing.WAITING.value: "nobody has decided on this take",
    Standing.DEMONSTRATION.value: "a demonstration stands in for the decision of a person",
    Standing.REJECTED.value: "a person rejected this take",
}

FILM = "film"
"""Family of the rules of the film itself."""


class RuleResult(Value):
    """One rule, its outcome and what it rests on.

    Attributes:
        who: Who can mend it.
        family: Whose rule it is, see :data:`generique.clearance.report.FAMILIES`.
        clause: Clause of the contract that it applies; None for a rule.
        source: Who says so, and where; empty for rules of this program.
        sureness: How sure the reading of the source is, in words; empty where it needs no words.
        effect: Whether it stops anything when it does not pass, or only warns.
        remarks: Reasons, each with the elements that it holds for.
        lift: What would lift it.
        rests_on: Ledger entries, digests and frames behind it.
    """

    id: str
    title: str
    status: Status
    evidence: tuple[str, ...] = ()
    who: str = ""
    family: str = FILM
    clause: str | None = None
    source: str = ""
    sureness: str = ""
    effect: Effect = Effect.BLOCK
    remarks: tuple[Remark, ...] = ()
    lift: str = ""
    rests_on: tuple[Evidence, ...] = ()


class AuditedElement(Value):
    """One element as the audit shows it."""

    use: ElementUse
    standing: str
    credit: str | None
    missing: tuple[str, ...]


class AuditReport(Value):
    """The audit of one film.

    Attributes:
        verdict: ``passed``, ``open`` (a person has to act) or ``failed``.
        shares: Share of the running time of picture by element class, 0 to 1.
        disclosures: What each territory and platform gets with the cut, and what is missing.
        declarations: What is declared to platforms, as text to paste, by language.
    """

    verdict: Status
    title: str
    rate: Rate
    demonstration: bool
    rules: tuple[RuleResult, ...]
    elements: tuple[AuditedElement, ...]
    shares: dict[str, float]
    loudness: dict[str, Loudness]
    disclosures: tuple[DisclosurePackage, ...] = ()
    declarations: tuple[PlatformDeclaration, ...] = ()

    def document(self) -> dict[str, object]:
        """The JSON document of the command."""
        return {"schema": "generique/audit/1", **self.to_json()}

    def with_rules(self, rules: Iterable[RuleResult]) -> AuditReport:
        """The report with further rules; the verdict is the worst of all."""
        together = (*self.rules, *rules)
        return self.model_copy(update={"rules": together, "verdict": worst_status(together)})

    def with_outcomes(
        self, outcomes: Iterable[Outcome], sureness: Mapping[str, Sureness] | None = None
    ) -> AuditReport:
        """The report with what contract, packs and ground rules say of the film.

        Args:
            outcomes: Of the verdict at the gate ``deliver``.
            sureness: How sure each rule of a pack is, by its identifier.
        """
        return self.with_rules(map(_result, put_together(outcomes, sureness)))

    def with_disclosures(self, case: Case) -> AuditReport:
        """The report with what territories and platforms are told, from the same facts.

        Args:
            case: The film as the gate ``deliver`` sees it.
        """
        told = {
            "disclosures": territory_matrix(case),
            "declarations": declarations_of(Reading(case)),
        }
        return self.model_copy(update=told)

    def text(self) -> str:
        """The JSON document as text."""
        return json.dumps(self.document(), ensure_ascii=False, indent=2) + "\n"


def audit(
    lineage: Lineage,
    plan: TimingPlan,
    people: Iterable[Person],
    loudness: dict[str, Loudness],
) -> AuditReport:
    """Audit a film from its lineage.

    Args:
        lineage: Of the film.
        plan: Its layout, for the length of the credits.
        people: Of the production.
        loudness: Measured on the encoded master of each language.
    """
    crew = tuple(people)
    original = lineage.languages[0]
    written = {
        language: credits_of(lineage, language, people=crew) for language in lineage.languages
    }
    elements = tuple(
        _element(use, written.get(use.language or original)) for use in lineage.elements
    )
    rules = (
        _approvals(elements),
        _rights(elements),
        _training(elements),
        _credits(elements),
        _credit_time(written, plan),
        _labels(lineage),
        *_levels(loudness),
    )
    return AuditReport(
        verdict=worst_status(rules),
        title=lineage.title,
        rate=lineage.rate,
        demonstration=lineage.demonstration,
        rules=rules,
        elements=elements,
        shares=_shares(lineage),
        loudness=loudness,
    )


def _element(use: ElementUse, written: Credits | None) -> AuditedElement:
    credit = credit_line(use, written) if written else None
    state = standing(use.decisions) if use.passport else None
    missing = []
    if state in {Standing.WAITING, Standing.DEMONSTRATION}:
        missing.append("approval by a person")
    if state is Standing.REJECTED:
        missing.append("another take: this one was rejected")
    if credit is None:
        missing.append("credit")
    if use.passport is None and use.rights is None:
        missing.append("rights")
    return AuditedElement(
        use=use,
        standing=state.value if state else "authentic",
        credit=credit,
        missing=tuple(missing),
    )


def _approvals(elements: Iterable[AuditedElement]) -> RuleResult:
    open_takes = [
        f"{element.use.take}: {element.standing}"
        for element in elements
        if element.use.passport and element.standing != Standing.APPROVED
    ]
    by_standing: dict[str, list[str]] = {}
    for element in elements:
        if element.use.passport and element.standing != Standing.APPROVED:
            by_standing.setdefault(element.standing, []).append(element.use.id)
    rejected = Standing.REJECTED in by_standing
    remarks = tuple(
        Remark(
            status=Status.FAILED if state == Standing.REJECTED else Status.OPEN,
            reason=_STANDS[state],
            elements=tuple(names),
        )
        for state, names in by_standing.items()
    )
    return RuleResult(
        id="APPROVAL-1",
        title="A person has approved the exact bytes of every generated take",
        status=Status.FAILED if rejected else Status.OPEN if open_takes else Status.PASSED,
        evidence=tuple(open_takes),
        who="director" if open_takes else "",
        remarks=remarks,
        lift="look at the takes and decide: generique review" if open_takes else "",
    )


def _without(elements: Iterable[str], reason: str) -> tuple[Remark, ...]:
    """A remark on the elements that fail a rule; none where none does."""
    names = tuple(elements)
    return (Remark(status=Status.FAILED, reason=reason, elements=names),) if names else ()


def _rights(elements: Iterable[AuditedElement]) -> RuleResult:
    uses = [element.use for element in elements if element.use.passport is None]
    bad = [use.id for use in uses if use.rights is None or not use.rights.licence]
    known = {
        f"{use.title}: {use.rights.licence}, {use.rights.holder}" for use in uses if use.rights
    }
    return RuleResult(
        id="RIGHTS-1",
        title="The rights in every authentic medium are stated",
        status=Status.FAILED if bad else Status.PASSED,
        evidence=tuple(bad) or tuple(sorted(known)),
        who="producer" if bad else "",
        remarks=_without(bad, "no licence is stated"),
    )


def _training(elements: Iterable[AuditedElement]) -> RuleResult:
    stated = {
        f"{use.passport.name} {use.passport.version}: {use.passport.training.statement}"
        for use in (element.use for element in elements)
        if use.passport
    }
    undisclosed = any(line.endswith("undisclosed") for line in stated)
    return RuleResult(
        id="TRAINING-1",
        title="What trained each generator is known",
        status=Status.OPEN if undisclosed else Status.PASSED,
        evidence=tuple(sorted(stated)),
        who="producer" if undisclosed else "",
    )


def _credits(elements: Iterable[AuditedElement]) -> RuleResult:
    bad = [element.use.id for element in elements if element.credit is None]
    return RuleResult(
        id="CREDIT-1",
        title="Every element is named in the end credits",
        status=Status.FAILED if bad else Status.PASSED,
        evidence=tuple(bad),
        who="editor" if bad else "",
        remarks=_without(bad, "no line of the end credits names it"),
    )


def _credit_time(written: dict[str, Credits], plan: TimingPlan) -> RuleResult:
    room = float(plan.rate.seconds(plan.frames - plan.credits_start))
    needs = {language: roll_seconds(roll) for language, roll in written.items()}
    short = {language: need for language, need in needs.items() if need > room}
    return RuleResult(
        id="CREDIT-2",
        title="The end credits stand long enough to be read",
        status=Status.OPEN if short else Status.PASSED,
        evidence=tuple(
            f"{lang}: {need:.1f} s needed, {room:.1f} s given" for lang, need in needs.items()
        ),
        who="editor" if short else "",
    )


def _labels(lineage: Lineage) -> RuleResult:
    generated = [use for use in lineage.elements if use.track == "V1" and use.passport]
    bad = []
    for language in lineage.languages:
        shown = [label for label in labels_of(lineage, language) if label.kind == "picture"]
        bad += [
            f"{use.id} ({language})"
            for use in generated
            if not any(label.start < use.end and use.start < label.end for label in shown)
            and not _continues(use, generated)
        ]
    return RuleResult(
        id="LABEL-1",
        title="The viewer is told of generated pictures on the picture",
        status=Status.FAILED if bad else Status.PASSED,
        evidence=tuple(bad),
        who="editor" if bad else "",
    )


def _continues(use: ElementUse, generated: list[ElementUse]) -> bool:
    """True when a shot directly follows another generated one, whose label covers the run."""
    return any(before.start < use.start <= before.end for before in generated)


def _levels(loudness: dict[str, Loudness]) -> Iterator[RuleResult]:
    for language, measured in loudness.items():
        right = (
            abs(measured.integrated - TARGET_LUFS) <= TOLERANCE_LU
            and measured.true_peak <= CEILING_DBTP
        )
        yield RuleResult(
            id=f"LOUDNESS-{language}",
            title=f"The encoded master ({language}) is at -23 LUFS, at most -1 dBTP",
            status=Status.PASSED if right else Status.FAILED,
            evidence=(f"{measured.integrated:.1f} LUFS, {measured.true_peak:.1f} dBTP",),
            who="" if right else "editor",
        )


def _result(ruled: Ruled) -> RuleResult:
    """A rule of clearance as the report holds it."""
    sureness = ruled.sureness
    return RuleResult(
        id=ruled.id,
        title=ruled.title,
        status=ruled.status,
        evidence=tuple(map(_told, ruled.remarks)),
        who=", ".join(role.value for role in ruled.who),
        family=ruled.family,
        clause=ruled.clause,
        source=ruled.source,
        sureness=sureness.words if sureness else "",
        effect=ruled.effect,
        remarks=ruled.remarks,
        lift=ruled.lift,
        rests_on=ruled.evidence,
    )


def _told(remark: Remark) -> str:
    """A remark on one line."""
    return f"{', '.join(remark.elements)}: {remark.reason}" if remark.elements else remark.reason


def worst_status(rules: Iterable[RuleResult]) -> Status:
    """What all rules come to: failed before open, open before passed.

    A rule that only warns leaves the film open, never failed.
    """
    found = {
        Status.OPEN if rule.effect is Effect.WARN and rule.status is Status.FAILED else rule.status
        for rule in rules
    }
    return next(
        (status for status in (Status.FAILED, Status.OPEN) if status in found), Status.PASSED
    )


def _shares(lineage: Lineage) -> dict[str, float]:
    """Share of the film's length on picture by class; a dissolve counts for both sides."""
    shares: dict[str, Fraction] = {}
    for use in lineage.elements:
        if use.track == "V1":
            name = use.element_class.value
            shares[name] = shares.get(name, Fraction(0)) + Fraction(
                use.end - use.start, lineage.frames
            )
    for kind in ElementClass:
        shares.setdefault(kind.value, Fraction(0))
    return {name: round(float(share), 4) for name, share in sorted(shares.items())}
