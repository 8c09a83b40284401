"""Breaks a screenplay down into shots.

The law of the breakdown:

1. A shot begins at each ``[[shot:]]`` and ``[[media:]]`` note and ends at the next, or at the
   scene's end. Lines, effects, sounds and the class that follow are its own.
2. Every scene has a shot, and nothing is heard before the scene's first. Only music and
   transitions may be directed before it; they wait for it.
3. A transition line is the next shot's. A ``[[transition:]]`` note is the shot's above when only
   notes came since that shot's own note, else the next shot's; a note beats a line.
4. A medium is authentic and a generated shot synthetic unless ``[[class:]]`` says otherwise;
   a generated shot is never authentic.
5. References are for generators: footage has none.
6. The fragment of a shot covers what its values were read from: heading, transition, notes that
   direct, cues and words. Action may be polished without touching a shot.
"""

from __future__ import annotations

import re

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import ReferenceUse, Shot, ShotList, Transition
from generique.script.direction import (
    ClassDirection,
    EffectDirection,
    MediaDirection,
    MusicDirection,
    PersonDirection,
    ReferenceDirection,
    ShotDirection,
    SoundDirection,
    TransitionDirection,
)
from generique.script.screenplay import (
    Block,
    Cue,
    Dialogue,
    Lyric,
    Note,
    Parenthetical,
    SceneHeading,
    Screenplay,
    TransitionLine,
)
from generique.script.shot_draft import SceneDraft, ShotDraft, Speech, flat

_SCENE_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def break_down(screenplay: Screenplay, *, language: str, title: str) -> ShotList:
    """Read the shot list out of a screenplay.

    Args:
        screenplay: The screenplay.
        language: Two-letter code of the language that it is written in.
        title: Title of the film.

    Returns:
        The shots in order. Ids are ``<scene>-<n>`` for shots and ``<scene>-L<n>`` for lines,
        with the scene's number in the script, else its count.

    Raises:
        UnreadableInput: A scene has no shot, something is heard before the first shot, scene
            numbers collide, or a transition is none that we have; names file and line.
    """
    work = _Breakdown(screenplay.where)
    for block in screenplay.blocks:
        work.take(block)
    return ShotList(title=title, language=language, shots=work.finish())


def begins_with(transition: str) -> Transition | None:
    """How the shot after a transition line begins; None when we have no such transition.

    After a picture has faded out, the next one fades in.
    """
    words = re.findall(r"\w+", transition.upper())
    text = " ".join(words)
    if "DISSOLVE" in words or text == "FADE TO":
        return Transition.DISSOLVE
    if text.startswith(("FADE IN", "FADE UP", "FADE FROM BLACK", "FADE OUT", "FADE TO BLACK")):
        return Transition.FADE_IN
    return Transition.CUT if "CUT" in words else None


