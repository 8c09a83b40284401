"""What is refused of a text, and how: unreadable characters, words by name, suggestions."""

from __future__ import annotations

import unicodedata

from generique.model.vocabulary import nearest
from generique.world.reasons import faults
from generique.world.reasons import prompts as told
from generique.world.reasons.telling import Said, Text, illegible, refused
from generique.world.words.lexicon import Lexicon
from generique.world.words.lexicon_near import meant
from generique.world.words.sentence import Sentence
from generique.world.words.sentence_draft import Item, language_of

LONGEST_PROMPT = 4000
"""Characters."""

PAGES = {"en": "docs/world-vocabulary.md", "fr": "docs/world-vocabulary.fr.md"}
"""The vocabulary page of each language."""

_ADVISED = 8
_SHOWN = 60
"""Characters of a word that a message repeats."""
_GLANCE = 400
"""Characters of a text that show its language."""


def check_text(text: str, what: Text) -> None:
    """Refuse text that nobody can read, or that hides something.

    Args:
        text: A prompt or a note.
        what: What it is, for the error.

    Raises:
        UnreadableInput: It is empty, too long, or holds invisible characters.
    """
    if len(text) > LONGEST_PROMPT:
        raise illegible(
            told.TOO_LONG,
            language_of(text[:_GLANCE]),
            text=what,
            count=len(text),
            most=LONGEST_PROMPT,
        )
    for index, character in enumerate(text):
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        if hidden and character not in "\n\r\t":
            raise illegible(
                told.INVISIBLE,
                language_of(text[:_GLANCE]),
                text=what,
                character=f"{ord(character):04X}",
                at=index + 1,
            )
    if not text.strip():
        raise illegible(told.EMPTY, "en", text=what)


def refuse_faults(sentence: Sentence, what: Text) -> None:
    """Refuse all words that cannot be served, at once and by name.

    Args:
        sentence: The text as it was read.
        what: What it is, for the error.

    Raises:
        NotCapable: Some cannot; ``unknown`` has them in order.
    """
    taken = _name_together(sentence)
    faulty = [item for item in sentence.items if item.fault is not None and id(item) not in taken]
    if not faulty:
        return
    texts = tuple(item.named or item.text for item in faulty)
    names = dict.fromkeys(text[:_SHOWN] for text in texts[:_ADVISED])
    more = len(texts) - _ADVISED
    reasons: list[Said] = []
    for item in faulty[:_ADVISED]:
        reason = _reason(item, sentence.lexicon)
        if reason not in reasons:
            reasons.append(reason)
    raise refused(
        told.CANNOT_SHOW_MORE if more > 0 else told.CANNOT_SHOW,
        unknown=texts,
        words=tuple(names),
        more=more,
        reasons=tuple(reasons),
        page=PAGES[sentence.lexicon.language],
        text=what,
        at=faulty[0].start + 1,
    )


def _name_together(sentence: Sentence) -> set[int]:
    """Name unread words that are known together ("feuilles mortes") in the first of them.

    Returns:
        The identities of the others.
    """
    items, taken = sentence.items, set[int]()
    for at, first in enumerate(items):
        for count in (3, 2):
            words = items[at : at + count]
            unread = [word.fault is faults.NOT_UNDERSTOOD or word.filler for word in words]
            joined = " ".join(word.text for word in words)
            advice = meant(joined, sentence.lexicon.speech) if all(unread) else ""
            if first.fault is None or id(first) in taken or len(words) < count or not advice:
                continue
            first.named, first.advice = joined, advice
            taken |= {id(word) for word in words[1:]}
            break
    return taken


def _reason(item: Item, lexicon: Lexicon) -> Said:
    """Why a word cannot be served, with a suggestion where one is near in spelling or meaning."""
    word = (item.named or item.text)[:_SHOWN]
    advice = item.advice
    if not advice and item.quantity is None and item.entry is None:
        advice = nearest(item.text, lexicon.advice, lexicon.speech) or ""
    advice = advice or meant(item.text, lexicon.speech)
    if not advice:
        return told.REASON.of(word=word, fault=item.fault)
    return told.REASON_WITH_ADVICE.of(word=word, fault=item.fault, advice=advice)
