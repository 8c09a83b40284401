"""How fast a gate answers: a contract of 500 clauses on 10,000 elements."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from clearance_material import on_record

from generique.clearance.case import Case, ElementFacts, Signed
from generique.clearance.clauses import Contract, read_contract
from generique.clearance.evaluate import judge_contract
from generique.clearance.packs import judge_packs, known_packs
from generique.clearance.verdict import Gate, Outcome
from generique.model.consent import Consent
from generique.model.element import ElementClass, ElementKind
from generique.model.passport import Passport
from generique.model.people import Decision, Matter, Role
from generique.model.production import Production
from generique.model.values import digest_of

ELEMENTS = 10_000
CLAUSES = 500
LIMIT_SECONDS = 2.0
FRAMES = 172_800
"""Two hours at 24 frames a second."""

KINDS = tuple(ElementKind)
CLASSES = tuple(ElementClass)
PEOPLE = 40
MODELS = 25
PROVIDERS = 7

Judge = Callable[[Case], Sequence[Outcome]]


def production() -> Production:
    """A documentary for two territories."""
    return Production.read(
        {
            "schema": "generique/production/1",
            "id": "benchmark",
            "title": "Benchmark",
            "languages": ["en", "fr"],
            "genre": "documentary",
            "territories": ["FR", "BE"],
            "raster": {"width": 1280, "height": 720},
            "rate": "24",
            "backends": {"shot": "world"},
            "credits": ["Made with generators"],
        },
        where="benchmark",
    )


def element(number: int) -> ElementFacts:
    """An element; facts recur, as they do in a film, but each has its own place and essence."""
    essence = digest_of(b"%d" % number)
    kind = KINDS[number % len(KINDS)]
    start = number * 17 % (FRAMES - 96)
    name = f"model-{number % MODELS}"
    decision = Decision(
        verdict="approved",
        person=f"person-{number % 5}",
        role=Role.DIRECTOR,
        reason="seen",
        take=f"e{number}.t1",
        essence=essence,
        key=f"person/person-{number % 5}+00000000+",
    )
    return ElementFacts(
        id=f"e{number}",
        title=f"Element {number}",
        kind=kind,
        element_class=CLASSES[number % len(CLASSES)],
        backend=f"backend-{number % MODELS}",
        provider="local" if number % 3 else f"provider-{number % PROVIDERS}",
        model=name,
        passport=passport(name),
        person=f"Person {number % PEOPLE}" if number % 10 == 0 else None,
        language="fr" if number % 2 else "en",
        take=f"e{number}.t1",
        essence=essence,
        file=essence,
        seconds=4.0,
        start=start,
        end=start + 96,
        decisions=() if number % 50 == 0 else (Signed(decision=decision, entry=number),),
        entry=number,
    )


def passport(name: str) -> Passport:
    """A generator's own word: it was trained on nothing."""
    return Passport.read(
        {
            "name": name,
            "version": "1",
            "title": name,
            "maker": "nobody",
            "licence": "Apache-2.0",
            "kinds": ["shot"],
            "training": {"statement": "none"},
            "source_type": "algorithmicMedia",
            "repeatable": True,
        },
        where="benchmark",
    )


def consent(number: int) -> Consent:
    """A person's consent for this title."""
    return Consent.read(
        {
            "id": f"consent-{number}",
            "person": f"Person {number}",
            "of": "performance",
            "actions": ["cloneVoice", "generateLikeness"],
            "titles": ["benchmark"],
            "territories": ["*"],
            "media": ["*"],
            "starts": "2026-01-01",
            "description": "narration",
        },
        where="benchmark",
    )


def case(gate: Gate) -> Case:
    """Everything known at a gate."""
    return Case(
        production=production(),
        gate=gate,
        today="2026-11-28",
        elements=tuple(element(number) for number in range(ELEMENTS)),
        consents=tuple(consent(number) for number in range(PEOPLE)),
        subjects={f"{Matter.CUT.value}/cut": digest_of(b"cut")},
        film_seconds=FRAMES / 24,
    )