class _Breakdown:
    """Walks once through the blocks."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._names: set[str] = set()
        self._scenes: list[SceneDraft] = []
        self._shots: list[ShotDraft] = []
        self._shot: ShotDraft | None = None
        self._speech: Speech | None = None
        self._line_transition: Transition | None = None
        self._note_transition: tuple[int, Transition] | None = None
        self._music: str | None = None

    def take(self, block: Block) -> None:
        """Add one block."""
        if isinstance(block, Note):
            self._take_note(block)
            return
        if isinstance(block, SceneHeading):
            self._start_scene(block)
        elif isinstance(block, Cue):
            self._speech = Speech(block)
        elif self._speech and isinstance(block, Parenthetical):
            self._speech.hint(block)
        elif self._speech and isinstance(block, Dialogue | Lyric):
            shot = self._needed_shot(block.line, f"{self._speech.cue.character} speaks")
            self._speech.say(block, shot, self._scenes[-1])
        else:
            self._speech = None
        if isinstance(block, TransitionLine):
            self._line_transition = self._read_transition(block)
        if self._shot:
            self._shot.only_notes = False

    def finish(self) -> tuple[Shot, ...]:
        """The shots, once all blocks are taken."""
        self._end_scene()
        if not self._scenes:
            raise self._fault(
                "the screenplay has no scene",
                1,
                "start scenes with a heading such as EXT. SUBURB - NIGHT",
            )
        if self._note_transition:
            raise self._fault(
                "no shot follows this transition note",
                self._note_transition[0],
                "put it before a [[shot:]] or [[media:]] note, or right after one",
            )
        return tuple(draft.finished() for draft in self._shots)

    def _start_scene(self, heading: SceneHeading) -> None:
        self._end_scene()
        self._speech = None
        name = heading.number or str(len(self._scenes) + 1)
        if not _SCENE_NUMBER.fullmatch(name):
            raise self._fault(
                f"the scene number {name[:40]!r} cannot be part of a shot's name",
                heading.line,
                "number scenes with letters, digits, dots and hyphens, such as #12A#",
            )
        if name.casefold() in self._names:
            raise self._fault(
                f"two scenes have the number {name}",
                heading.line,
                "give each scene a number of its own; scenes without one are counted",
            )
        self._names.add(name.casefold())
        self._scenes.append(SceneDraft(name, flat(heading.plain), heading.line))

    def _end_scene(self) -> None:
        if self._scenes and not self._scenes[-1].shots:
            scene = self._scenes[-1]
            raise self._fault(
                f"scene {scene.name}, {scene.heading[:80]}, has no shot",
                scene.line,
                "under its heading, add a note such as [[shot: wide view of the street, ~5 s]] "
                "or [[media: file.mp4 00:00:00+5]]",
            )
        self._shot = None

    def _read_transition(self, line: TransitionLine) -> Transition:
        found = begins_with(line.plain)
        if found is None:
            raise self._fault(
                f"the transition {flat(line.plain)[:60]!r} is none that we have",
                line.line,
                "write CUT TO:, DISSOLVE TO: or FADE IN:, or a [[transition: …]] note",
            )
        return found

    def _take_note(self, note: Note) -> None:
        match note.direction:
            case None:
                return
            case ShotDirection() | MediaDirection() as direction:
                self._start_shot(note, direction)
            case TransitionDirection(transition=transition):
                self._direct_transition(note, transition)
            case MusicDirection(text=text) if self._shot is None:
                self._music = text
            case _:
                self._direct_shot(note, self._needed_shot(note.line, f"[[{note.text}]] stands"))

    def _start_shot(self, note: Note, direction: ShotDirection | MediaDirection) -> None:
        if not self._scenes:
            raise self._fault(
                "a shot stands before the first scene heading",
                note.line,
                "put a heading such as EXT. SUBURB - NIGHT above it",
            )
        scene = self._scenes[-1]
        noted = self._note_transition
        shot = ShotDraft(
            id=scene.next_shot(),
            scene=scene.name,
            heading=scene.heading,
            direction=direction,
            transition=noted[1] if noted else self._line_transition or Transition.CUT,
            transition_noted=noted is not None,
            music=self._music,
            source=[note.text] if self._music is None else [self._music, note.text],
        )
        self._line_transition = self._note_transition = self._music = None
        self._shots.append(shot)
        self._shot = shot

    def _direct_transition(self, note: Note, transition: Transition) -> None:
        shot = self._shot
        if shot is None or not shot.only_notes:
            if self._note_transition and self._note_transition[1] != transition:
                raise self._contradiction(note)
            self._note_transition = (note.line, transition)
            return
        if shot.transition_noted and shot.transition != transition:
            raise self._contradiction(note)
        shot.transition = transition
        shot.transition_noted = True

    def _direct_shot(self, note: Note, shot: ShotDraft) -> None:
        """Add to a shot what a note directs."""
        match note.direction:
            case EffectDirection(text=text):
                shot.effects.append(text)
            case SoundDirection(use=use):
                shot.sounds.append(use)
            case MusicDirection(text=text):
                shot.music = text if shot.music is None else f"{shot.music}; {text}"
            case ClassDirection(element_class=element_class):
                self._classify(note, shot, element_class)
            case PersonDirection(name=name):
                if shot.person not in (None, name):
                    raise self._contradiction(note)
                shot.person = name
            case ReferenceDirection(use=reference):
                self._refer(note, shot, reference)
        shot.source.append(note.text)

    def _classify(self, note: Note, shot: ShotDraft, element_class: ElementClass) -> None:
        if shot.element_class not in (None, element_class):
            raise self._contradiction(note)
        if element_class == ElementClass.AUTHENTIC and isinstance(shot.direction, ShotDirection):
            raise self._fault(
                "a generated shot cannot be authentic",
                note.line,
                "show authentic footage with [[media: …]], or write synthetic or reconstruction",
            )
        shot.element_class = element_class

    def _refer(self, note: Note, shot: ShotDraft, reference: ReferenceUse) -> None:
        if isinstance(shot.direction, MediaDirection):
            raise self._fault(
                "authentic footage follows nothing",
                note.line,
                "put the note under a [[shot: …]] note: a reference is for its generator",
            )
        if reference not in shot.references:
            shot.references.append(reference)

    def _needed_shot(self, line: int, what: str) -> ShotDraft:
        if self._shot is None:
            before = "the scene's first shot" if self._scenes else "the first scene heading"
            raise self._fault(
                f"{what[:80]} before {before}",
                line,
                "put a [[shot: …]] or [[media: …]] note above it"
                if self._scenes
                else "put a heading such as EXT. SUBURB - NIGHT and a [[shot: …]] note above it",
            )
        return self._shot

    def _contradiction(self, note: Note) -> UnreadableInput:
        return self._fault(
            f"[[{note.text[:80]}]] contradicts an earlier note for the same shot",
            note.line,
            "keep one of the two",
        )

    def _fault(self, what: str, line: int, next_step: str) -> UnreadableInput:
        return UnreadableInput(what, where=f"{self._where}:{line}", next_step=next_step)
