"""Territories: countries by their code, or the world."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_CODE = re.compile(r"\*|[A-Z]{2}")
_INSTEAD = {
    "EU": "name its member states",
    "EZ": "name its member states",
    "UN": "write * for the world",
    "UK": "the code of the United Kingdom is GB",
}
"""Codes that ISO 3166 sets aside for what is no country, or no longer its code: no rule or clause
about a country would ever meet them."""


def a_territory(code: str) -> str:
    """The code itself.

    Args:
        code: ISO 3166-1 alpha-2, ``FR``; ``*`` for the world.

    Raises:
        ValueError: It is neither.
    """
    if _CODE.fullmatch(code) is None:
        raise ValueError(f"{code[:80]!r} is neither an ISO 3166 code, FR say, nor * for the world")
    if code in _INSTEAD:
        raise ValueError(f"{code} is no code of a country: {_INSTEAD[code]}")
    return code


Territory = Annotated[str, AfterValidator(a_territory)]
"""A territory by its code."""
