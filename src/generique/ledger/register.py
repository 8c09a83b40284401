"""The register: which key speaks for whom and in which roles, as of each place in the ledger.

The law, beyond :mod:`generique.ledger.decisions`:

1. A registration names a person, roles and a public key. The studio signs it, and that key does.
2. A person has at most one key in force, and a key is one person's. A person may be registered
   again with the same key, for other roles. A key that was revoked never comes back.
3. A revocation ends a key from its place in the ledger on. Places count, never clocks.
4. A person's word is signed by a key in force at its place; where it names a role, as all but a
   withdrawal do, in one held at its place.
5. What a person says names the log and how many entries stood before it, and stands in it once:
   nothing said elsewhere or before can be said again in that person's name.
6. Words that name no log are older than the register. They stand as they stood, up to the first
   registration and not after; judgements are younger and always name it.

Each studio keeps its own register: a key speaks in entries of the studio that registered it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generique.ledger.decisions import DECISION, JUDGEMENT, WITHDRAWAL, WORDS
from generique.ledger.keys import DEMONSTRATION, STUDIO, PublicKey, person_key_name
from generique.ledger.statement import Statement, predicate_type
from generique.model.errors import UnreadableInput
from generique.model.people import KeyRevocation, Registration
from generique.model.values import Digest, Value

PERSON = predicate_type("person")
REVOCATION = predicate_type("key-revocation")
PERSONAL = WORDS | {PERSON, REVOCATION}
"""Kinds of statement that the register reads."""

BOUND = frozenset({"at", "origin", "seen"})
"""What binds a statement to its log, beside what is stated."""


class Registered(Value):
    """A registration as the ledger holds it.

    Attributes:
        since: Entry that registered the key with these roles.
        revoked: Entry that revoked the key; None while it is in force.
        reason: Why it was revoked.
    """

    stated: Registration
    since: int
    revoked: int | None = None
    reason: str = ""

    @property
    def public_key(self) -> PublicKey:
        """The key itself."""
        return PublicKey.parse(self.stated.vkey)


class Spoken(NamedTuple):
    """An entry, as the register reads it.

    Attributes:
        place: Index of the entry.
        payload: Digest of the statement's bytes.
        signers: Identifiers of the keys whose signatures count as its own.
    """

    place: int
    statement: Statement
    payload: Digest
    signers: frozenset[str]

    @property
    def studio(self) -> str:
        """Identifier of the studio's key that signed; empty when none did."""
        names = sorted(key for key in self.signers if key.rpartition("+")[0] == STUDIO)
        return names[0] if names else ""

    @property
    def facts(self) -> dict[str, Any]:
        """What is stated, without what binds it to its log."""
        predicate = self.statement.predicate
        return {name: value for name, value in predicate.items() if name not in BOUND}


Fault = tuple[str, str]
"""Code and reason."""


def introduced(statement: Statement) -> tuple[PublicKey, ...]:
    """The key that a registration is about, so that its own signature can be checked."""
    if statement.predicate_type != PERSON:
        return ()
    try:
        return (PublicKey.parse(str(statement.predicate.get("vkey"))),)
    except UnreadableInput:
        return ()


@dataclass
class _Book:
    """What one studio registered: every key by its identifier, the key in force by person."""

    keys: dict[str, Registered] = field(default_factory=dict)
    force: dict[str, str] = field(default_factory=dict)