def contract() -> Contract:
    """Clauses of every sort, as many as asked for."""
    fixed: list[dict[str, object]] = [
        {"kind": "general-permission", "dubbing": True},
        {"kind": "talent-consent"},
        {"kind": "providers-allowed", "names": [f"provider-{n}" for n in range(PROVIDERS)]},
        {"kind": "weights-locked", "title": "benchmark"},
        {"kind": "credit-wording", "wording": {"en": "Made with generators"}},
        {"kind": "human-approval", "roles": ["director"]},
        {"kind": "audit-and-retention", "years": 10, "by": "a"},
        {"kind": "territory-and-term", "territories": ["FR", "BE"], "starts": "2026-01-01"},
        {"kind": "synthetic-share", "percent": 99.0},
    ]
    turns: list[Callable[[int], dict[str, object]]] = [
        lambda n: {"kind": "models-barred", "names": [f"other-{n}", f"another-{n}"]},
        lambda n: {"kind": "providers-barred", "names": [f"elsewhere-{n}"]},
        lambda n: {"kind": "permitted-uses", "kinds": [KINDS[n % len(KINDS)]]},
        lambda n: {
            "kind": "forbidden-uses",
            "acts": ["include"],
            "when": [{"operand": "person", "operator": "eq", "value": f"stranger {n}"}],
        },
        lambda n: {"kind": "human-approval", "roles": ["director"], "kinds": [KINDS[n % 7]]},
        lambda n: {"kind": "synthetic-share", "percent": 99.0 + n / CLAUSES, "of": "sound"},
    ]
    listed = [*fixed, *(turns[n % len(turns)](n) for n in range(CLAUSES - len(fixed)))]
    parties = [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]
    return read_contract(
        {
            "schema": "generique/contract/1",
            "work": "Benchmark",
            "titles": ["benchmark"],
            "date": "2026-03-01",
            "party": parties,
            "clause": [{"id": str(n), **clause} for n, clause in enumerate(listed, start=1)],
        },
        where="benchmark",
    )


def judges() -> tuple[tuple[str, Judge], ...]:
    """Everything that a gate asks, by name; each reads the case and nothing else."""
    read = contract()
    packs = tuple(known_packs())
    return (
        (f"contract, {CLAUSES} clauses", lambda case: judge_contract(read, case)),
        (f"{len(packs)} policy packs", lambda case: judge_packs(packs, case)),
    )


def seconds_of(judge: Judge, asked: Case) -> tuple[float, Sequence[Outcome]]:
    """Processor seconds of one judge, the best of three, and its outcomes."""
    times = []
    outcomes: Sequence[Outcome] = ()
    for _ in range(3):  # on a case of its own, for a case remembers what it looked up
        fresh = Case(**{name: getattr(asked, name) for name in Case.model_fields})
        begun = time.process_time()
        outcomes = judge(fresh)
        times.append(time.process_time() - begun)
    return min(times), outcomes


FILMS: tuple[tuple[str, Callable[[Case], Case]], ...] = (
    ("on record, one element in ten at fault", on_record),
    ("nothing on record, most rules refuse every element", lambda case: case),
)
"""What is known of the film."""


def main() -> int:
    """Measure and print; 0 when every gate answers in time, else 1."""
    print(f"{ELEMENTS:,} elements, {CLAUSES} clauses; processor seconds, best of three")
    holds = True
    for known, records in FILMS:
        print(known)
        for gate in (Gate.GENERATE, Gate.MASTER, Gate.DELIVER):
            asked, total = records(case(gate)), 0.0
            for label, judge in judges():
                seconds, outcomes = seconds_of(judge, asked)
                total += seconds
                refused = sum(outcome.refuses for outcome in outcomes)
                print(
                    f"{gate.value:<10}{label:<26}{seconds:>8.3f} s"
                    f"  {len(outcomes):>7,} outcomes, {refused:,} refuse"
                )
            missed = "" if total <= LIMIT_SECONDS else " MISSED"
            print(
                f"{gate.value:<10}{'together':<26}{total:>8.3f} s  limit {LIMIT_SECONDS:g}{missed}"
            )
            holds &= total <= LIMIT_SECONDS
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
