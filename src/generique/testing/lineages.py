"""Lineages made of plain facts, for tests of what is read from one: reports, maps, packages."""

from __future__ import annotations

from typing import Any

from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.lineage import DecisionEntry, ElementUse, Lineage
from generique.model.passport import Passport, Rights, SourceType, Training
from generique.model.people import Decision, Role
from generique.model.time import Rate
from generique.model.values import digest_of

COMPUTED = Passport(
    name="computed",
    version="1",
    title="Computed",
    maker="Contributors",
    licence="Apache-2.0",
    kinds=tuple(ElementKind),
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    repeatable=True,
    local=True,
)
"""A generator that nothing trained."""

TRAINED = COMPUTED.model_copy(
    update={
        "name": "trained",
        "title": "Trained",
        "licence": "proprietary",
        "training": Training(statement="undisclosed"),
        "source_type": SourceType.TRAINED_ALGORITHMIC,
    }
)
"""A generator whose training is undisclosed."""

ARCHIVE = Rights(
    licence="BSD-3-Clause",
    holder="An archive",
    source="the archive's site",
    notice="media/NOTICE.txt",
    credit={"en": "Pictures: an archive", "fr": "Images : des archives"},
)


def generated(name: str, start: int, end: int, **facts: Any) -> ElementUse:
    """A generated shot; with a stem as ``track``, a sound."""
    values: dict[str, Any] = {
        "id": name,
        "title": f"Title of {name}",
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "track": "V1",
        "start": start,
        "end": end,
        "take": f"{name}.t1",
        "file": digest_of(b"file " + name.encode()),
        "essence": digest_of(b"essence " + name.encode()),
        "source_type": (facts.get("passport") or COMPUTED).source_type,
        "passport": COMPUTED,
        "prompt": "a street at night",
        "seed": 1,
        "entry": 0,
    }
    return ElementUse.model_validate(values | facts)


def recorded(name: str, start: int, end: int, **facts: Any) -> ElementUse:
    """A shot that a camera recorded."""
    values: dict[str, Any] = {
        "element_class": ElementClass.AUTHENTIC,
        "take": None,
        "prompt": None,
        "seed": None,
        "passport": None,
        "rights": ARCHIVE,
        "source_type": SourceType.DIGITAL_CAPTURE,
    }
    return generated(name, start, end, **(values | facts))


def voice(name: str, start: int, end: int, language: str) -> ElementUse:
    """A generated voice of one language version."""
    sound: dict[str, Any] = {"track": Stem.DIALOGUE, "kind": ElementKind.VOICE}
    return generated(name, start, end, language=language, passport=TRAINED, **sound)


def decided(use: ElementUse, verdict: str = "approved", person: str = "mira") -> ElementUse:
    """The element with what a person said of it, or a demonstration."""
    shown = verdict == "demonstration"
    decision = Decision.model_validate(
        {
            "verdict": verdict,
            "person": person,
            "role": "demonstration" if shown else Role.DIRECTOR,
            "reason": "Right light.",
            "take": use.take or use.id,
            "essence": use.essence,
            "key": f"person/{person}+00000000",
        }
    )
    said = (*use.decisions, DecisionEntry(decision=decision, entry=1))
    return use.model_copy(update={"decisions": said})


def lineage_of(*elements: ElementUse, frames: int = 960, title: str = "Tiny") -> Lineage:
    """A film of 24 frames a second in English and French."""
    return Lineage(
        production="tiny",
        title=title,
        titles={"fr": f"{title} (fr)"},
        languages=("en", "fr"),
        rate=Rate(numerator=24),
        frames=frames,
        demonstration=any(
            said.decision.verdict == "demonstration" for use in elements for said in use.decisions
        ),
        elements=elements,
    )


def small_film() -> Lineage:
    """Four shots of three classes, two of them in a dissolve, and a voice in each language."""
    return lineage_of(
        decided(generated("1-1", 0, 144)),
        generated("1-2", 132, 264),
        recorded("2-1", 264, 480),
        generated("3-1", 480, 600, element_class=ElementClass.RECONSTRUCTION),
        voice("1-1-en", 30, 90, "en"),
        voice("1-1-fr", 30, 100, "fr"),
    )
