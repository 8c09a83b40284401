"""Known works: what a production's files show, said in the archive's terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generique.marks.works import PluginMark, Work, WorkSegment
from generique.model.element import ElementClass, Raster
from generique.model.lineage import ElementUse, Lineage
from generique.model.take import Take
from generique.model.time import Rate
from generique.model.values import Digest, Value
from generique.production.evidence import credit_line
from generique.production.marking import MarkedSpan, marked_spans
from generique.production.review import Standing, standing
from generique.titles.credits import Credits, credits_of

if TYPE_CHECKING:
    from generique.production.ingest import Medium

END_CREDITS = "end credits"

_APPROVALS = {
    Standing.APPROVED: "approved",
    Standing.REJECTED: "rejected",
    Standing.WAITING: "not approved",
    Standing.DEMONSTRATION: "demonstration, approved by nobody",
}


class MasterFile(Value):
    """A signed master as a file.

    Attributes:
        file: Digest of its bytes.
        locator: Path of it, or of the same picture unsigned.
        manifest: Label of its active manifest.
        sound_mark: Number in its sound, hex digits.
        plugins: Picture marks of another make.
        codes: ISCC Video-Code of each marked span, in order; empty when unknown.
    """

    file: Digest
    locator: str
    language: str
    raster: Raster
    manifest: str | None = None
    sound_mark: str | None = None
    plugins: tuple[PluginMark, ...] = ()
    codes: tuple[str, ...] = ()


def master_work(lineage: Lineage, master: MasterFile) -> Work:
    """A master as a known work: its shots, and black and credits between and after them."""
    written = credits_of(lineage, master.language)
    spans = marked_spans(lineage)
    uses = {use.id: use for use in lineage.elements if use.track == "V1"}
    codes: Sequence[str | None] = master.codes or [None] * len(spans)
    shown = [
        _shot(uses[span.shot], span, written, code) for span, code in zip(spans, codes, strict=True)
    ]
    return Work(
        id=master.file,
        title=lineage.titles.get(master.language, lineage.title),
        kind="master",
        production=lineage.production,
        language=master.language,
        locator=master.locator,
        manifest=master.manifest,
        sound_mark=master.sound_mark,
        plugins=master.plugins,
        rate=lineage.rate,
        frames=lineage.frames,
        raster=master.raster,
        segments=tuple(_filled(shown, lineage.frames)),
    )


def take_work(production: str, take: Take, raster: Raster, rate: Rate, locator: str) -> Work:
    """A take of a shot as a known work, approved or not."""
    passport = take.passport
    facts = {
        "prompt": "; ".join((take.prompt, *take.notes)),
        "model": f"{passport.title} {passport.version}",
    }
    return Work(
        id=take.file,
        title=take.id,
        kind="take",
        production=production,
        locator=locator,
        rate=rate,
        frames=take.frames,
        raster=raster,
        segments=(
            WorkSegment(
                start=0,
                end=take.frames,
                shot=take.element,
                take=take.id,
                element_class=ElementClass.SYNTHETIC,
                title=take.element,
                facts=facts,
            ),
        ),
    )


def medium_work(
    production: str, medium: Medium, frames: int, raster: Raster, rate: Rate, locator: str
) -> Work:
    """A camera file as a known work."""
    rights = medium.item.rights
    return Work(
        id=medium.file,
        title=medium.item.title,
        kind="medium",
        production=production,
        locator=locator,
        rate=rate,
        frames=frames,
        raster=raster,
        segments=(
            WorkSegment(
                start=0,
                end=frames,
                element_class=ElementClass.AUTHENTIC if medium.item.captured else None,
                title=medium.item.title,
                facts={"rights": f"{rights.licence}, {rights.holder}; {rights.source}"},
            ),
        ),
    )


def _shot(use: ElementUse, span: MarkedSpan, written: Credits, code: str | None) -> WorkSegment:
    facts = {"entry": str(use.entry), "credit": credit_line(use, written) or "not credited"}
    if use.prompt is not None:
        facts["prompt"] = "; ".join((use.prompt, *use.notes))
    if use.passport is not None:
        facts["model"] = f"{use.passport.title} {use.passport.version}"
        facts["approval"] = _APPROVALS[standing(use.decisions)]
    if use.rights is not None:
        rights = use.rights
        facts["rights"] = f"{rights.licence}, {rights.holder}; {rights.source}"
    return WorkSegment(
        start=span.start,
        end=span.end,
        shot=span.shot,
        take=span.take,
        element_class=use.element_class,
        title=use.title,
        mark=span.mark,
        iscc=code,
        facts=facts,
    )


def _filled(shown: Sequence[WorkSegment], frames: int) -> Iterator[WorkSegment]:
    """The shots with what lies between and after them."""
    position = 0
    for segment in shown:
        if position < segment.start:
            yield WorkSegment(start=position, end=segment.start, title="black")
        yield segment
        position = segment.end
    if position < frames:
        yield WorkSegment(start=position, end=frames, title=END_CREDITS)
