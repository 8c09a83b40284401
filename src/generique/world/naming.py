"""Names for what a builder adds to a collection: each call builds one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from generique.world.mesh import Quads
from generique.world.owners import Thing, owner


class Collection(Protocol):
    """What is collected while a place is built.

    Attributes:
        quads: What stands.
        names: How many things of each kind there are by now.
    """

    quads: list[Quads]
    names: Counter[Thing]


_Kit = TypeVar("_Kit", bound=Collection)
_Rest = ParamSpec("_Rest")
_Found = TypeVar("_Found")
_Builder = Callable[Concatenate[_Kit, _Rest], _Found]


def named(
    thing: Thing,
) -> Callable[[_Builder[_Kit, _Rest, _Found]], _Builder[_Kit, _Rest, _Found]]:
    """Every call of a builder makes one thing of a kind, numbered in the order of the calls.

    What the builder adds belongs to that thing, unless a builder that it calls has named it.
    """

    def decorate(build: _Builder[_Kit, _Rest, _Found]) -> _Builder[_Kit, _Rest, _Found]:
        @wraps(build)
        def building(kit: _Kit, /, *rest: _Rest.args, **options: _Rest.kwargs) -> _Found:
            start = len(kit.quads)
            found = build(kit, *rest, **options)
            whose = owner(thing, kit.names[thing])
            kit.names[thing] += 1
            kit.quads[start:] = [part.claimed(whose) for part in kit.quads[start:]]
            return found

        return building

    return decorate
