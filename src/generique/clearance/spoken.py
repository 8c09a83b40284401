"""What people said of the things that a gate asks about, ready for the law of approvals.

A take and a declared use are an element's own; castings, the cut and masters are the film's. A
voice is cast as a part that the production names. A real person whom no part names, in a picture
say, is cast with the take that shows them: whoever casts has to approve exactly that.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from typing import NamedTuple

from generique.clearance.approvals import ApprovalRule, ApprovalStanding, standing
from generique.clearance.case import Case, ElementFacts, Signed
from generique.clearance.policy import Unknown
from generique.clearance.spelling import plain
from generique.model.element import ElementKind
from generique.model.people import Matter, Role
from generique.model.values import Digest

OWN = frozenset({Matter.TAKE, Matter.USE})
"""Matters that are one element's; the others are the film's."""

_CUT = ("cut",)
_NO_TAKE = Unknown("there is no take yet that could be approved")
_UNDECLARED = Unknown("no declared use covers it")

Gist = tuple[Matter, str | None, tuple[tuple[str, str, str, bool], ...]]
"""All of some words that the law of approvals looks at: things of one gist stand alike."""


class Spoken(NamedTuple):
    """What people said of one thing.

    Attributes:
        name: Matter and identifier, ``casting NARRATOR-en``.
        matter: What it is put to people as.
        words: What was said of it, this version and others.
        digest: That a decision has to bind.
        likeness: Whose voice or likeness it is; None for nobody's.
        gist: Equal for all things that stand alike.
    """

    name: str
    matter: Matter
    words: tuple[Signed, ...]
    digest: Digest
    likeness: str | None
    gist: Gist

    def stands(self, rule: ApprovalRule) -> ApprovalStanding:
        """Whether it is approved; what stands for a casting is judged as what it is."""
        if rule.matter is not self.matter:
            rule = rule.model_copy(update={"matter": self.matter})
        return standing(rule, self.words, self.digest, likeness=self.likeness)


Subjects = tuple[Spoken, ...] | Unknown
"""Every one of some things; or why there is nothing yet that people could decide on."""


def anybody(matter: Matter) -> ApprovalRule:
    """The rule by which one approval in any role will do, and a rejection in any role blocks."""
    return one_role(matter, *Role)


@cache
def one_role(matter: Matter, *roles: Role) -> ApprovalRule:
    """The rule by which somebody in one of some roles approves.

    Args:
        matter: What is approved.
        roles: In one of which.
    """
    return ApprovalRule(matter=matter, either=(roles,))


class Record:
    """Everything that people decided, by what it was decided of.

    Args:
        case: What is known.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._gists: dict[Gist, Gist] = {}
        self._takes: dict[int, Spoken | None] = {}
        self._uses: dict[str, Subjects] = {}
        self._found: dict[tuple[ApprovalRule, Gist], ApprovalStanding] = {}

    def stands(self, rule: ApprovalRule, spoken: Spoken) -> ApprovalStanding:
        """What the words on a thing come to; of another thing of the same gist the same.

        Args:
            rule: Whose approval it waits for.
            spoken: The thing.
        """
        key = (rule, spoken.gist)
        if key not in self._found:
            self._found[key] = spoken.stands(rule)
        return self._found[key]

    def words_on(self, rule: ApprovalRule, spoken: Spoken) -> ApprovalStanding:
        """What the words on exactly this thing come to, each with its entry and its reason."""
        return spoken.stands(rule) if spoken.words else self.stands(rule, spoken)

    def of(self, matter: Matter, position: int) -> Subjects:
        """The take of an element, or the declared use that covers it.

        Args:
            matter: One of :data:`OWN`.
            position: Of the element.
        """
        if matter is Matter.USE:
            return self._use(self._case.elements[position])
        take = self.take(position)
        return _NO_TAKE if take is None else (take,)

    def of_film(self, matter: Matter) -> Subjects:
        """The cut, the masters in every language, or everybody who is cast."""
        if matter is Matter.CASTING:
            return self.castings
        names = _CUT if matter is Matter.CUT else self._case.production.languages
        return self._all(matter, names)

    def take(self, position: int) -> Spoken | None:
        """The take of an element; None where there is none.

        Args:
            position: Of the element.
        """
        if position not in self._takes:
            self._takes[position] = self._take(self._case.elements[position])
        return self._takes[position]

    def put(self, matter: Matter) -> tuple[Spoken, ...]:
        """Everything of a matter that was put to people as it stands now, by name."""
        start = f"{matter.value}/"
        names = sorted(name for name in self._case.subjects if name.startswith(start))
        return tuple(self._named(matter, name.removeprefix(start)) for name in names)

    @cached_property
    def parts(self) -> tuple[Spoken, ...]:
        """The castings that can be put to people."""
        return self.put(Matter.CASTING)

    @cached_property
    def castings(self) -> Subjects:
        """Every part, and every take that shows or sounds like a real person whom no part names."""
        alone = [at for at, element in enumerate(self._case.elements) if self._uncast(element)]
        takes = [self.take(at) for at in alone]
        if None in takes:
            name = self._case.elements[alone[takes.index(None)]].id
            return Unknown(
                f"a real person is heard or seen in {name} whose casting was never put to anybody"
            )
        return (*self.parts, *(spoken for spoken in takes if spoken is not None))

    def named(self, matter: Matter, name: str) -> Spoken | None:
        """Anything but a take; None when it was not put to anybody.

        Args:
            matter: What it is put to people as.
            name: Its identifier.
        """
        known = f"{matter.value}/{name}" in self._case.subjects
        return self._named(matter, name) if known else None

    def _named(self, matter: Matter, name: str) -> Spoken:
        subject = f"{matter.value}/{name}"
        digest = self._case.subjects[subject]
        words = tuple(self._said.get((matter, name), ()))
        whose = self._case.likenesses.get(subject)
        gist = self._shared(_gist(matter, words, digest, whose))
        return Spoken(f"{matter.value} {name}", matter, words, digest, whose, gist)

    def _all(self, matter: Matter, names: Iterable[str]) -> Subjects:
        found = []
        for name in names:
            spoken = self.named(matter, name)
            if spoken is None:
                return Unknown(f"there is no {matter.value} {name} yet that could be approved")
            found.append(spoken)
        return tuple(found)

    def _take(self, element: ElementFacts) -> Spoken | None:
        if element.essence is None:
            return None
        whose = None if element.person is None else self.identifier(element.person)
        words, digest = element.decisions, element.essence
        gist = self._shared(_gist(Matter.TAKE, words, digest, whose))
        name = f"{Matter.TAKE.value} {element.take or element.id}"
        return Spoken(name, Matter.TAKE, words, digest, whose, gist)

    def _shared(self, gist: Gist) -> Gist:
        """One value for all that are equal: a film has few, and ten thousand takes."""
        return self._gists.setdefault(gist, gist)

    def _use(self, element: ElementFacts) -> Subjects:
        declaration = self._case.declared(element)
        if declaration is None:
            return _UNDECLARED
        if declaration.id not in self._uses:
            self._uses[declaration.id] = self._all(Matter.USE, (declaration.id,))
        return self._uses[declaration.id]

    def identifier(self, person: str) -> str:
        """By what identifier a person decides; the name itself where the production knows none.

        Args:
            person: As the production writes the name of whose voice or likeness it is.
        """
        return self._people.get(plain(person), person)

    @cached_property
    def _people(self) -> dict[str, str]:
        known = self._case.production.people
        by_name = {plain(person.name): person.id for person in known}
        return by_name | {plain(person.id): person.id for person in known}

    def _uncast(self, element: ElementFacts) -> bool:
        """True for a real person's voice or likeness that is no part of the production's own."""
        if element.person is None or not element.made_up:
            return False
        every = len(self.parts) >= len(self._case.production.voices)
        voice = element.kind is ElementKind.VOICE and every
        return not (voice and (plain(element.person), element.language) in self._voices)

    @cached_property
    def _voices(self) -> frozenset[tuple[str, str | None]]:
        voices = self._case.production.voices
        return frozenset((plain(one.person), one.language) for one in voices if one.person)

    @cached_property
    def _said(self) -> dict[tuple[Matter, str], list[Signed]]:
        said: dict[tuple[Matter, str], list[Signed]] = {}
        for signed in self._case.approvals:
            said.setdefault((signed.decision.matter, signed.decision.take), []).append(signed)
        return said


def _gist(matter: Matter, words: tuple[Signed, ...], digest: Digest, likeness: str | None) -> Gist:
    if not words:
        return matter, likeness, ()
    ordered = sorted(words, key=lambda said: said.entry) if len(words) > 1 else words
    told = [
        (one.person, one.role, one.verdict, one.essence == digest and one.matter is matter)
        for one in [said.decision for said in ordered]
    ]
    return matter, likeness, tuple(told)
