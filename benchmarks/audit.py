"""How long the audit of a feature film takes: 1,500 shots, two hours, given outcomes.

Counts putting outcomes together, the truth map, the sheet and the page without stills; the paper is
measured beside it. Facts are made up; no clip and no ledger is read.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator

from generique.clearance.verdict import Evidence, Outcome, Status
from generique.machineroom.documents import set_document
from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, SourceType, Training
from generique.model.people import Person, Role
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.audit import AuditReport, audit
from generique.production.machineroom_ports import Loudness
from generique.studio.audit_paper import paper_pictures, paper_source
from generique.studio.audit_sheet import Sheet, audit_sheet
from generique.studio.pages import audit_page
from generique.testing.lineages import layout_of

SHOTS = 1_500
LINES = 900
RULES = 85
FRAMES = 2 * 3600 * 24
SEED = 5
LIMITS = {"report and page": 10.0, "paper": 60.0}
PASSPORT = Passport(
    name="world",
    version="1",
    title="World",
    maker="Contributors",
    licence="Apache-2.0",
    kinds=tuple(ElementKind),
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    repeatable=True,
)
ADA = Person(id="ada", name="Ada", roles=(Role.DIRECTOR,))


def element(name: str, start: int, end: int, kind: ElementKind) -> ElementUse:
    """One generated element."""
    return ElementUse(
        id=name,
        title=f"Title of {name}",
        kind=kind,
        element_class=ElementClass.SYNTHETIC,
        track="V1" if kind is ElementKind.SHOT else Stem.DIALOGUE,
        start=start,
        end=end,
        take=f"{name}.t1",
        file=digest_of(name.encode()),
        essence=digest_of(b"e" + name.encode()),
        source_type=SourceType.ALGORITHMIC,
        passport=PASSPORT,
        prompt="A street at night, light snow.",
        seed=1,
        entry=len(name),
    )


def film() -> Lineage:
    """Two hours of shots and lines."""
    step, line = FRAMES // SHOTS, FRAMES // LINES
    shots = [
        element(f"{n}-1", n * step, (n + 1) * step, ElementKind.SHOT) for n in range(SHOTS - 20)
    ]
    lines = [
        element(f"{n}-L1", n * line, n * line + 60, ElementKind.VOICE) for n in range(LINES - 20)
    ]
    return Lineage(
        production="feature",
        title="Feature",
        titles={},
        languages=("en",),
        rate=Rate(numerator=24),
        frames=FRAMES,
        demonstration=False,
        elements=tuple(shots + lines),
    )


def outcomes(lineage: Lineage) -> Iterator[Outcome]:
    """Every rule of every element; one in nine open, in one of thirty ways."""
    chance = random.Random(SEED)
    for rule in range(RULES):
        for use in lineage.elements:
            status = Status.OPEN if chance.random() < 1 / 9 else Status.PASSED
            yield Outcome.model_construct(
                rule=f"NFX-{rule:02d}",
                clause=None,
                title=f"Rule {rule}",
                source="A source",
                status=status,
                element=use.id,
                reason=f"for reason {chance.randrange(30)}",
                evidence=(Evidence(what="a fact", entry=rule),)
                if use is lineage.elements[0]
                else (),
                lift="act",
                who=(Role.PRODUCER,),
            )


def timed(what: str, act: Callable[[], object]) -> bool:
    """Run an act, print its time beside its limit; True when it holds."""
    begun = time.perf_counter()
    act()
    taken, limit = time.perf_counter() - begun, LIMITS[what]
    missed = "" if taken <= limit else " MISSED"
    print(f"{what:<28}{taken:>9.2f} s  limit {limit:g} s{missed}")
    return taken <= limit


def main() -> int:
    """Measure; 1 when a limit is missed."""
    lineage = film()
    given = tuple(outcomes(lineage))
    plan = layout_of(lineage, 24 * 3_000)
    sheets: list[Sheet] = []

    def page() -> str:
        levels = {"en": Loudness(integrated=-23.0, true_peak=-2.0)}
        report: AuditReport = audit(lineage, plan, (ADA,), levels).with_outcomes(given)
        sheets.append(audit_sheet(report, lineage, "en", {"ada": "Ada"}))
        return audit_page(sheets[-1], {})

    print(f"{len(lineage.elements):,} elements, {len(given):,} outcomes")
    held = timed("report and page", page)
    sheet = sheets[-1]
    held &= timed("paper", lambda: set_document(paper_source(sheet, ()), paper_pictures(sheet, {})))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
