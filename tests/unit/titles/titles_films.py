"""A small lineage for the tests of the titles."""

from __future__ import annotations

from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.lineage import DecisionEntry, ElementUse, Lineage
from generique.model.passport import Passport, Rights, SourceType, Training
from generique.model.people import Decision, Person, Role
from generique.model.time import Rate
from generique.model.values import digest_of

RATE = Rate(numerator=24)
WORLD = Passport(
    name="world",
    version="0.1.0",
    title="Générique world",
    maker="Générique contributors",
    licence="Apache-2.0",
    kinds=(ElementKind.SHOT,),
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    repeatable=True,
    credit={"en": "Night aerials: Générique world", "fr": "Vues aériennes : Générique world"},
)
PICO = Passport(
    name="pico",
    version="0.1.1",
    title="SVOX Pico (py-nanotts)",
    maker="SVOX AG",
    licence="Apache-2.0",
    kinds=(ElementKind.VOICE,),
    training=Training(statement="undisclosed"),
    source_type=SourceType.TRAINED_ALGORITHMIC,
    repeatable=True,
    credit={"en": "Synthetic voice: SVOX Pico", "fr": "Voix de synthèse : SVOX Pico"},
)
FINCH = Rights(
    licence="BSD-3-Clause",
    holder="Gabriël J.L. Beckers",
    source="birdwatcher 0.5.0, testvideos/zf20s_low.mp4",
    notice="media/NOTICE-birdwatcher.txt",
    credit={
        "en": "Zebra finch: test video of Birdwatcher (Utrecht University), © 2018 "
        "Gabriël J.L. Beckers, BSD-3-Clause",
        "fr": "Diamant mandarin : vidéo d'essai de Birdwatcher (université d’Utrecht), © 2018 "
        "Gabriël J.L. Beckers, BSD-3-Clause",
    },
)
BIRDS = Rights(
    licence="MIT", holder="University of Pittsburgh", source="opensoundscape 0.13.2", notice="N"
)
ADA = Person(id="ada", name="Ada Lovelace", roles=(Role.DIRECTOR,))


def use(
    name: str,
    start: int,
    end: int,
    element_class: ElementClass = ElementClass.SYNTHETIC,
    **more: object,
) -> ElementUse:
    """One element; generated picture by default."""
    values: dict[str, object] = {
        "id": name,
        "title": name,
        "kind": ElementKind.SHOT,
        "element_class": element_class,
        "track": "V1",
        "start": start,
        "end": end,
        "file": digest_of(name.encode()),
        "essence": digest_of(b"essence " + name.encode()),
        "source_type": SourceType.ALGORITHMIC,
        "passport": WORLD,
        "take": f"{name}.t1",
        "prompt": "night aerial, light snow",
        "seed": 7,
        "entry": 3,
    }
    return ElementUse.model_validate(values | more)


def authentic(name: str, start: int, end: int) -> ElementUse:
    """Camera footage."""
    return use(
        name,
        start,
        end,
        ElementClass.AUTHENTIC,
        passport=None,
        rights=FINCH,
        take=None,
        prompt=None,
        seed=None,
        source_type=SourceType.DIGITAL_CAPTURE,
    )


def voice(name: str, start: int, end: int, language: str) -> ElementUse:
    """A synthetic voice."""
    return use(
        name,
        start,
        end,
        kind=ElementKind.VOICE,
        track=Stem.DIALOGUE,
        language=language,
        passport=PICO,
        source_type=SourceType.TRAINED_ALGORITHMIC,
    )


def approval(take: str, person: str = "ada") -> DecisionEntry:
    """A person's approval."""
    decision = Decision(
        verdict="approved",
        person=person,
        role=Role.DIRECTOR,
        reason="Right light.",
        take=take,
        essence=digest_of(take.encode()),
        key="key-1",
    )
    return DecisionEntry(decision=decision, entry=9)


def lineage(*elements: ElementUse, demonstration: bool = False, frames: int = 1000) -> Lineage:
    """A film."""
    return Lineage(
        production="dawn-chorus",
        title="Dawn Chorus",
        titles={"fr": "Le chœur de l'aube"},
        languages=("en", "fr"),
        rate=RATE,
        frames=frames,
        demonstration=demonstration,
        elements=elements,
    )


def film(*, demonstration: bool = False) -> Lineage:
    """A whole small film."""
    return lineage(
        use("1-1", 0, 144, decisions=(approval("1-1.t1"),)),
        use("1-2", 132, 264),
        authentic("2-1", 264, 480),
        use("3-1", 480, 600),
        voice("1-1-en", 30, 90, "en"),
        voice("1-1-fr", 30, 100, "fr"),
        use("music", 0, 1000, kind=ElementKind.MUSIC, track=Stem.MUSIC, passport=score()),
        use("wind", 0, 264, kind=ElementKind.EFFECT, track=Stem.EFFECTS, passport=foley()),
        use(
            "birds",
            264,
            480,
            ElementClass.AUTHENTIC,
            kind=ElementKind.EFFECT,
            track=Stem.BACKGROUNDS,
            passport=None,
            rights=BIRDS,
            take=None,
            prompt=None,
            seed=None,
        ),
        demonstration=demonstration,
    )


def score() -> Passport:
    """The music's generator, without a wording of its own."""
    return WORLD.model_copy(update={"name": "score", "title": "Générique score", "credit": {}})


def foley() -> Passport:
    """The effects' generator, without a wording of its own."""
    return WORLD.model_copy(update={"name": "foley", "title": "Générique foley", "credit": {}})
