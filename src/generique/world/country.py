"""Customs of countries, as data: what a grammar builds differently from one to another.

The figures are typical ones, rounded, as an attentive traveller sees them; no standard is quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from generique.world.scene import Country

RGB = tuple[float, float, float]


class Marking(IntEnum):
    """The colour of a painted line."""

    NONE = 0
    WHITE = 1
    YELLOW = 2


@dataclass(frozen=True)
class LampManner:
    """How streets are lit.

    Attributes:
        height: Of the lantern, metres.
        spacing: Least and greatest distance along the street, metres.
        sodium: Share of streets that are lit by sodium; the others by LED.
        foot: Metres from the kerb outwards to the pole.
        reach: Metres from the kerb inwards to the lantern, negative when it stays outside.
        strength: Factor on the light of a lamp; lower lamps need less.
    """

    height: float = 8.2
    spacing: tuple[float, float] = (38.0, 47.0)
    sodium: float = 0.6
    foot: float = 1.2
    reach: float = 1.0
    strength: float = 1.0


SUBURBAN_LAMPS = LampManner()


@dataclass(frozen=True)
class Kerbside:
    """What lies beside the carriageway.

    Attributes:
        corner: Radius of the kerb where streets meet, metres.
        verge: Grass between kerb and pavement, metres.
        pavement: Width, metres.
    """

    corner: float = 6.5
    verge: float = 1.7
    pavement: float = 1.5


SUBURBAN_KERB = Kerbside()


@dataclass(frozen=True)
class Customs:
    """What is done in a country.

    Attributes:
        keep_left: True where cars drive on the left.
        centre: The line between the directions.
        edge: The line along the edges of main roads.
        lamps: In streets of houses.
        town_kerb: Beside streets in towns.
        suburb_kerb: Beside streets of detached houses.
        conifers: Factor on the share of conifers among planted trees.
        hedges: Share of gardens behind a hedge.
        fence: Linear albedo of garden fences.
    """

    keep_left: bool = False
    centre: Marking = Marking.WHITE
    edge: Marking = Marking.WHITE
    lamps: LampManner = SUBURBAN_LAMPS
    town_kerb: Kerbside = Kerbside(4.0, 0.0, 2.0)
    suburb_kerb: Kerbside = SUBURBAN_KERB
    conifers: float = 1.0
    hedges: float = 0.1
    fence: RGB = (0.16, 0.12, 0.09)


CUSTOMS: dict[Country, Customs] = {
    Country.CANADA: Customs(centre=Marking.YELLOW),
    Country.UNITED_STATES: Customs(
        centre=Marking.YELLOW,
        lamps=LampManner(spacing=(46.0, 60.0), sodium=0.35),
        conifers=0.45,
        fence=(0.42, 0.41, 0.38),
    ),
    Country.FRANCE: Customs(
        edge=Marking.NONE,
        lamps=LampManner(6.4, (24.0, 30.0), 0.7, 0.5, 0.3, 0.62),
        town_kerb=Kerbside(3.5, 0.0, 1.7),
        conifers=0.3,
        hedges=0.3,
    ),
    Country.UNITED_KINGDOM: Customs(
        keep_left=True,
        lamps=LampManner(5.8, (27.0, 34.0), 0.55, 0.35, 0.25, 0.55),
        town_kerb=Kerbside(4.0, 0.0, 1.8),
        conifers=0.2,
        hedges=0.35,
    ),
    Country.NORWAY: Customs(
        centre=Marking.YELLOW,
        lamps=LampManner(7.5, (34.0, 42.0), 0.45, 1.0, 0.8, 0.85),
        conifers=1.4,
    ),
    Country.RUSSIA: Customs(
        lamps=LampManner(8.5, (34.0, 42.0), 0.65, 1.0, 1.0, 1.0),
        town_kerb=Kerbside(7.0, 3.0, 2.2),
        conifers=0.5,
        hedges=0.0,
    ),
    Country.JAPAN: Customs(
        keep_left=True,
        lamps=LampManner(5.5, (28.0, 36.0), 0.05, 0.4, 0.4, 0.5),
        town_kerb=Kerbside(3.0, 0.0, 1.2),
        conifers=0.6,
        hedges=0.4,
    ),
}
"""Customs of every country that a place can lie in."""
