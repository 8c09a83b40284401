"""All takes of a film, chosen: what cut, mix and lineage are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generique.model.production import MediaItem
from generique.production.ingest import Medium
from generique.production.shoot import Shot


@dataclass(frozen=True)
class Chosen:
    """The takes and media that the film is made of.

    Attributes:
        shots: Take of each generated shot.
        voices: Take of each line, by language and line.
        notices: Take of each spoken notice, by language.
        music: Take of the music bed; None when there is none.
        effects: Takes of the sound effects, in script order.
        media: Authentic media by file.
        listed: Everything that media.toml lists, for the rights in files that takes follow.
    """

    shots: Mapping[str, Shot]
    voices: Mapping[tuple[str, str], Shot]
    music: Shot | None = None
    effects: tuple[Shot, ...] = ()
    media: Mapping[str, Medium] = field(default_factory=dict)
    notices: Mapping[str, Shot] = field(default_factory=dict)
    listed: tuple[MediaItem, ...] = ()

    def takes(self) -> Iterator[Shot]:
        """Every generated element's take: picture first, then sound."""
        yield from self.shots.values()
        yield from self.voices.values()
        yield from self.notices.values()
        if self.music is not None:
            yield self.music
        yield from self.effects
