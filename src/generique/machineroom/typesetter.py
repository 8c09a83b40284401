"""The typesetter: typst source becomes a picture with transparency."""

from __future__ import annotations

import re
import tempfile

import cv2
import numpy as np
import typst
from numpy.typing import NDArray

from generique.model.errors import BackendFailed, UnreadableInput
from generique.titles.typeset import PAGE_WIDTH

_POINTS_AN_INCH = 72
_WIDEST = 8192
_FORBIDDEN = re.compile(
    r"\b(import|include|read|eval|plugin|image|json|yaml|toml|csv|cbor|xml|bibliography"
    r"|raw|sys|datetime|theme|syntaxes|asset|path)\b|@|`"
)
"""Words by which typst reads files, packages or the machine. Our sources hold text as numbers,
so that none of these can stand in one by chance."""


class Typesetter:
    """Renders typst with the fonts that come with it, and with nothing else of the machine.

    The source is refused before it is compiled when it could reach a file, a package or the clock;
    behind that, the compiler gets an empty folder as its root.
    """

    def render(self, source: str, width_px: int) -> NDArray[np.uint8]:
        """Set one page.

        Args:
            source: Typst source of a page of 1280 points in width.
            width_px: Width of the picture, 16 to 8192 pixels.

        Returns:
            Height x width x 4, RGB and straight (not premultiplied) alpha.

        Raises:
            UnreadableInput: The source asks for more than setting text, does not compile, gives
                several pages or one of another width.
            BackendFailed: The compiler's picture cannot be decoded.
        """
        if not 16 <= width_px <= _WIDEST:
            raise UnreadableInput(
                f"titles cannot be {width_px} pixels wide",
                next_step=f"choose a raster of 16 to {_WIDEST} pixels in width",
            )
        refuse_reach(source, "the title")
        pages = _compiled(source, width_px)
        picture = cv2.imdecode(np.frombuffer(pages, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
        if picture is None or picture.ndim != 3 or picture.shape[2] != 4:
            raise BackendFailed(
                "the typesetter's picture cannot be decoded",
                next_step="report it, with the title's text",
            )
        if picture.shape[1] != width_px:
            raise UnreadableInput(
                f"the title's page is {picture.shape[1]} pixels wide and not {width_px}",
                next_step=f"set the page {PAGE_WIDTH} points wide",
            )
        return np.ascontiguousarray(picture[:, :, [2, 1, 0, 3]], dtype=np.uint8)


def refuse_reach(source: str, what: str) -> None:
    """Refuse a source that could reach a file, a package or the clock.

    Args:
        source: Typst source.
        what: What it is of, for the error.

    Raises:
        UnreadableInput: It uses a word by which typst reads.
    """
    found = _FORBIDDEN.search(source)
    if found:
        raise UnreadableInput(
            f"{what}'s source uses {found.group()!r}",
            why="what is set is text and nothing else: no files, no packages, no clock",
            next_step="build the source with generique.titles.typeset",
        )


def _compiled(source: str, width_px: int) -> bytes:
    """The page as PNG."""
    with tempfile.TemporaryDirectory() as empty:
        try:
            compiler = typst.Compiler(
                source.encode("utf-8", "replace"),
                root=empty,
                ignore_system_fonts=True,
                package_path=empty,
                package_cache_path=empty,
            )
            pages, warnings = compiler.compile_with_warnings(
                format="png", ppi=_POINTS_AN_INCH * width_px / PAGE_WIDTH, timestamp=0
            )
        except typst.TypstError as error:
            raise UnreadableInput(
                "the title cannot be set",
                why=error.message,
                next_step="report it, with the title's text",
            ) from error
    if warnings:
        raise UnreadableInput(
            "the title cannot be set as it is meant",
            why="; ".join(warning.message for warning in warnings),
            next_step="report it, with the title's text",
        )
    if not isinstance(pages, bytes):
        raise UnreadableInput(
            f"the title fills {len(pages or ())} pages and not one",
            next_step="set the page's height to auto",
        )
    return pages
