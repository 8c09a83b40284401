"""FDX as a stream of tags: paragraphs, their runs and the remarks on them, nothing interpreted."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from generique.model.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style, ``frozenset({"Bold", "Italic"})``."""

    text: str
    styles: frozenset[str]


@dataclass(slots=True)
class Remark:
    """A script note, or the summary of a scene.

    Attributes:
        at: Characters of script before it, when the note stands apart from the paragraphs.
    """

    line: int
    is_summary: bool
    at: int | None = None
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join("".join(self.parts).split())


@dataclass(slots=True)
class Paragraph:
    """One paragraph; ``speaker`` counts the cues of its dual dialogue, 0 outside of one."""

    line: int
    type: str
    number: str | None
    is_centred: bool
    starts_page: bool
    speaker: int = 0
    runs: list[Run] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All runs without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class FdxContent:
    """What an FDX file holds."""

    has_script: bool = False
    script: list[Paragraph] = field(default_factory=list)
    title_page: list[Paragraph] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def read_paragraphs(data: bytes, *, where: str) -> FdxContent:
    """Read the tags of an FDX file.

    Raises:
        UnreadableInput: It is not well-formed XML, in an encoding that cannot be read, not FDX,
            or declares a DOCTYPE or entities.
    """
    handler = _Handler()
    try:
        defusedxml.sax.parseString(data, handler, forbid_dtd=True)
    except DefusedXmlException as error:
        raise _unreadable(where, "it declares a DOCTYPE or entities, which FDX never needs") from (
            error
        )
    except SAXParseException as error:
        place = f"{where}:{error.getLineNumber() or 1}"
        raise _unreadable(place, f"not well-formed XML: {error.getMessage()}") from error
    except (SAXException, LookupError, ValueError) as error:
        raise _unreadable(where, f"its encoding cannot be read: {error}") from error
    if handler.root != "FinalDraft" or not handler.content.has_script:
        raise _unreadable(where, "it is XML, but has no FinalDraft script in it")
    return handler.content


def _unreadable(where: str, why: str) -> UnreadableInput:
    return UnreadableInput(
        "the file cannot be read as FDX",
        where=where,
        why=why,
        next_step="export the script from Final Draft again as FDX, or as Fountain",
    )


class _Handler(ContentHandler):
    """Gathers paragraphs while tags go by."""

    def __init__(self) -> None:
        super().__init__()
        self.content = FdxContent()
        self.root = ""
        self._path: list[str] = []
        self._open: list[Paragraph | None] = []
        self._remark: Remark | None = None
        self._omitted = 0
        self._speaker = 0
        self._styles: frozenset[str] | None = None
        self._text: list[str] = []
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 -- the name is SAX’s
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 -- the name is SAX’s
        self.root = self.root or name
        match name:
            case "Content" if self._path == ["FinalDraft"]:
                self.content.has_script = True
            case "OmittedScene":
                self._omitted += 1
            case "DualDialogue":
                self._speaker = 1
            case "ScriptNote" | "Summary":
                self._start_remark(name, attrs)
            case "Paragraph":
                self._open.append(self._paragraph(attrs))
            case "Text":
                self._styles = frozenset(str(attrs.get("Style") or "").split("+"))
        self._path.append(name)

    def endElement(self, name: str) -> None:  # noqa: N802 -- the name is SAX’s
        self._path.pop()
        match name:
            case "OmittedScene":
                self._omitted -= 1
            case "DualDialogue":
                self._speaker = 0
            case "ScriptNote" | "Summary":
                self._remark = None
            case "Paragraph":
                self._open.pop()
                if self._remark:
                    self._remark.parts.append(" ")
            case "Text":
                self._end_text()

    def characters(self, content: str) -> None:
        if self._styles is not None:
            self._text.append(content)

    def _end_text(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        paragraph = self._open[-1] if self._open else None
        if self._remark:
            self._remark.parts.append(text)
        elif paragraph and self._styles is not None:
            paragraph.runs.append(Run(text, self._styles))
        self._styles = None

    def _start_remark(self, name: str, attrs: AttributesImpl) -> None:
        if self._omitted:
            return
        self._remark = Remark(line=self._line(), is_summary=name == "Summary")
        paragraph = self._open[-1] if self._open else None
        if paragraph:
            paragraph.remarks.append(self._remark)
        elif self._path == ["FinalDraft", "ScriptNotes"]:
            start = str(attrs.get("Range") or "").split(",")[0].strip()
            is_offset = start.isascii() and start.isdigit() and len(start) < 12
            self._remark.at = int(start) if is_offset else None
            self.content.notes.append(self._remark)

    def _paragraph(self, attrs: AttributesImpl) -> Paragraph | None:
        """The paragraph that starts here; None where it is no part of script or title page."""
        home = self._home()
        if home is None or self._remark or self._omitted:
            return None
        kind = str(attrs.get("Type") or "")
        paragraph = Paragraph(
            line=self._line(),
            type=kind,
            number=str(attrs.get("Number") or "").strip() or None,
            is_centred=attrs.get("Alignment") == "Center",
            starts_page=attrs.get("StartsNewPage") == "Yes",
        )
        if self._speaker and kind == "Character":
            paragraph.speaker = self._speaker
            self._speaker += 1
        home.append(paragraph)
        return paragraph

    def _home(self) -> list[Paragraph] | None:
        if self._path[-1:] not in (["Content"], ["DualDialogue"]):
            return None
        if self._path[:2] == ["FinalDraft", "Content"]:
            return self.content.script
        if self._path[:3] == ["FinalDraft", "TitlePage", "Content"]:
            return self.content.title_page
        return None

    def _line(self) -> int:
        return (self._locator.getLineNumber() if self._locator else None) or 1
