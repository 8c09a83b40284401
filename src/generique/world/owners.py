"""Whose a surface is: a kind and a number, in one whole number, and the name that people read."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from generique.world.arrays import Ints

NUMBERS = 1 << 20
"""Numbers that a kind has room for."""
BY_PLACE = NUMBERS - 1
"""The number of what is known by its kind alone until it is known what it stands at
(:func:`generique.world.footprints.settle`)."""


class Thing(IntEnum):
    """Kinds of what is seen. Names in mattes are made of these, so that none is ever renamed."""

    BUILDING = 0
    HOUSE = 1
    GARAGE = 2
    WINDOW = 3
    LIGHT = 4
    LAMP = 5
    FENCE = 6
    SHED = 7
    CAR = 8
    TRAFFIC = 9
    TREE = 10
    GROUND = 11
    SKY = 12
    SKYLINE = 13
    WATER = 14
    BOAT = 15
    BIRD = 16
    FOREST = 17
    TOWER = 18
    BLOCK = 19
    CHURCH = 20
    SHOP = 21
    STATION = 22
    HALL = 23
    OFFICE = 24
    CABIN = 25
    BARN = 26
    SILO = 27
    ELEVATOR = 28
    LIGHTHOUSE = 29
    CHIMNEY = 30
    TANK = 31
    REFINERY = 32
    FLARE = 33
    CRANE = 34
    SHIP = 35
    CONTAINER = 36
    QUAY = 37
    JETTY = 38
    BRIDGE = 39
    RAILWAY = 40
    TRAIN = 41
    TRAM = 42
    ROAD = 43
    BARRIER = 44
    GANTRY = 45
    SIGN = 46
    SIGNAL = 47
    POLE = 48
    MAST = 49
    ROCK = 50
    TIMBER = 51
    BALE = 52
    SPRINKLER = 53
    PLAYGROUND = 54
    PIPE = 55
    PUMP = 56
    BIN = 57
    WALL = 58
    FLOOR = 59
    CEILING = 60
    DOOR = 61
    SOFA = 62
    ARMCHAIR = 63
    CHAIR = 64
    TABLE = 65
    RUG = 66
    SHELF = 67
    CURTAIN = 68
    TELEVISION = 69
    PICTURE = 70
    TROLLEY = 71
    PLANT = 72
    EXTINGUISHER = 73
    RAIL = 74
    WIRE = 75
    BEACON = 76
    DINER = 77
    CABINET = 78
    BED = 79
    WARDROBE = 80
    DESK = 81


WITHOUT_NUMBER = (
    Thing.BUILDING,
    Thing.GROUND,
    Thing.SKY,
    Thing.SKYLINE,
    Thing.WATER,
    Thing.FOREST,
)
"""Kinds of which there is one; the first is also what a grammar gets that names nothing, and the
last are all trees that are too far for a shape of their own."""


def owner(thing: Thing, number: Ints | int = 0) -> Ints:
    """The owner's whole number, int32, one for each number.

    Args:
        thing: The kind.
        number: From 0 to :data:`NUMBERS` - 1.
    """
    return np.asarray(int(thing) * NUMBERS + np.asarray(number), np.int32)


def kinds_of(owners: Ints) -> Ints:
    """The kind of each owner, as the owner of the whole kind."""
    return np.asarray(owners // NUMBERS * NUMBERS, np.int32)


def kind_name(code: int) -> str:
    """Name of an owner's kind: ``house``."""
    return Thing(code // NUMBERS).name.lower()


def owner_name(code: int) -> str:
    """Name of an owner: ``house-12``, or the kind alone where there is one of it, ``sky``."""
    number = code % NUMBERS
    thing = Thing(code // NUMBERS)
    if number == 0 and thing in WITHOUT_NUMBER:
        return kind_name(code)
    return f"{kind_name(code)}-{number}"
