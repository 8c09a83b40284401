"""Documents: typst source and pictures become a PDF, and nothing else is read."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from generique.machineroom.files import storage_errors
from generique.machineroom.typesetter import refuse_reach
from generique.model.errors import UnreadableInput

_PRELUDE = "#let picture(name, ..style) = image(name, ..style)\n"
"""The one word by which a document reaches a picture; the source itself may not say ``image``."""


def set_document(source: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Set a document on paper.

    The same source and pictures give the same bytes: no clock is read, and the PDF bears no date
    of its own.

    Args:
        source: Typst source of whole pages; texts of people stand in it as numbers
            (:func:`generique.titles.typeset.literal`), pictures as ``picture(name, alt: …)``.
        pictures: SVG or JPEG bytes by plain file name.

    Returns:
        A tagged PDF after PDF/A-2a, with fonts and pictures inside.

    Raises:
        UnreadableInput: The source asks for more than text and these pictures, or does not compile.
        StorageUnavailable: The pictures cannot be laid out for the compiler.
    """
    refuse_reach(source, "the document")
    whole = _PRELUDE + source if pictures else source
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        with storage_errors(room):
            for name, data in (pictures or {}).items():
                (room / Path(name).name).write_bytes(data)
        try:
            compiler = typst.Compiler(
                whole.encode("utf-8", "replace"),
                root=folder,
                ignore_system_fonts=True,
                package_path=folder,
                package_cache_path=folder,
            )
            made, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards="a-2a", timestamp=0
            )
        except typst.TypstError as error:
            raise _unset(error.message) from error
    if warnings or not isinstance(made, bytes):
        raise _unset("; ".join(warning.message for warning in warnings) or "it has no pages")
    return made


def _unset(why: str) -> UnreadableInput:
    return UnreadableInput(
        "the document cannot be set as it is meant",
        why=why,
        next_step="report it, with the document's text",
    )
