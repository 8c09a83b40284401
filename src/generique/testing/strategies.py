"""Hypothesis strategies for the values of :mod:`generique.model`.

They draw values that are valid and odd, small enough that a failing example can be read.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st

from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import SourceType
from generique.model.time import Rate
from generique.model.values import Digest, Json, digest_of

FILM_RATES = (
    Rate(numerator=24000, denominator=1001),
    Rate(numerator=24),
    Rate(numerator=25),
    Rate(numerator=30000, denominator=1001),
    Rate(numerator=50),
    Rate(numerator=60000, denominator=1001),
)
"""Rates that pictures are shot and shown at."""


def digests() -> st.SearchStrategy[Digest]:
    """Digests of short byte strings."""
    return st.binary(max_size=8).map(digest_of)


def identifiers() -> st.SearchStrategy[str]:
    """Identifiers, up to twelve characters."""
    return st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}", fullmatch=True)


def rates() -> st.SearchStrategy[Rate]:
    """Rates in use, and any other fraction from one frame in ten seconds to 240 a second."""
    odd = st.fractions(min_value=Fraction(1, 10), max_value=240, max_denominator=1001)
    return st.sampled_from(FILM_RATES) | odd.map(
        lambda fps: Rate(numerator=fps.numerator, denominator=fps.denominator)
    )


def seconds(most: int = 36_000) -> st.SearchStrategy[Fraction]:
    """Exact lengths in seconds, from none up to ``most``."""
    return st.fractions(min_value=0, max_value=most, max_denominator=100_000)


def json_documents() -> st.SearchStrategy[Json]:
    """Any JSON document without numbers that JSON cannot hold exactly."""
    plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8)
    return st.recursive(
        plain,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
        ),
        max_leaves=12,
    )


@st.composite
def element_uses(draw: st.DrawFn, frames: int = 1000) -> ElementUse:
    """One element of a film of some frames."""
    start = draw(st.integers(0, frames - 1))
    tracks: tuple[Literal["V1"] | Stem, ...] = ("V1", *Stem)
    return ElementUse(
        id=draw(identifiers()),
        title=draw(st.text(max_size=12)),
        kind=draw(st.sampled_from(ElementKind)),
        element_class=draw(st.sampled_from(ElementClass)),
        track=draw(st.sampled_from(tracks)),
        start=start,
        end=draw(st.integers(start + 1, frames)),
        language=draw(st.sampled_from((None, "en", "fr"))),
        file=draw(digests()),
        essence=draw(digests()),
        source_type=draw(st.sampled_from(SourceType)),
        entry=draw(st.integers(0, 10_000)),
    )


@st.composite
def lineages(draw: st.DrawFn, frames: int = 1000) -> Lineage:
    """The lineage of a small film in English and French."""
    return Lineage(
        production=draw(identifiers()),
        title="A film",
        titles={"fr": "Un film"},
        languages=("en", "fr"),
        rate=draw(rates()),
        frames=frames,
        demonstration=draw(st.booleans()),
        elements=tuple(draw(st.lists(element_uses(frames), max_size=8))),
    )
