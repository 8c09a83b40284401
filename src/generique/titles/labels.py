"""On-picture labels: where the viewer is told that what is seen was not filmed.

The law:

1. Every run of generated, reconstructed or altered picture is labelled at its start, again after
   authentic picture has come between, after every break of the broadcast, and at least once a
   minute in a long run.
2. A label stands long enough to be read, at least four seconds, or for the whole run.
3. A film with a demonstration instead of a person's approval says so on every frame.
4. A synthetic voice is labelled where it is first heard, where it is next heard after a break, and
   at least every ten minutes in which it is heard.
5. An element whose class is not known to be authentic is labelled. Nothing is guessed to be real.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import SourceType
from generique.model.values import Value
from generique.titles.phrases import Phrases, phrases

LEAST_SECONDS = 4
REPEAT_SECONDS = 60
VOICE_REPEAT_SECONDS = 600
_LETTERS_A_SECOND = 12
_NO_LABEL = frozenset({ElementKind.TITLE, ElementKind.TRANSITION})
_TRAINED = frozenset({SourceType.TRAINED_ALGORITHMIC, SourceType.COMPOSITE_SYNTHETIC})


class Label(Value):
    """A notice on the picture.

    Attributes:
        head: What it is, in capitals.
        tail: What that means to the viewer.
        start: First frame.
        end: Frame after the last.
    """

    kind: Literal["picture", "voice", "demonstration"]
    head: str
    tail: str
    start: NonNegativeInt
    end: PositiveInt

    @property
    def text(self) -> str:
        """The whole notice on one line."""
        return f"{self.head} — {self.tail}"


def labels_of(lineage: Lineage, language: str) -> tuple[Label, ...]:
    """The labels of one language version, in order of time; the permanent one comes first.

    Raises:
        UsageError: Titles are not written in this language.
    """
    words = phrases(language)
    labels = [*_picture_labels(lineage, words), *_voice_labels(lineage, words, language)]
    labels.sort(key=lambda label: (label.start, label.kind))
    if lineage.demonstration:
        head, tail = words.demonstration
        labels.insert(
            0,
            Label(kind="demonstration", head=head, tail=tail, start=0, end=lineage.frames),
        )
    return tuple(labels)


def _picture_labels(lineage: Lineage, words: Phrases) -> Iterator[Label]:
    repeat = lineage.rate.frames(REPEAT_SECONDS)
    for (head, tail), run_start, run_end in _runs(lineage.elements, words):
        length = reading_frames(f"{head} — {tail}", lineage)
        for first, end in _between_breaks(run_start, run_end, lineage.breaks):
            for start in range(first, end, repeat):
                if start > first and end - start < length:
                    break
                yield Label(
                    kind="picture", head=head, tail=tail, start=start, end=min(start + length, end)
                )


def _between_breaks(start: int, end: int, breaks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """A stretch parted at the breaks inside it."""
    edges = [start, *(frame for frame in sorted(breaks) if start < frame < end), end]
    yield from pairwise(edges)


def reading_frames(text: str, lineage: Lineage) -> int:
    """Frames that a label stands: a second and the time to read it, at least four seconds."""
    return lineage.rate.frames(max(LEAST_SECONDS, 1 + len(text) / _LETTERS_A_SECOND))


def _runs(
    elements: Iterable[ElementUse], words: Phrases
) -> Iterator[tuple[tuple[str, str], int, int]]:
    """Stretches of picture under one wording; pictures that touch or dissolve join."""
    pictures = sorted(
        (use for use in elements if use.track == "V1" and use.kind not in _NO_LABEL),
        key=lambda use: (use.start, use.end, use.id),
    )
    run: tuple[tuple[str, str], int, int] | None = None
    for use in pictures:
        wording = _wording(use, words)
        if run and wording == run[0] and use.start <= run[2]:
            run = (wording, run[1], max(run[2], use.end))
            continue
        if run:
            yield run
        run = (wording, use.start, use.end) if wording else None
    if run:
        yield run


def _wording(use: ElementUse, words: Phrases) -> tuple[str, str] | None:
    if use.element_class is ElementClass.AUTHENTIC:
        return None
    if use.element_class is ElementClass.RECONSTRUCTION and use.passport is None:
        return words.staged
    if use.element_class in words.classes:
        return words.classes[use.element_class]
    return words.trained if use.source_type in _TRAINED else words.generated


def _voice_labels(lineage: Lineage, words: Phrases, language: str) -> Iterator[Label]:
    head, tail = words.synthetic_voice
    length = reading_frames(f"{head} — {tail}", lineage)
    repeat = lineage.rate.frames(VOICE_REPEAT_SECONDS)
    last: int | None = None
    for start in sorted(use.start for use in synthetic_voices(lineage, language)):
        interrupted = last is not None and any(last < frame <= start for frame in lineage.breaks)
        if last is None or interrupted or start - last >= repeat:
            last = start
            end = min(start + length, lineage.frames)
            yield Label(kind="voice", head=head, tail=tail, start=start, end=end)


def synthetic_voices(lineage: Lineage, language: str) -> tuple[ElementUse, ...]:
    """The voices of a language version that no person gave, its spoken notice included."""
    return tuple(
        use
        for use in lineage.elements
        if use.track is Stem.DIALOGUE
        and use.language in (None, language)
        and use.element_class is not ElementClass.AUTHENTIC
    )
