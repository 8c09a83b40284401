"""Withdrawal: what a dataset, a model or a consent reached, and who has to act.

The answer says what was in the training set of a model that was used, or rests on a consent. It
never says that a dataset influenced a picture: nobody can know that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any, Literal, NamedTuple

from generique.clearance.case import Withdrawn
from generique.clearance.verdict import Status
from generique.ledger.canonical import canonical
from generique.ledger.ports import Signer
from generique.model.errors import NotConfigured, UsageError
from generique.model.people import Person, Role
from generique.model.provenance import Node, NodeKey, NodeKind, Withdrawal
from generique.model.time import Rate
from generique.model.values import Digest, Identifier, Value, digest_of
from generique.production.audit import AuditReport, RuleResult, worst_status
from generique.production.journal import Journal
from generique.production.machineroom_ports import Backends
from generique.production.ports import ListsItems
from generique.production.provenance import Projection
from generique.production.recall import sealed_masters

WithdrawnKind = Literal["dataset", "model", "consent"]

_REACHED = (
    NodeKind.MODEL,
    NodeKind.MEDIUM,
    NodeKind.TAKE,
    NodeKind.MASTER,
)
"""Kinds to be told besides stretches of masters."""
_STATED = {
    "dataset": "was in the training set of a model used",
    "model": "was used to make",
    "consent": "is what these rest on",
}


class ReachedTake(NamedTuple):
    """A take that was reached, and whether any master holds it."""

    take: str
    essence: Digest | None
    mastered: bool


class ReachedMedium(NamedTuple):
    """A medium that was reached, and whether any master holds it."""

    medium: str
    file: Digest | None
    mastered: bool


class ReachedSegment(NamedTuple):
    """A stretch of a master; frames of the film, the last not included."""

    master: Digest
    element: str
    start: int
    end: int
    timecode_in: str
    timecode_out: str


class ReachedMaster(NamedTuple):
    """A signed master.

    Attributes:
        published: Name of the file in ``out/``; None for one that another replaced since.
        entry: Ledger entry of its seal.
        delivered: Ledger entries of the deliveries that held it.
    """

    file: Digest
    label: str
    published: str | None
    entry: int
    delivered: tuple[int, ...] = ()


class Impact(Value):
    """Everything that something reached.

    What it lists are plain tuples, because there may be a hundred thousand of them; their fields
    are checked as they are taken in here.

    Attributes:
        statement: What is known, in words, and no more.
        who: Role and what that role has to do.
        recorded: Entries that recorded its withdrawal.
        item: The one item of the dataset that was asked about; what it reached is what the
            whole dataset reached, because a model is trained on all of it.
    """

    kind: WithdrawnKind
    id: str
    statement: str
    models: tuple[str, ...]
    media: tuple[ReachedMedium, ...]
    takes: tuple[ReachedTake, ...]
    segments: tuple[ReachedSegment, ...]
    masters: tuple[ReachedMaster, ...]
    who: tuple[tuple[Role, str], ...]
    recorded: tuple[int, ...] = ()
    item: Digest | None = None

    def document(self) -> dict[str, Any]:
        """The JSON document of the command."""
        document = {"schema": "generique/withdraw/1", **self.to_json()}
        # Plain tuples would lose the names of their fields.
        for listed in ("media", "takes", "segments", "masters"):
            document[listed] = [row._asdict() for row in getattr(self, listed)]
        if self.item is None:
            del document["item"]
        document["who"] = [{"role": role.value, "act": act} for role, act in self.who]
        return document


def impact(
    kind: WithdrawnKind, name: str, graph: Projection, journal: Journal, rate: Rate
) -> Impact:
    """What a dataset, model or consent reached.

    Args:
        kind: What it is.
        name: Its identifier.
        graph: Level with the ledger.
        journal: The record.
        rate: Of the film, for time codes.

    Raises:
        UsageError: The production knows none of that name; names those that it knows.
    """
    key = _known(kind, name, graph)
    nodes, mastered = graph.reach(key, NodeKind.SEGMENT, *_REACHED)
    reached: dict[NodeKind, list[Node]] = {each: [] for each in NodeKind}
    for node in nodes:
        reached[node.key.kind].append(node)
    takes = tuple(
        ReachedTake(take=node.key.name, essence=node.digest, mastered=node.key in mastered)
        for node in reached[NodeKind.TAKE]
    )
    masters = tuple(_masters(reached[NodeKind.MASTER], journal))
    recorded = tuple(entry for entry, said in withdrawals(journal) if _same(said, kind, name))
    return Impact(
        kind=kind,
        id=name,
        statement=f"{kind} {name} {_STATED[kind]}",
        models=tuple(node.key.name for node in reached[NodeKind.MODEL]),
        media=tuple(
            ReachedMedium(medium=node.key.name, file=node.digest, mastered=node.key in mastered)
            for node in reached[NodeKind.MEDIUM]
        ),
        takes=takes,
        segments=tuple(_segments(reached[NodeKind.SEGMENT], rate)),
        masters=masters,
        who=tuple(_who(kind, takes, masters)),
        recorded=recorded,
    )


def unreached(kind: WithdrawnKind, name: str) -> Impact:
    """What something reached that only the papers of the production name: nothing."""
    nothing: tuple[Any, ...] = ()
    return Impact(
        kind=kind,
        id=name,
        statement=f"{kind} {name} is named in the papers, and nothing was made with it yet",
        models=nothing,
        media=nothing,
        takes=nothing,
        segments=nothing,
        masters=nothing,
        who=nothing,
    )


def dataset_of_item(item: Digest, backends: Backends) -> Identifier:
    """The dataset that holds an item, by the lists that the backends hold.

    Raises:
        UsageError: No list at hand names it as trained on.
    """
    for name in backends.names():
        with suppress(NotConfigured):
            backend = backends.get(name)
            if isinstance(backend, ListsItems) and (found := backend.dataset_of(item)):
                return found
    raise UsageError(
        f"no model at hand was trained on an item {item}",
        why="backends that list what their model was trained on were asked; others cannot say",
        next_step="ask for the dataset by its name",
    )


def is_known(kind: WithdrawnKind, name: str, graph: Projection) -> bool:
    """True when the graph holds something of that name."""
    return graph.find(NodeKey(NodeKind(kind), name)) is not None


def record_withdrawal(
    found: Impact, person: Person, reason: str, signer: Signer, journal: Journal, graph: Projection
) -> int:
    """Write a withdrawal into the ledger, signed with the key of who records it.

    Raises:
        UsageError: The reason is empty, or it is recorded already.
    """
    if not reason.strip():
        raise UsageError("a withdrawal needs a reason", next_step='add --reason "…"')
    if found.recorded:
        raise UsageError(
            f"the withdrawal of {found.kind} {found.id} is recorded already",
            where=f"entry {found.recorded[-1]}",
            next_step="see what it reaches without --record",
        )
    said = Withdrawal(
        kind=found.kind,
        id=found.id,
        person=person.id,
        reason=reason.strip(),
        key=signer.key.id,
    )
    node = graph.find(NodeKey(NodeKind(found.kind), found.id))
    named = digest_of(canonical({"kind": found.kind, "id": found.id}))
    subject = node.digest if node is not None and node.digest else named
    return journal.record("withdrawal", {"withdrawn": subject}, said.to_json(), signers=(signer,))


def withdrawals(journal: Journal) -> tuple[tuple[int, Withdrawal], ...]:
    """Everything that was withdrawn, with its entry, oldest first."""
    return tuple(
        (
            act.entry,
            Withdrawal.read(act.stated, where=f"entry {act.entry}"),
        )
        for act in journal.acts("withdrawal")
    )


def withdrawn_facts(journal: Journal) -> tuple[Withdrawn, ...]:
    """Everything that was withdrawn, as clearance reads it, oldest first."""
    at = {act.entry: str(act.facts["at"]) for act in journal.acts("withdrawal")}
    return tuple(
        Withdrawn(kind=said.kind, id=said.id, entry=entry, at=at[entry])
        for entry, said in withdrawals(journal)
    )


def all_impacts(graph: Projection, journal: Journal, rate: Rate) -> tuple[Impact, ...]:
    """What every recorded withdrawal reaches by now, each once."""
    said = {(item.kind, item.id): item for _, item in withdrawals(journal)}
    return tuple(impact(kind, name, graph, journal, rate) for kind, name in said)


def with_withdrawals(report: AuditReport, impacts: Iterable[Impact]) -> AuditReport:
    """An audit with the rule on withdrawals, which may come long after the film was made.

    Args:
        report: The audit of the film as it was last made.
        impacts: Of everything withdrawn.
    """
    used = {element.use.take for element in report.elements if element.use.take}
    used |= {element.use.file for element in report.elements}
    found, evidence = list(impacts), []
    for reach in found:
        held = [take.take for take in reach.takes if take.take in used]
        held += [medium.medium for medium in reach.media if medium.file in used]
        if held:
            touched = ", ".join(held)
            entries = ", ".join(str(entry) for entry in reach.recorded)
            evidence.append(f"{reach.statement}, withdrawn in entry {entries}: {touched}")
    rule = RuleResult(
        id="WITHDRAWN-1",
        title="Nothing in the film rests on what was withdrawn",
        status=Status.FAILED if evidence else Status.PASSED,
        evidence=tuple(evidence),
        who="producer" if evidence else "",
    )
    rules = (*report.rules, rule)
    return report.model_copy(update={"rules": rules, "verdict": worst_status(rules)})


def _known(kind: WithdrawnKind, name: str, graph: Projection) -> NodeKey:
    key = NodeKey(NodeKind(kind), name)
    if not is_known(kind, name, graph):
        names = graph.named(NodeKind(kind))
        raise UsageError(
            f"no take or medium of this production rests on a {kind} {name}",
            why=f"known here: {', '.join(names) or 'none'}. A generator whose training is "
            "undisclosed may have used it; nobody can tell",
            next_step="give the identifier as the passport or media.toml states it",
        )
    return key


def _masters(nodes: Iterable[Node], journal: Journal) -> Iterator[ReachedMaster]:
    newest = {name: act.facts["file"] for name, act in sealed_masters(journal).items()}
    left: dict[Digest, list[int]] = {}
    for act in journal.acts("delivery"):
        for file in set(act.facts["files"].values()):
            left.setdefault(file, []).append(act.entry)
    for node in nodes:
        language = node.label.rpartition(" ")[2]
        current = newest.get(language) == node.key.name
        yield ReachedMaster(
            file=node.key.name,
            label=node.label,
            published=f"master.{language}.mp4" if current else None,
            entry=node.entry,
            delivered=tuple(left.get(node.key.name, ())),
        )


def _segments(nodes: Iterable[Node], rate: Rate) -> Iterator[ReachedSegment]:
    # One stretch ends where the next begins, and the versions of a film share their cuts.
    timecode = cache(rate.timecode)
    for node in nodes:
        master, start, end = node.digest, node.start, node.end
        if master is None or start is None or end is None:
            continue
        yield ReachedSegment(master, node.label, start, end, timecode(start), timecode(end))


def _who(
    kind: WithdrawnKind, takes: tuple[ReachedTake, ...], masters: tuple[ReachedMaster, ...]
) -> Iterator[tuple[Role, str]]:
    if masters:
        yield Role.PRODUCER, f"decide on {len(masters)} masters: stop their delivery or recut them"
    gone = sum(1 for master in masters if master.delivered)
    if gone:
        yield Role.PRODUCER, f"tell those who received {gone} masters that were delivered"
    if takes:
        yield Role.DIRECTOR, f"replace {len(takes)} takes: retake or choose others"
    if kind == "consent":
        yield Role.COUNSEL, "say from when, and for which uses, the consent no longer holds"


def _same(said: Withdrawal, kind: WithdrawnKind, name: str) -> bool:
    return (said.kind, said.id) == (kind, name)
