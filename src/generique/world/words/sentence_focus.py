"""What is in focus: the words after "focus on", "rack focus from ... to ...".

They are the words of a landmark ("red house") or metres ("4 m"). Whether the place has such a
landmark, and whether it is in the picture, is asked when the shot is staged.
"""

from __future__ import annotations

from generique.world.reasons import faults
from generique.world.reasons.telling import Said, Text
from generique.world.words.lexicon_entry import Role, Setting
from generique.world.words.lexicon_optics import (
    ARTICLES,
    COMPOUNDS,
    FROM,
    NIGHTLY,
    SUBJECTS,
    TO,
)
from generique.world.words.sentence_draft import Draft, Item, Rank

_ENDS = (
    Role.BECOMES, Role.MOVE, Role.LENS, Role.SPEED, Role.TIME, Role.FOCUS, Role.EASING, Role.HAND,
)  # fmt: skip

_EXAMPLES = {"camera.focus": faults.FOCUS_EXAMPLE, "camera.subject": faults.FRAME_EXAMPLE}
_NOUNS = (Role.SHOWN, Role.PLACE, Role.THING, Role.NEVER)


def read_focus(draft: Draft, index: int) -> None:
    """State what is in focus, or fault the words.

    Args:
        draft: Of the prompt.
        index: Of the item that speaks of focus.
    """
    item = draft.items[index]
    entry = item.entry
    if entry is None:
        return
    racks = entry.sets[0][0] == "becomes.focus"
    language = draft.lexicon.language
    onto = item.text.lower().split()[-1] in TO[language] and racks
    parts = _parts(draft, index, language, onto=onto)
    named = [(_name(part, language), part) for part in parts]
    if racks:
        (before, first), (after, last) = named
        if after is None or (before is None and first):
            item.fault = _unnamed(faults.RACK_EXAMPLE, [*first, *last], language)
            return
        draft.state("becomes.focus", after, Rank.STATED, item, *last)
        if before is not None:
            draft.state("camera.focus", before, Rank.STATED, item, *first)
        return
    name, words = named[0]
    if name is None or parts[1]:
        item.fault = _unnamed(_EXAMPLES[entry.sets[0][0]], words, language)
        return
    field = entry.sets[0][0]
    if field == "camera.subject" and not isinstance(name, str):
        item.fault = _unnamed(faults.FRAME_EXAMPLE, [], language)
        return
    draft.state(field, name, Rank.STATED, item, *words)


def _unnamed(example: Text, words: list[Item], language: str) -> Said:
    """Why a focus cannot be read."""
    strange = [word.text for word in words if _one(word, language) is None]
    if strange:
        return faults.NO_LANDMARK.of(word=strange[0], example=example)
    return faults.ON_WHAT.of(example=example)


def _parts(draft: Draft, index: int, language: str, *, onto: bool) -> tuple[list[Item], list[Item]]:
    """The stretches that name the first thing and, after "to", the second."""
    parts: tuple[list[Item], list[Item]] = ([], [])
    second, clause = onto, draft.items[index].clause
    for at, item in enumerate(draft.items[index + 1 :], index + 1):
        word = item.text.lower().replace("\u2019", "'")
        if item.clause == clause and _is_nightly(draft, at, language):
            parts[second].append(item)
            continue
        if item.clause != clause or item.is_a(*_ENDS) or _is_moment(draft, at):
            break
        if word in FROM[language] and not parts[0] and not onto:
            item.filler = False
        elif word in TO[language] and not second and parts[0]:
            second = True
        elif word in ARTICLES[language]:
            continue
        elif _one(item, language) or item.fault is not None or item.is_a(*_NOUNS):
            parts[second].append(item)
        else:
            break
    return parts


def _is_nightly(draft: Draft, at: int, language: str) -> bool:
    """True for the "night" of "night lamp" and of "lampe de nuit"."""
    step = 1 if language == "en" else -1
    beside = draft.items[at + step].text.lower() if 0 <= at + step < len(draft.items) else ""
    known = draft.items[at].text.lower() in SUBJECTS[language]
    return draft.items[at].is_a(Role.TIME) and known and beside in NIGHTLY[language]


def _is_moment(draft: Draft, at: int) -> bool:
    """True for "at" or "after" before a number of seconds, and for that number."""
    item, after = draft.items[at], draft.items[at + 1 : at + 2]
    cue = item.is_a(Role.CUE) and bool(after) and after[0].quantity is not None
    timed = after[0].quantity if cue else item.quantity
    return timed is not None and timed.unit == "s"


def _one(item: Item, language: str) -> str | float | None:
    """What an item says of the thing in focus; None for anything else."""
    if item.quantity is not None:
        return item.quantity.value if item.quantity.unit == "m" else None
    known = SUBJECTS[language]
    text = item.text.lower().replace("\u2019", "'")
    if text in known:
        return known[text]
    words = [word for word in text.split() if word not in ARTICLES[language]]
    if all(word in known for word in words):
        return " ".join(known[word] for word in (reversed(words) if language == "fr" else words))
    return (item.entry.furnishing or None) if item.entry is not None else None


def part_of_a_name(item: Item, language: str) -> str | None:
    """What an item says in the name of a landmark ("red", "house"); None for anything else."""
    said = _one(item, language) if item.quantity is None else None
    if said is None and item.entry is not None and item.is_a(Role.SHOWN):
        said = SUBJECTS["en"].get(item.entry.key)
    return said if isinstance(said, str) else None


def _name(part: list[Item], language: str) -> Setting | None:
    """The landmark or the metres of a stretch, whose unread words are thereby read."""
    found = [_one(item, language) for item in part]
    if not found or any(one is None for one in found):
        return None
    for item in part:
        # A name is no word for a place here: "the red house" does not ask for a suburb.
        item.fault, item.filler, item.entry = None, False, None
    if len(found) == 1 and isinstance(found[0], float):
        return found[0]
    words = [one for one in found if isinstance(one, str)]
    if language == "fr":
        words.reverse()
    name = " ".join(words)
    return COMPOUNDS.get(name, name) or None
