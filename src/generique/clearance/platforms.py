"""Declarations for platforms: what is ticked on upload, and text to paste beside it.

Whether a film shows what never happened is answered from what people judged. What nobody judged
stays undecided, and the text says so; nothing is claimed that is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.operands import covered
from generique.clearance.packs.labels_read import label_fault
from generique.clearance.packs.reading import SEALED, SOUND, Reading, Sort
from generique.clearance.platform_phrases import PHRASES, Phrases
from generique.model.answer import Answer
from generique.model.element import ElementKind
from generique.model.errors import UsageError
from generique.model.judgement import Question
from generique.model.values import Value

PLATFORMS = {"youtube": "YouTube", "tiktok": "TikTok", "meta": "Meta"}
"""Names of the platforms by identifier."""

_NAMED = 12


class PlatformDeclaration(Value):
    """What is declared to one platform, in one language.

    Attributes:
        platform: Identifier.
        answer: To the platform's question about altered or synthetic content; ``unknown`` until
            people have judged every element that it depends on.
        setting: What to set on upload, one line.
        text: To paste into the description; a paragraph of plain sentences.
        undecided: Elements that nobody has judged.
    """

    platform: str
    language: str
    answer: Answer
    setting: str
    text: str
    undecided: tuple[str, ...] = ()


def shows(sort: Sort) -> bool:
    """True for a generated or altered picture or voice that could be taken for the world."""
    return sort.factual and sort.released


def realistic(reading: Reading) -> tuple[Answer, tuple[str, ...]]:
    """Whether the film shows or says, as if real, what never was; and what nobody has judged.

    A real person's generated voice or likeness is such a thing by its nature. Of all else people
    have to say whether it makes a claim to be real.
    """
    undecided: list[str] = []
    answer = Answer.NO
    for sort, places in reading.groups(shows):
        if sort.person is not None and sort.generated:
            answer = Answer.YES
            continue
        for at in places:
            said = _claims(reading, at)
            if said is Answer.YES:
                answer = Answer.YES
            elif said is Answer.UNKNOWN:
                undecided.append(reading.case.elements[at].id)
    if answer is Answer.NO and undecided:
        answer = Answer.UNKNOWN
    return answer, tuple(undecided)


def _claims(reading: Reading, at: int) -> Answer:
    """Whether one element makes a claim to be real, by what people said of it."""
    if reading.answer(at, Question.ALTERATION) == "meaning":
        return Answer.YES
    reality = reading.answer(at, Question.REALITY)
    if reality in {"yes", "no"}:
        return Answer(reality)
    like = reading.answer(at, Question.RESEMBLES), reading.answer(at, Question.AUTHENTIC)
    if "no" in like:
        return Answer.NO
    return Answer.YES if like == ("yes", "yes") else Answer.UNKNOWN


def declaration_for(platform: str, language: str, reading: Reading) -> PlatformDeclaration:
    """What to declare to a platform.

    Args:
        platform: ``youtube``, ``tiktok`` or ``meta``.
        language: ``en`` or ``fr``.
        reading: The case; read back masters make the text say more.

    Raises:
        UsageError: The platform or the language is not known.
    """
    if platform not in PLATFORMS:
        raise UsageError(
            f"nothing is known of the platform {platform}",
            next_step=f"choose among: {', '.join(PLATFORMS)}",
        )
    phrases = PHRASES.get(language)
    if phrases is None:
        raise UsageError(
            f"declarations are not written in {language}",
            next_step=f"choose among: {', '.join(PHRASES)}",
        )
    answer, undecided = realistic(reading)
    return PlatformDeclaration(
        platform=platform,
        language=language,
        answer=answer,
        setting=phrases.settings[platform].format(phrases.answers[answer]),
        text=" ".join(_sentences(reading, phrases, language, undecided)),
        undecided=undecided,
    )


def declarations_of(reading: Reading) -> tuple[PlatformDeclaration, ...]:
    """Declarations for every platform in every language that they are written in."""
    return tuple(
        declaration_for(platform, language, reading)
        for platform in PLATFORMS
        for language in PHRASES
    )


def _sentences(
    reading: Reading, phrases: Phrases, language: str, undecided: tuple[str, ...]
) -> Iterator[str]:
    """The text, sentence by sentence; each rests on a fact of the case."""
    production = reading.case.production
    title = production.titles.get(language, production.title)
    if not reading.generated:
        yield phrases.nothing.format(title=title)
        return
    kinds = [reading.case.elements[at].kind for at in reading.generated]
    counts = [
        phrases.kinds[kind].format(kinds.count(kind)) for kind in ElementKind if kind in kinds
    ]
    yield phrases.contains.format(title=title, what=phrases.joined(counts))
    seconds = _picture_seconds(reading)
    if seconds is not None:
        total = reading.case.film_seconds
        yield phrases.time.format(part=_clock(seconds), whole=_clock(total))
    yield phrases.made_with.format(phrases.joined(_generators(reading, phrases)))
    if label_fault(reading) is None:
        yield phrases.labelled
    if reading.case.readback and all(one.credential in SEALED for one in reading.case.readback):
        yield phrases.credentialed
    if undecided:
        named = ", ".join(undecided[:_NAMED])
        more = len(undecided) - _NAMED
        yield phrases.undecided.format(named + (f" (+{more})" if more > 0 else ""))


def _generators(reading: Reading, phrases: Phrases) -> list[str]:
    """Every generator with its version and what it says of its training data."""
    found: dict[str, None] = {}
    for sort, places in reading.groups(lambda sort: sort.generated):
        passport = reading.case.elements[places[0]].passport
        if passport is None:
            found[phrases.unnamed.format(sort.backend)] = None
            continue
        training = phrases.training[passport.training.statement]
        found[f"{passport.title} {passport.version} ({training})"] = None
    return list(found)


def _picture_seconds(reading: Reading) -> float | None:
    """Running time of generated picture; None when some of its places are not known."""
    spans = []
    for at in reading.generated:
        element = reading.case.elements[at]
        if element.kind in SOUND:
            continue
        if element.start is None or element.end is None:
            return None
        spans.append((element.start, element.end))
    if not spans or reading.case.film_seconds <= 0:
        return None
    return covered(spans) / reading.case.frames_a_second


def _clock(seconds: float) -> str:
    """Minutes and seconds, or hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
