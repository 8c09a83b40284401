"""Matters: what people decide on beside takes, each as a document with a digest.

A casting is a document of its own, a declared use is the declaration, a cut is its timeline, and a
master is its essence. The documents lie in the vault under the digest that a decision binds, so
that a stranger can read what was approved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generique.clearance.spelling import plain
from generique.ledger.canonical import canonical
from generique.model.casting import Casting
from generique.model.declaration import UseDeclaration
from generique.model.element import ElementKind
from generique.model.errors import UsageError
from generique.model.people import Matter
from generique.model.production import Production, Voice
from generique.model.values import Digest, Identifier, Value, digest_of
from generique.production.journal import Journal
from generique.production.package import Package, last_package, masters_of
from generique.production.ports import Vault

CUT = "cut"
"""Identifier of the cut: a production has one."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Subject(Value):
    """What a decision is on, as it stands now.

    Attributes:
        id: ``NARRATOR-en``, ``cut``, the language of a master, the name of a declared use.
        essence: Digest that a decision has to bind.
        file: Digest of the document or the file in the vault.
        title: For people.
        likeness: Identifier of the person of the production whose voice it is; None for nobody's.
    """

    matter: Matter
    id: Identifier
    essence: Digest
    file: Digest
    title: str
    likeness: Identifier | None = None

    @property
    def name(self) -> str:
        """Matter and identifier, ``casting/NARRATOR-en``."""
        return f"{self.matter.value}/{self.id}"


def matters(
    production: Production,
    declarations: Iterable[UseDeclaration],
    journal: Journal,
    vault: Vault,
) -> tuple[Subject, ...]:
    """Everything beside takes that people decide on, as it stands now.

    Args:
        production: Names the voices.
        declarations: Declared uses.
        journal: Holds cuts and seals.
        vault: Takes the documents in.
    """
    return (
        *castings(production, vault),
        *uses(declarations, vault),
        *_cut(journal),
        *_masters(last_package(journal), journal),
    )


def digests(subjects: Iterable[Subject]) -> dict[str, Digest]:
    """What a decision has to bind now, by matter and identifier."""
    return {subject.name: subject.essence for subject in subjects}


def castings(production: Production, vault: Vault) -> tuple[Subject, ...]:
    """Every voice that speaks a part."""
    return tuple(_casting(production, voice, vault) for voice in production.voices)


def uses(declarations: Iterable[UseDeclaration], vault: Vault) -> tuple[Subject, ...]:
    """Every declared use."""
    return tuple(
        _document(
            Matter.USE,
            declaration.id,
            canonical(declaration.to_json()),
            vault,
            title=declaration.purpose,
        )
        for declaration in declarations
    )


def finished(package: Package | None, journal: Journal) -> tuple[Subject, ...]:
    """Cut and masters of a finished film, whatever was assembled since.

    Args:
        package: The film; None for masters from before packages.
        journal: Holds the seals.
    """
    timeline = package.timeline if package is not None else None
    cut = () if timeline is None else (cut_subject(timeline),)
    return (*cut, *_masters(package, journal))


def _masters(package: Package | None, journal: Journal) -> Iterator[Subject]:
    """The master of every language of a finished film."""
    for language, act in masters_of(package, journal).items():
        yield Subject(
            matter=Matter.MASTER,
            id=language,
            essence=act.facts["essence"],
            file=act.facts["file"],
            title=f"the finished film ({language})",
        )


def cut_subject(timeline: Digest) -> Subject:
    """The cut with this timeline.

    Args:
        timeline: Digest of the timeline that is to be mastered.
    """
    return Subject(
        matter=Matter.CUT, id=CUT, essence=timeline, file=timeline, title="the edit, locked"
    )


def earlier_cut(journal: Journal, timeline: str) -> Subject:
    """A cut that was assembled once, by the digest of its timeline.

    Raises:
        UsageError: There never was one.
    """
    known = [act.facts["outputs"]["timeline"] for act in journal.steps("cut")]
    if timeline not in known:
        raise UsageError(
            f"no cut has the digest {timeline}",
            why=f"cuts: {', '.join(dict.fromkeys(known)) or 'none yet'}",
            next_step="assemble it first: generique cut",
        )
    return cut_subject(timeline)


def casting_id(voice: Voice) -> str:
    """Identifier of a casting: character and language, made safe for a command line."""
    plain = _UNSAFE.sub("-", voice.character).strip("-._")[:40]
    if plain != voice.character:
        mark = digest_of(voice.character.encode()).removeprefix("sha256:")[:6]
        plain = f"{plain}-{mark}" if plain else mark
    return f"{plain}-{voice.language}"


def _casting(production: Production, voice: Voice, vault: Vault) -> Subject:
    document = Casting(
        production=production.id,
        character=voice.character,
        language=voice.language,
        backend=next(iter(production.backends_for(ElementKind.VOICE)), ""),
        voice=voice.voice,
        person=voice.person,
    )
    whose = next(
        (
            known.id
            for known in production.people
            if voice.person and plain(voice.person) in {plain(known.name), plain(known.id)}
        ),
        None,
    )
    spoken = f"{voice.character} ({voice.language}) is spoken by {voice.voice}"
    return _document(
        Matter.CASTING,
        casting_id(voice),
        canonical(document.to_json()),
        vault,
        title=f"{spoken}, the voice of {voice.person}" if voice.person else spoken,
        likeness=whose,
    )


def _document(
    matter: Matter, name: str, data: bytes, vault: Vault, *, title: str, likeness: str | None = None
) -> Subject:
    digest = vault.put_bytes(data)
    return Subject(
        matter=matter, id=name, essence=digest, file=digest, title=title, likeness=likeness
    )


def _cut(journal: Journal) -> Iterator[Subject]:
    """The cut that was assembled last."""
    made = [act.facts["outputs"]["timeline"] for act in journal.steps("cut")]
    if made:
        yield cut_subject(made[-1])
