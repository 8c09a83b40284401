"""Documents: typst source becomes a PDF, with the fonts that come with it and nothing else."""

from __future__ import annotations

import tempfile

import typst

from generique.machineroom.typesetter import refuse_reach
from generique.model.errors import UnreadableInput


def set_document(source: str) -> bytes:
    """Set a document on paper.

    The same source gives the same bytes: no clock is read, and the PDF bears no date of its own.

    Args:
        source: Typst source of whole pages; texts of people stand in it as numbers
            (:func:`generique.titles.typeset.literal`).

    Returns:
        A tagged PDF after PDF/A-2a, with its fonts inside.

    Raises:
        UnreadableInput: The source asks for more than setting text, or does not compile.
    """
    refuse_reach(source, "the document")
    with tempfile.TemporaryDirectory() as empty:
        try:
            compiler = typst.Compiler(
                source.encode("utf-8", "replace"),
                root=empty,
                ignore_system_fonts=True,
                package_path=empty,
                package_cache_path=empty,
            )
            data, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards="a-2a", timestamp=0
            )
        except typst.TypstError as error:
            raise _unset(error.message) from error
    if warnings or not isinstance(data, bytes):
        raise _unset("; ".join(warning.message for warning in warnings) or "it has no pages")
    return data


def _unset(why: str) -> UnreadableInput:
    return UnreadableInput(
        "the document cannot be set as it is meant",
        why=why,
        next_step="report it, with the document's text",
    )
