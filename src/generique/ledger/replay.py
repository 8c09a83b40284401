"""Re-derive everything that a ledger claims, from the raw bytes of its entries alone.

The law of a ledger:

1. Entries are numbered 0, 1, 2 … without gap.
2. Each is an envelope in canonical form around a statement in canonical form.
3. Each is signed by a key that is known; nothing under a known key is forged.
4. Decisions are signed by who decides (:mod:`generique.ledger.decisions`), with a key that the
   studio had registered and not revoked at that place (:mod:`generique.ledger.register`). A key
   that a known studio registered is known from then on.
5. The root over all leaf hashes is the one that the signed checkpoint states; every checkpoint
   held from before is the root over the first so many leaves.

Statements of unknown type are no fault: a newer release may have made them. They are reported.
So are entries whose stamp is earlier than that of the entry before: clocks are set, and prove
nothing; places do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import NonNegativeInt

from generique.ledger.checkpoint import Checkpoint, read_checkpoint
from generique.ledger.decisions import decision_faults
from generique.ledger.envelope import Envelope, open_envelope
from generique.ledger.keys import PublicKey
from generique.ledger.merkle import Peaks, leaf_hash
from generique.ledger.register import PERSONAL, Register, Spoken, introduced
from generique.ledger.stamps import Stamps
from generique.ledger.statement import PREDICATE_SPACE, Statement
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Value, digest_of


class Fault(Value):
    """Something that must not be.

    Attributes:
        entry: Index of the entry, None for the checkpoint.
        code: Stable name of the kind of fault.
        why: One sentence.
    """

    entry: NonNegativeInt | None
    code: str
    why: str


class LedgerReport(Value):
    """What came of the re-derivation.

    Attributes:
        size: Entries read.
        root: Root over them in hex.
        origin: Name of the log as the checkpoint states it; empty if that cannot be read.
        faults: Empty when everything holds.
        unknown_types: Index and predicate type of statements that this release does not know.
        signers: Identifiers of the known keys that signed, in order.
        backwards: What is told of entries whose stamp runs backwards; no fault.
    """

    size: NonNegativeInt
    root: str
    origin: str
    faults: tuple[Fault, ...]
    unknown_types: tuple[tuple[int, str], ...] = ()
    signers: tuple[str, ...] = ()
    backwards: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        """True when there is no fault."""
        return not self.faults


class _Replay:
    """Collects faults on the way through the entries."""

    def __init__(
        self, keys: Sequence[PublicKey], known_types: frozenset[str] | None, origin: str | None
    ) -> None:
        self._keys = tuple(keys)
        self._known_types = known_types
        self._register = Register(origin)
        self._stamps = Stamps()
        self.faults: list[Fault] = []
        self.backwards: list[Fault] = []
        self.unknown: list[tuple[int, str]] = []
        self.signers: set[str] = set()

    def fault(self, entry: int | None, code: str, why: str) -> None:
        self.faults.append(Fault(entry=entry, code=code, why=why))

    def entry(self, index: int, data: bytes) -> None:
        """Check one entry by itself."""
        where = f"entry {index}"
        try:
            envelope = open_envelope(data, where=where)
            believed = envelope.signers(self._keys)
            statement = envelope.statement(where=where)
            own = self._introduced(envelope, statement)
        except UnreadableInput as error:
            self.fault(index, "entry.malformed", f"{error.what}: {error.why or ''}".rstrip(": "))
            return
        except Damaged as error:
            self.fault(index, "entry.signature", error.what)
            return
        if not believed:
            names = ", ".join(signature.keyid for signature in envelope.signatures)
            self.fault(index, "entry.unknown-signer", f"signed only by unknown keys: {names}")
        self.signers.update(key.id for key in believed)
        self._check_type(index, statement)
        self._check_stamp(index, statement)
        proven = frozenset(key.id for key in (*believed, *own))
        claimed = frozenset(signature.keyid for signature in envelope.signatures)
        spoken = Spoken(index, statement, digest_of(envelope.payload), claimed)
        for code, why in (*decision_faults(statement, proven), *self._register.read(spoken)):
            self.fault(index, code, why)

    def _introduced(self, envelope: Envelope, statement: Statement) -> tuple[PublicKey, ...]:
        """Keys that the ledger itself introduced, and whose signatures on a statement hold."""
        if statement.predicate_type not in PERSONAL:
            return ()
        return envelope.signers((*self._register.keys, *introduced(statement)))

    def _check_stamp(self, index: int, statement: Statement) -> None:
        why = self._stamps.read(statement)
        if why is not None:
            self.backwards.append(Fault(entry=index, code="entry.clock", why=why))

    def _check_type(self, index: int, statement: Statement) -> None:
        kind = statement.predicate_type
        known = self._known_types
        if (kind not in known) if known is not None else not kind.startswith(PREDICATE_SPACE):
            self.unknown.append((index, kind))


def verify_ledger(
    entries: Iterable[tuple[int, bytes]],
    checkpoint: str,
    keys: Sequence[PublicKey],
    *,
    known_types: frozenset[str] | None = None,
    held: Sequence[str] = (),
) -> LedgerReport:
    """Check a whole ledger.

    Args:
        entries: Index and raw bytes, in stored order.
        checkpoint: The signed checkpoint for this state.
        keys: Keys that are believed: the studio's, the people's, the demonstration's.
        known_types: Predicate types of this release; None takes all in our own name space.
        held: Signed checkpoints from earlier, kept outside the ledger.
    """
    replay = _Replay(keys, known_types, _origin(checkpoint))
    states = [_checkpoint(text, replay, keys) for text in (checkpoint, *held)]
    wanted = {state.size for state in states if state}
    peaks = Peaks()
    roots = {0: peaks.root()}
    for place, (index, data) in enumerate(entries):
        if index != place:
            replay.fault(place, "ledger.order", f"entry {index} stands in place {place}")
        replay.entry(place, data)
        peaks.add(leaf_hash(data))
        if peaks.size in wanted:
            roots[peaks.size] = peaks.root()
    latest = states[0]
    if latest and latest.size != peaks.size:
        replay.fault(
            None,
            "ledger.size",
            f"the checkpoint counts {latest.size} entries, there are {peaks.size}",
        )
    for state in states:
        if state and roots.get(state.size) != state.root:
            replay.fault(
                None,
                "ledger.root",
                f"the entries do not add up to the root signed for {state.size} entries",
            )
    return LedgerReport(
        size=peaks.size,
        root=peaks.root().hex(),
        origin=latest.origin if latest else "",
        faults=tuple(replay.faults),
        unknown_types=tuple(replay.unknown),
        signers=tuple(sorted(replay.signers)),
        backwards=tuple(replay.backwards),
    )


def _origin(text: str) -> str | None:
    """Name of the log as its checkpoint states it, None where that cannot be read."""
    try:
        return read_checkpoint(text)[0].origin
    except (UnreadableInput, Damaged):
        return None


def _checkpoint(text: str, replay: _Replay, keys: Sequence[PublicKey]) -> Checkpoint | None:
    """A checkpoint that can be read, with its faults noted."""
    try:
        state, note = read_checkpoint(text)
        if not note.signers(keys):
            replay.fault(None, "checkpoint.unknown-signer", "no known key signed the checkpoint")
    except UnreadableInput as error:
        replay.fault(None, "checkpoint.malformed", error.what)
        return None
    except Damaged as error:
        replay.fault(None, "checkpoint.signature", error.what)
        return None
    return state