class Register:
    """Reads a ledger's personal statements in order and says which are lawful.

    Args:
        origin: Name of the log; None where it is not known, and then not checked.
    """

    def __init__(self, origin: str | None) -> None:
        self._origin = origin
        self._books: dict[str, _Book] = {}
        self._payloads: set[Digest] = set()
        self._keys: tuple[PublicKey, ...] = ()

    def read(self, spoken: Spoken) -> tuple[Fault, ...]:
        """Check a statement and, where it is lawful, heed it.

        Returns:
            Code and reason of every rule that it breaks; empty for one that is lawful, and for
            kinds that are not personal.
        """
        if spoken.statement.predicate_type not in PERSONAL:
            return ()
        found = self.faults(spoken)
        self._payloads.add(spoken.payload)
        if not found:
            self._heed(spoken)
        return found

    def faults(self, spoken: Spoken) -> tuple[Fault, ...]:
        """Rules that a personal statement breaks at its place; nothing is heeded."""
        bound = tuple(self._unbound(spoken))
        kind = spoken.statement.predicate_type
        if kind == PERSON:
            return (*bound, *self._registration_faults(spoken))
        if kind == REVOCATION:
            return (*bound, *self._revocation_faults(spoken))
        older = "origin" not in spoken.statement.predicate
        shown = kind == DECISION and spoken.facts.get("verdict") == DEMONSTRATION
        if bound or older or shown:
            return bound
        return tuple(self._speaker_faults(spoken))

    def people(self, studio: str) -> tuple[Registered, ...]:
        """All keys that a studio registered, in the order of their first registration.

        Args:
            studio: Identifier of the studio's key.
        """
        return tuple(self._books.get(studio, _Book()).keys.values())

    @property
    def keys(self) -> tuple[PublicKey, ...]:
        """All keys that any studio registered, the revoked ones too."""
        return self._keys

    def _unbound(self, spoken: Spoken) -> Iterator[Fault]:
        """Law 5 and 6."""
        predicate = spoken.statement.predicate
        origin, seen = predicate.get("origin"), predicate.get("seen")
        if spoken.payload in self._payloads:
            yield "entry.repeated", "the same statement stands in the ledger before"
        if origin is None and spoken.statement.predicate_type in WORDS - {JUDGEMENT}:
            if any(book.keys for book in self._books.values()):
                yield "entry.origin", "it names no log, and is later than the first registration"
            return
        if not isinstance(origin, str) or self._origin not in {None, origin}:
            yield "entry.origin", f"it was said for the log {origin!r}"
        if isinstance(seen, bool) or not isinstance(seen, int) or not 0 <= seen <= spoken.place:
            yield "entry.origin", f"it names {seen!r} as the number of entries before it"

    def _registration_faults(self, spoken: Spoken) -> Iterator[Fault]:
        """Law 1 and 2."""
        try:
            stated = Registration.read(spoken.facts, where="a registration")
            key = PublicKey.parse(stated.vkey)
        except UnreadableInput as error:
            yield "entry.registration", f"{error.what}: {error.why}"
            return
        if key.name != person_key_name(stated.person) or key.id != stated.key:
            yield "entry.registration", f"{stated.vkey} is not a key named {stated.person}"
        if not spoken.studio or key.id not in spoken.signers:
            yield "entry.registration", "the studio or the key itself did not sign it"
        yield from self._taken(self._books.get(spoken.studio, _Book()), stated, key)

    @staticmethod
    def _taken(book: _Book, stated: Registration, key: PublicKey) -> Iterator[Fault]:
        """Law 2."""
        force = book.force.get(stated.person)
        if force not in {None, key.id}:
            yield "entry.registration", f"{stated.person} has the key {force}, not yet revoked"
        for known in book.keys.values():
            same = known.public_key.raw == key.raw
            if same and known.stated.person != stated.person:
                yield "entry.registration", f"the same key is registered to {known.stated.person}"
            if known.stated.key == key.id and not same:
                yield "entry.registration", f"another key has the identifier {key.id}"
            if same and known.revoked is not None:
                yield "entry.revoked-key", f"{key.id} was revoked in entry {known.revoked}"

    def _revocation_faults(self, spoken: Spoken) -> Iterator[Fault]:
        """Law 3."""
        try:
            stated = KeyRevocation.read(spoken.facts, where="a revocation")
        except UnreadableInput as error:
            yield "entry.registration", f"{error.what}: {error.why}"
            return
        if not spoken.studio:
            yield "entry.registration", "the studio did not sign it"
        book = self._books.get(spoken.studio, _Book())
        if book.force.get(stated.person) != stated.revoked:
            yield "entry.registration", f"{stated.revoked} is not the key of {stated.person}"

    def _speaker_faults(self, spoken: Spoken) -> Iterator[Fault]:
        """Law 4."""
        facts = spoken.facts
        known = self._books.get(spoken.studio, _Book()).keys.get(str(facts.get("key")))
        if known is None:
            yield "entry.unregistered-key", f"the studio has not registered {facts.get('key')}"
        elif known.revoked is not None:
            yield (
                "entry.revoked-key",
                f"{known.stated.key} was revoked in entry {known.revoked}: {known.reason}",
            )
        elif self._asks_role(spoken) and facts.get("role") not in known.stated.roles:
            held = ", ".join(known.stated.roles) or "none"
            role = facts.get("role")
            why = f"{known.stated.person} does not hold the role {role} at this place but {held}"
            yield "entry.role", why

    @staticmethod
    def _asks_role(spoken: Spoken) -> bool:
        return spoken.statement.predicate_type != WITHDRAWAL

    def _heed(self, spoken: Spoken) -> None:
        """Take a lawful statement into the book of the studio that signed it."""
        kind = spoken.statement.predicate_type
        if kind == PERSON:
            stated = Registration.read(spoken.facts, where="a registration")
            book = self._books.setdefault(spoken.studio, _Book())
            book.keys[stated.key] = Registered(stated=stated, since=spoken.place)
            book.force[stated.person] = stated.key
            self._keys = tuple(dict.fromkeys((*self._keys, PublicKey.parse(stated.vkey))))
        elif kind == REVOCATION:
            ended = KeyRevocation.read(spoken.facts, where="a revocation")
            book = self._books[spoken.studio]
            known = book.keys[ended.revoked]
            book.keys[ended.revoked] = known.model_copy(
                update={"revoked": spoken.place, "reason": ended.reason}
            )
            del book.force[ended.person]
