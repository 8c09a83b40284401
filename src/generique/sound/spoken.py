"""From written text to the words that a speech engine is given."""

from __future__ import annotations

import re
import unicodedata

from generique.model.errors import NotCapable

LONGEST_TEXT = 3000
"""Characters in a line: about three minutes of speech."""

_SPOKEN_SYMBOLS = "&%€$£°"
_PUNCTUATION = ".,;:!?¡¿'-"
_REWRITTEN = (
    (re.compile(r"[\u2018\u2019\u02bc]"), "'"),
    (re.compile(r"[\u00a0\u202f\u2009\t\r\n]"), " "),
    (re.compile(r"[\"\u201c\u201d\u00ab\u00bb]"), " "),
    (re.compile(r"\u2026|\.{2,}"), ", "),
    (re.compile(r"\s*[\u2013\u2014]\s*|\s+-+\s+|\s*[()]\s*"), ", "),
    (re.compile(r"\u2010|\u2011"), "-"),
    (re.compile(r"(?:\s*,)+(?=\s*[.!?;:,])|(?:\s*,)+\s*\Z|\A[\s,]+"), ""),
    (re.compile(r",(?:\s*,)+"), ","),
    (re.compile(r" {2,}"), " "),
)


def speakable(text: str) -> str:
    """The text as it is given to an engine: same words, plain punctuation, no markup.

    Typographic quotes, dashes and spaces become plain pauses; letters are composed. Anything
    that an engine could take for a command, spell out or pass over in silence is refused, so
    that the words spoken are the words given.

    Raises:
        NotCapable: Nothing to say, too long, or characters that cannot be spoken (named).
    """
    if len(text) > LONGEST_TEXT:
        raise NotCapable(
            f"a line of {len(text)} characters is too long to speak",
            next_step=f"split it into lines of at most {LONGEST_TEXT} characters",
        )
    plain = unicodedata.normalize("NFC", text)
    for pattern, instead in _REWRITTEN:
        plain = pattern.sub(instead, plain)
    odd = tuple(dict.fromkeys(mark for mark in plain if not _may_be_spoken(mark)))
    if odd:
        names = ", ".join(unicodedata.name(mark, f"U+{ord(mark):04X}").lower() for mark in odd[:5])
        raise NotCapable(
            f"the line holds characters that are not spoken: {names}",
            unknown=odd[:20],
            next_step="write them as words, or leave them out",
        )
    if not any(mark.isalnum() for mark in plain):
        raise NotCapable("there is nothing to say", next_step="give the line words")
    return plain.strip()


def _may_be_spoken(mark: str) -> bool:
    if mark == " " or mark in _PUNCTUATION or mark in _SPOKEN_SYMBOLS:
        return True
    if mark.isascii():
        return mark.isalnum()
    return mark in "œŒ" or ("À" <= mark <= "ÿ" and mark not in "×÷")
