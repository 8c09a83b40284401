"""Emphasis in screenplay text: ``*italics*``, ``**bold**``, ``_underline_`` and backslashes.

Screenplay values keep the marks, so that a page can be set from them; speech, prompts and
captions want the plain words. Both directions live here and undo each other.
"""

from __future__ import annotations

MARKS = "*_"
"""Characters that can mark emphasis."""

_ESCAPABLE = MARKS + "\\"


def escaped(text: str) -> str:
    """Text in which every mark and backslash stands for itself.

    ``plain(escaped(text)) == text`` for every text.
    """
    return "".join("\\" + letter if letter in _ESCAPABLE else letter for letter in text)


def plain(text: str) -> str:
    """Text without its emphasis marks; escaped marks become the marks themselves.

    A run of marks opens before a letter and closes after one; emphasis does not run over a line
    break; marks without a partner stay, as Fountain 1.1 asks. The time taken grows with the
    length of the text only.
    """
    return "\n".join(_plain_line(line) for line in text.split("\n"))


def _plain_line(line: str) -> str:
    if not any(mark in line for mark in _ESCAPABLE):
        return line
    pieces = _pieces(line)
    pair = _Pairing(pieces)
    for index, piece in enumerate(pieces):
        if piece[0] in MARKS:
            pair.meet(index)
    return "".join(
        piece[-1] if piece[0] == "\\" and len(piece) == 2 else piece[: pair.left.get(index)]
        for index, piece in enumerate(pieces)
    )


def _pieces(line: str) -> list[str]:
    """The line as escapes of two characters, runs of one mark, and stretches of other text."""
    pieces: list[str] = []
    at = start = 0
    while at < len(line):
        letter = line[at]
        if letter not in _ESCAPABLE:
            at += 1
            continue
        end = at + 1
        if letter == "\\":
            end += line[end : end + 1] in tuple(_ESCAPABLE)
        else:
            while line[end : end + 1] == letter:
                end += 1
        if start < at:
            pieces.append(line[start:at])
        pieces.append(line[at:end])
        at = start = end
    if start < len(line):
        pieces.append(line[start:])
    return pieces


class _Pairing:
    """Finds the partner of each run of marks.

    Attributes:
        left: Index of a run and how many of its characters have no partner.
    """

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._open: dict[str, list[int]] = {mark: [] for mark in MARKS}
        self.left: dict[int, int] = {}

    def meet(self, index: int) -> None:
        """Close what the run at this index can close, and open with what is left of it."""
        run = self._pieces[index]
        before = self._pieces[index - 1][-1] if index else " "
        after = self._pieces[index + 1][0] if index + 1 < len(self._pieces) else " "
        self.left[index] = len(run)
        opened = self._open[run[0]]
        if not before.isspace():
            while opened and self.left[index]:
                taken = min(self.left[opened[-1]], self.left[index])
                self.left[index] -= taken
                self.left[opened[-1]] -= taken
                if not self.left[opened[-1]]:
                    opened.pop()
        if self.left[index] and not after.isspace():
            opened.append(index)
