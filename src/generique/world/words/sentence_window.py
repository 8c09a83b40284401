"""Ways to speak of the window of a room: which words send a camera through it.

The law:

1. The lexicon knows the window by itself ("out of the window"); here a room or a house may stand
   before it: "out of a cabin window", "through a hotel room window".
2. Who looks out of a window, or sees something from it or from a room, is in the room: "view from
   a bedroom window", "looking out of the window", "a bedroom with a view of the sea". The camera
   stays there, unless a push-in or a speed sends it out.
3. A push-in beside a way through a window is the same move. A pull-back is none: it looks back.
4. Words that meant a room, or a place with windows, mean that still: a window is opened only where
   the place outside is named too, or where a word would not be understood otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generique.world.reasons import faults, remarks
from generique.world.scene import Family, Move
from generique.world.words.lexicon_entry import Entry, Role
from generique.world.words.lexicon_window import (
    BETWEEN,
    BOUND,
    CHALET,
    DWELLINGS,
    FROM,
    IN,
    LODGINGS,
    LOOKS,
    ONTO,
    ONWARDS,
    OPENS,
    OUT,
    PANES,
    SIGHTS,
    THROUGH,
    VIEW,
    WAYS,
    WAYS_OF_MOVES,
)
from generique.world.words.sentence_draft import Draft, Item


def open_window(draft: Draft, prompt: str) -> None:
    """Let all words for a way through a window mean it, before the prompt is read.

    Args:
        draft: Before it is read; the stretches of one way become one.
        prompt: That it holds.
    """
    lodgings = _name_lodgings(draft)
    for window in [item for item in draft.items if _is_pane(draft, item)]:
        _open(draft, prompt, window)
    _look_through(draft, prompt)
    _end_outside(draft)
    _part_from_speed(draft)
    if not any(map(goes_through_window, draft.items)):
        _look_from_the_room(draft)
    if not any(map(goes_through_window, draft.items)):
        for item in lodgings:
            item.entry, item.fault = None, faults.NOT_UNDERSTOOD
    _join_moves(draft)


def goes_through_window(item: Item) -> bool:
    """True for a word that sends the camera through a window, or lets it look out of one."""
    if item.entry is None or item.fault is not None:
        return False
    return item.entry is VIEW or ("camera.move", Move.THROUGH.value) in item.entry.sets


def sees(item: Item) -> bool:
    """True for a word that speaks of a view, and of no more."""
    said = _words(item)
    return len(said) == 1 and any(said[0] in words for words in SIGHTS.values())


def _words(item: Item) -> list[str]:
    return item.text.casefold().replace("\u2019", "'").split()


def left_by_window(draft: Draft, item: Item) -> bool:
    """True for a house that the camera comes from: "from inside a cabin, out of the window"."""
    before = _before(draft, draft.items.index(item))
    if before is None or item.entry is None or item.entry.key not in DWELLINGS or item.negated:
        return False
    return _is_left(draft, before)


def _is_left(draft: Draft, before: Item) -> bool:
    """True for what stands before a house or a room that the camera comes from, or looks from."""
    entry = before.entry
    indoors = entry is not None and Family.INTERIOR in entry.names and not entry.sets
    from_it = before.text.casefold() in FROM[draft.lexicon.language]
    return indoors or from_it or before.entry is VIEW


def _is_pane(draft: Draft, item: Item) -> bool:
    return item.text.casefold() in PANES[draft.lexicon.language] and not item.is_a(Role.MOVE)


def _is_room(item: Item) -> bool:
    return item.is_a(Role.PLACE) and item.entry is not None and Family.INTERIOR in item.entry.names


def _is_house(item: Item) -> bool:
    return item.entry is not None and item.entry.key in DWELLINGS


def _name_lodgings(draft: Draft) -> list[Item]:
    """Let "hotel" and "chalet" be known beside a window; elsewhere they are refused.

    Returns:
        What was named.
    """
    language, items, named = draft.lexicon.language, draft.items, list[Item]()
    for at, item in enumerate(items):
        key = LODGINGS[language].get(item.text.casefold())
        if key is None or item.fault is None:
            continue
        after = items[at + 1] if at + 1 < len(items) else None
        before = _before(draft, at)
        beside = after is not None and _is_pane(draft, after)
        of_it = before is not None and (
            _is_pane(draft, before) or goes_through_window(before) or _is_left(draft, before)
        )
        if beside or of_it:
            item.entry = CHALET if key == CHALET.key else draft.lexicon.by_key[key]
            item.fault, item.advice = None, ""
            named.append(item)
    return named


def _before(draft: Draft, at: int) -> Item | None:
    """What stands before a house: over articles in its clause, else the end of the one before."""
    return _over(draft, at, -1) or (draft.items[at - 1] if at else None)


def _over(draft: Draft, at: int, step: int) -> Item | None:
    """The neighbour in the same clause, over articles and "of"."""
    between, items = BETWEEN[draft.lexicon.language], draft.items
    here, at = items[at], at + step
    while 0 <= at < len(items) and items[at].clause == here.clause:
        if not set(_words(items[at])) <= between:
            return items[at]
        at += step
    return None


def _open(draft: Draft, prompt: str, window: Item) -> None:
    """Find the way before a window, with or without the room between them."""
    items, language = draft.items, draft.lexicon.language
    at = items.index(window)
    before, after = items[at - 1] if at else window, _over(draft, at, 1)
    homes = [
        one for one in (before, after) if one is not None and (_is_room(one) or _is_house(one))
    ]
    if not homes and not any(map(_is_room, items)):
        return
    end = at - 1 if before in homes else at
    start, end = _way(draft, end)
    key = _kind(draft, [word for item in items[start:end] for word in _words(item)])
    if key is None:
        start, end = at, _opening(draft, at)
        key = VIEW.key if end > at + 1 else None
    new = any(map(_is_house, homes)) or any(item.fault for item in items[start:end])
    if key is None or not (new or _names_the_open(items)):
        return
    entry = VIEW if key == VIEW.key else draft.lexicon.by_key[key]
    for item in items[end:at]:
        if set(_words(item)) <= BETWEEN[language]:
            item.fault, item.filler = None, True
    window.entry, window.fault, window.filler = entry, None, False
    _merge(draft, prompt, start, end, entry)


def _opening(draft: Draft, at: int) -> int:
    """The stretch after "window onto" or "window opens over"; the next one where there is none."""
    items, language = draft.items, draft.lexicon.language
    end = at + 1
    while end < len(items) and set(_words(items[end])) <= OPENS[language]:
        end += 1
    return end if _words(items[end - 1])[-1] in ONWARDS else at + 1


def _way(draft: Draft, end: int) -> tuple[int, int]:
    """The first stretch of the way that ends before another, and the one after its last."""
    items, language = draft.items, draft.lexicon.language
    ways, between = WAYS[language], BETWEEN[language]
    while end > 0 and set(_words(items[end - 1])) <= between - ways:
        end -= 1
    start = end
    while start > 0 and items[start - 1].clause == items[end - 1].clause:
        words = _words(items[start - 1])
        goes = _move_of(items[start - 1]) in WAYS_OF_MOVES and words[-1] in ways
        if not goes and not set(words) <= ways:
            break
        start -= 1
    return start, end


def _kind(draft: Draft, words: Sequence[str]) -> str | None:
    """The entry that the words of a way mean, by its key; None where they are no way."""
    said, language = set(words), draft.lexicon.language
    looks = bool(said & LOOKS[language])
    focused = any(item.is_a(Role.FOCUS) for item in draft.items)
    if language == "fr":
        seen = "de" in said and any(map(sees, draft.items))
        at = "à" in said and "vue" not in said and not focused
        return VIEW.key if "depuis" in said or seen or at else None
    passes, inside = said & {"through", "by"}, said & {"in", "into", "inside"}
    if "out" in said:
        return VIEW.key if looks or "view" in said else OUT
    if "into" in said or (passes and (inside or "outside" in said)):
        return None if looks else IN
    if passes:
        return VIEW.key if looks else THROUGH
    if said & {"from", "outside"} or (said == {"at"} and not focused):
        return VIEW.key
    return None


def _names_the_open(items: Sequence[Item]) -> bool:
    """True where a place in the open, or what stands in one, is named and not denied."""
    return any(
        is_outside(item) and not (before.entry is not None and before.entry.level == "none")
        for before, item in zip([items[0], *items], items, strict=False)
    )


def is_outside(item: Item) -> bool:
    """True for a noun of what stands in the open."""
    if item.entry is None or not item.is_a(Role.PLACE, Role.SHOWN):
        return False
    return bool(item.entry.fits) and Family.INTERIOR not in item.entry.fits


def _merge(draft: Draft, prompt: str, start: int, end: int, entry: Entry) -> None:
    """Make one stretch of several, that means an entry."""
    first, last = draft.items[start], draft.items[end - 1]
    first.end, first.text = last.end, prompt[first.start : last.end]
    first.entry, first.fault, first.advice, first.filler = entry, None, "", False
    del draft.items[start + 1 : end]


def _look_through(draft: Draft, prompt: str) -> None:
    """Take "looking" and "seen" along, before a way that the lexicon knows by itself."""
    items, looks = draft.items, LOOKS[draft.lexicon.language]
    for at in range(len(items) - 1, 0, -1):
        item, before = items[at], items[at - 1]
        sets = dict(item.entry.sets) if item.entry is not None else {}
        inwards = sets.get("camera.direction") == "in"
        unread = before.fault is not None or before.is_a(Role.FOCUS)
        looking = sees(before) or (unread and set(_words(before)) <= looks)
        if goes_through_window(item) and looking and not inwards and before.clause == item.clause:
            _merge(draft, prompt, at - 1, at + 1, VIEW)


def _end_outside(draft: Draft) -> None:
    """Let "out" after a window say where the way leads."""
    for way, after in pairwise(draft.items):
        unread = after.fault is not None and after.text.casefold() == "out"
        if goes_through_window(way) and unread and way.entry is not VIEW:
            after.entry, after.fault, after.advice = draft.lexicon.by_key[OUT], None, ""


def _part_from_speed(draft: Draft) -> None:
    """Let "sortie lente par la fenêtre" be a way out."""
    items = draft.items
    for word, speed, way in zip(items, items[1:], items[2:], strict=False):
        key = BOUND.get(word.text.casefold())
        if key and word.fault is not None and speed.is_a(Role.SPEED) and goes_through_window(way):
            word.entry, word.fault, word.advice = draft.lexicon.by_key[key], None, ""


def _look_from_the_room(draft: Draft) -> None:
    """Let a view from a room onto the open be one, where no window is named."""
    items, language = draft.items, draft.lexicon.language
    rooms = [at for at, item in enumerate(items) if _is_room(item) or _is_far(draft, item)]
    if not rooms or not _names_the_open(items):
        return
    last = max(at for at, item in enumerate(items) if is_outside(item))
    for at, item in enumerate(items):
        onto = set(_words(item)) <= ONTO[language] or _looks_on(items, at)
        if (onto and rooms[0] < at < last) or _is_from(draft, at):
            item.entry, item.fault, item.advice, item.filler = VIEW, None, "", False
    found = any(map(goes_through_window, items))
    for at, item in enumerate(items) if found else ():
        out = item.text.casefold() == "out" and at > 0 and _looks_on(items, at - 1)
        if item.fault is not None and (out or _looks_on(items, at)):
            item.entry, item.fault, item.advice = VIEW, None, ""


def _looks_on(items: Sequence[Item], at: int) -> bool:
    """True for "looking" before "out", "over" and "onto"."""
    after = items[at + 1].text.casefold() if at + 1 < len(items) else ""
    return set(_words(items[at])) <= LOOKS["en"] and after in ("out", "over", "onto")


def _is_far(draft: Draft, item: Item) -> bool:
    """True for a house that something is seen from, where the place that is named has none."""
    if not (_is_house(item) and left_by_window(draft, item)):
        return False
    fits = set(item.entry.fits) if item.entry is not None else set()
    named = [other.entry for other in draft.items if other.entry is not None and is_outside(other)]
    absent = any(fits.isdisjoint(entry.fits) for entry in named) or item.entry is CHALET
    return absent and len(named) > 1


def _is_from(draft: Draft, at: int) -> bool:
    """True for what comes before a room that something is seen from: "from", "vue (du salon)"."""
    items, language = draft.items, draft.lexicon.language
    item, room = items[at], _over(draft, at, 1)
    if room is None or not (_is_room(room) or _is_far(draft, room)):
        return False
    after = items[items.index(room) + 1 :][:1]
    if item.text.casefold() in FROM[language]:
        ends = not after or after[0].clause != room.clause
        return ends or any(map(sees, items))
    onto = bool(after) and after[0].text.casefold() == "sur"
    return language == "fr" and sees(item) and onto


def _move_of(item: Item) -> str:
    """The move of the camera that a word is; empty for none."""
    sets = dict(item.entry.sets) if item.entry is not None and item.is_a(Role.MOVE) else {}
    return str(sets.get("camera.move", ""))


def _join_moves(draft: Draft) -> None:
    """Let a push-in beside a window be the way through it, and fault a pull-back."""
    window = next(filter(goes_through_window, draft.items), None)
    if window is None:
        return
    language = draft.lexicon.language
    if window.entry is VIEW:
        _stay_or_go(draft, window)
    for item in draft.items:
        move = _move_of(item)
        if item.leg != window.leg or item.entry is None or goes_through_window(item):
            continue
        if move == Move.PUSH_IN:
            item.entry, item.said = item.entry._replace(sets=()), remarks.THE_WAY_ITSELF
            draft.warnings.append(remarks.SAME_MOVE.of(word=item.text).say(language))
        elif move == Move.PULL_BACK:
            item.fault = faults.LOOKS_BACK


def _stay_or_go(draft: Draft, window: Item) -> None:
    """Let the camera of a view stay in the room; it goes out where a move on or a speed is said."""
    going = any(
        item.leg == window.leg
        and (_move_of(item) == Move.PUSH_IN or item.is_a(Role.SPEED, Role.EASING))
        for item in draft.items
    )
    told = remarks.GOES_OUT if going else remarks.LOOKS_OUT
    draft.warnings.append(told.of(word=window.text).say(draft.lexicon.language))
    if going:
        for item in draft.items:
            item.entry = draft.lexicon.by_key[OUT] if item.entry is VIEW else item.entry
