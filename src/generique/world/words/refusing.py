"""What is refused of a text, and how: unreadable characters, words by name, suggestions."""

from __future__ import annotations

import unicodedata

from generique.model.errors import NotCapable, UnreadableInput
from generique.model.vocabulary import nearest
from generique.world.words.lexicon import Lexicon
from generique.world.words.lexicon_near import meant
from generique.world.words.sentence import Sentence
from generique.world.words.sentence_draft import Item

LONGEST_PROMPT = 4000
"""Characters."""

PAGES = {"en": "docs/world-vocabulary.md", "fr": "docs/world-vocabulary.fr.md"}
"""The vocabulary page of each language."""

_ADVISED = 8


def check_text(text: str, where: str) -> None:
    """Refuse text that nobody can read, or that hides something.

    Args:
        text: A prompt or a note.
        where: What it is, for the error.

    Raises:
        UnreadableInput: It is empty, too long, or holds invisible characters.
    """
    if len(text) > LONGEST_PROMPT:
        raise UnreadableInput(
            f"the {where} has {len(text)} characters",
            where=where,
            why=f"at most {LONGEST_PROMPT} are read",
            next_step="describe one shot in a few sentences",
        )
    for index, character in enumerate(text):
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        if hidden and character not in "\n\r\t":
            raise UnreadableInput(
                f"the {where} holds the invisible character U+{ord(character):04X}",
                where=f"{where}, character {index + 1}",
                next_step="type the text anew, without formatting",
            )
    if not text.strip():
        raise UnreadableInput(
            f"the {where} is empty",
            where=where,
            next_step='say what is to be seen, for example "night aerial over a suburb"',
        )


def refuse_faults(sentence: Sentence, where: str) -> None:
    """Refuse all words that cannot be served, at once and by name.

    Args:
        sentence: The text as it was read.
        where: What it is, for the error.

    Raises:
        NotCapable: Some cannot; ``unknown`` has them in order.
    """
    faulty = [item for item in sentence.items if item.fault is not None]
    if not faulty:
        return
    texts = tuple(item.named or item.text for item in faulty)
    named = ", ".join(f'"{text[:60]}"' for text in dict.fromkeys(texts[:_ADVISED]))
    more = f" and {len(texts) - _ADVISED} more" if len(texts) > _ADVISED else ""
    page = PAGES[sentence.lexicon.language]
    reasons = dict.fromkeys(_reason(item, sentence.lexicon) for item in faulty[:_ADVISED])
    raise NotCapable(
        f"world cannot show {named}{more}",
        unknown=texts,
        where=f"{where}, character {faulty[0].start + 1}",
        why="; ".join(reasons),
        next_step=f"leave these words out or put them otherwise ({page}), or ask another backend",
    )


def _reason(item: Item, lexicon: Lexicon) -> str:
    """Why a word cannot be served, with a suggestion where one is near in spelling or meaning."""
    reason = f'"{(item.named or item.text)[:60]}": {item.fault}'
    advice = item.advice
    if not advice and item.quantity is None and item.entry is None:
        advice = nearest(item.text, lexicon.advice, lexicon.speech) or ""
    advice = advice or meant(item.text, lexicon.speech)
    return f'{reason}, did you mean "{advice}"?' if advice else reason
