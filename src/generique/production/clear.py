"""Clear: is this allowed? Asked before anything is spent, and again before anything leaves.

Contract, policy packs and the rules that always hold read one :class:`Case` and answer with one
:class:`Verdict`. Whoever asks either goes on or raises :class:`NotCleared`; nothing lies between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from generique.clearance.acts import LOCAL
from generique.clearance.case import Case, ElementFacts, Signed, by_version, of_version
from generique.clearance.choices import judge_choices
from generique.clearance.clauses import Contract
from generique.clearance.evaluate import judge_contract
from generique.clearance.ground import judge_ground
from generique.clearance.packs import judge_packs
from generique.clearance.verdict import Gate, Outcome, Verdict
from generique.ledger.canonical import canonical
from generique.model.element import ElementClass, ElementKind
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, SourceType
from generique.model.people import Matter
from generique.model.refusal import NotCleared, Refusal
from generique.model.take import Take
from generique.model.values import Digest, Json, digest_of
from generique.production.contract import governing_contract
from generique.production.ingest import reservations_at_ingest
from generique.production.journal import Journal
from generique.production.machineroom_ports import Backends, Folder
from generique.production.matters import Subject, cut_subject, digests, matters
from generique.production.orders import Order
from generique.production.ports import Vault
from generique.production.references import followed
from generique.production.review import judged, signed
from generique.production.rights import RightsFile, read_rights, record_rights
from generique.production.withdrawal import withdrawn_facts


class ScratchClearance:
    """Clears shots outside any production: generators that nobody's work trained, here.

    Args:
        backends: The generators.
    """

    def __init__(self, backends: Backends) -> None:
        self._backends = backends

    def require(self, orders: Sequence[Order]) -> None:
        """Stop unless every generator needs no clearance."""
        refusals = []
        for order in orders:
            passport = self._backends.get(order.backend).passport()
            if passport.training.statement != "none" or not passport.local:
                refusals.append(
                    Refusal(
                        rule="GEN-01",
                        source="Générique, rules that are never bent",
                        element=order.element,
                        reason=f"{order.backend} needs clearance: its training data is "
                        f"{passport.training.statement}, and outside a production nobody answers",
                        lift="make the shot in a production that declares the use",
                        who="producer",
                    )
                )
        if refusals:
            raise NotCleared("not made: the generator needs clearance", tuple(refusals))


class ClearingRoom:
    """Asks contract, packs and ground rules about a production.

    Args:
        folder: The production; its rights and its contract are read once.
        journal: The record.
        vault: Keeps what was known and what was answered.
        backends: The generators, for what they say of themselves.
    """

    def __init__(self, folder: Folder, journal: Journal, vault: Vault, backends: Backends) -> None:
        self._folder = folder
        self._journal = journal
        self._vault = vault
        self._backends = backends
        self._cleared: set[Digest] = set()
        self._demonstration = False

    def demonstrate(self) -> None:
        """From now on demonstrations stand in for people's decisions, except at delivery."""
        self._demonstration = True

    @cached_property
    def rights(self) -> RightsFile:
        """Passports, consents and declarations of the production."""
        return read_rights(self._folder)

    @cached_property
    def contract(self) -> Contract | None:
        """The contract that governs the production; errors as :func:`governing_contract`."""
        return governing_contract(self._folder, self._journal)

    def require(self, orders: Sequence[Order]) -> None:
        """Stop unless every order may be placed; what is cleared lands in the ledger first.

        Raises:
            NotCleared: Some may not; nothing was asked of any generator.
        """
        elements = tuple(self.ordered(order) for order in orders)
        verdict = self._generation(elements)
        self._stop("not generated: clearance refuses", verdict)
        questions = {digest_of(canonical(element.to_json())) for element in elements}
        if not questions <= self._cleared:
            self._record(verdict, elements)
            self._cleared |= questions

    def generation(self, orders: Sequence[Order]) -> Verdict:
        """The verdict on orders, before anything is made."""
        return self._generation(tuple(self.ordered(order) for order in orders))

    def _generation(self, elements: tuple[ElementFacts, ...]) -> Verdict:
        return self.judge(self.case(Gate.GENERATE, elements))

    def film(
        self, gate: Gate, lineage: Lineage, packs: tuple[str, ...] = (), **known: Any
    ) -> Verdict:
        """The verdict on a whole film; arguments as for :meth:`film_case`."""
        return self.judge(self.film_case(gate, lineage, packs, **known))

    def film_case(
        self, gate: Gate, lineage: Lineage, packs: tuple[str, ...] = (), **known: Any
    ) -> Case:
        """Everything that is known of a whole film.

        Args:
            gate: Where it is asked.
            lineage: Of the film.
            packs: Policy packs to ask in place of those that the production chose.
            known: ``current`` as for :meth:`case`, and further fields of the case: what was read
                back from the masters.
        """
        rate = lineage.rate
        words, compared = self._words_on_takes(), self._compared()
        reserved = reservations_at_ingest(self._journal, self._vault)
        elements = tuple(
            self._facts(
                use,
                lineage,
                decisions=words.get(use.essence, ()),
                likeness=compared.get(use.take or ""),
                reservations=reserved.get(use.file),
            )
            for use in lineage.elements
        )
        return self.case(
            gate,
            elements,
            packs,
            film_seconds=float(rate.seconds(lineage.frames)),
            frames_a_second=float(rate.fps),
            **known,
        )

    def _stop(self, what: str, verdict: Verdict) -> None:
        """Raise if a verdict refuses; a demonstration waits for nobody before delivery."""
        refused = verdict.refusals(demonstration=self._demonstration)
        if refused or not verdict.outcomes:
            raise NotCleared(what, told(refused))

    def require_takes(self, takes: Sequence[Take]) -> None:
        """Stop unless takes may be approved, whatever people have still to decide.

        Raises:
            NotCleared: Names every rule and clause that refuses.
        """
        verdict = self.judge(self.case(Gate.APPROVE, tuple(self._taken(take) for take in takes)))
        refused = verdict.refusals(demonstration=True)
        if refused:
            raise NotCleared("not approved: clearance refuses", told(refused))

    def require_master(self, lineage: Lineage, timeline: Digest) -> bool:
        """Stop unless a master may be made of this cut.

        Args:
            lineage: Of the film.
            timeline: Digest of the cut that is to be mastered.

        Returns:
            True when a demonstration stood in for a decision, which the film has to say.

        Raises:
            NotCleared: Names every rule and clause that refuses.
        """
        verdict = self.film(Gate.MASTER, lineage, current=(cut_subject(timeline),))
        self._stop("not mastered: clearance refuses", verdict)
        return any(outcome.refuses for outcome in verdict.outcomes)

    def _record(self, verdict: Verdict, elements: Sequence[ElementFacts]) -> None:
        """Say in the ledger what was asked and allowed, on which rules, and what was known then.

        The same answer to the same question is said once, so that a run that was stopped leaves
        the ledger as one that was not.
        """
        record_rights(self.rights, self._journal, self._vault)
        answer = self._vault.put_bytes(canonical(verdict.to_json()))
        asked = {
            element.id: self._vault.put_bytes(canonical(element.to_json())) for element in elements
        }
        facts: dict[str, Json] = {
            "gate": verdict.gate.value,
            "asked": {**asked},
            "rights": self.rights.digest,
            "verdict": answer,
        }
        key = digest_of(canonical({"clearance": facts}))
        if self._journal.find_step(key) is None:
            subjects = {f"asked/{name}": digest for name, digest in asked.items()}
            subjects["verdict"] = answer
            self._journal.record("clearance", subjects, facts, step_key=key)

    def case(
        self,
        gate: Gate,
        elements: Sequence[ElementFacts],
        packs: tuple[str, ...] = (),
        *,
        current: Iterable[Subject] = (),
        **known: Any,
    ) -> Case:
        """Everything that is known, for one gate.

        Args:
            gate: Where it is asked.
            elements: What it is asked about.
            packs: Policy packs to ask in place of those that the production chose.
            current: The cut and the masters that it is asked about, where they need not be those
                that were made last.
            known: Further fields of the case: readback, running time.
        """
        rights, production = self.rights, self._folder.production()
        if packs:
            production = production.model_copy(update={"policy_packs": packs})
        decided = (
            *matters(production, rights.declarations, self._journal, self._vault),
            *current,
        )
        return Case(
            production=production,
            gate=gate,
            today=self._journal.now()[:10],
            elements=tuple(elements),
            tools=rights.tools,
            models=rights.models,
            datasets=rights.datasets,
            consents=rights.consents,
            declarations=rights.declarations,
            clauses=self.contract.digest if self.contract is not None else None,
            judgements=judged(self._journal),
            approvals=signed(self._journal),
            subjects=digests(decided),
            likenesses={one.name: one.likeness for one in decided if one.likeness is not None},
            withdrawn=withdrawn_facts(self._journal),
            **known,
        )

    def judge(self, case: Case) -> Verdict:
        """What contract, packs and ground rules say together."""
        outcomes = judge_ground(case) + judge_choices(case)
        if self.contract is not None:
            outcomes += judge_contract(self.contract, case)
        outcomes += judge_packs(case.production.policy_packs, case)
        return Verdict(gate=case.gate, outcomes=outcomes)

    def ordered(self, order: Order) -> ElementFacts:
        """What is known of an element as it is ordered."""
        request, passport = order.request, self._backends.get(order.backend).passport()
        seconds = float(request.rate.seconds(request.frames)) if request.frames else 0.0
        return ElementFacts(
            id=order.element,
            title=order.title,
            kind=request.kind,
            element_class=ElementClass.SYNTHETIC,
            source_type=passport.source_type,
            passport=passport,
            track=order.stem or ("V1" if request.kind is ElementKind.SHOT else None),
            language=request.language,
            prompt="; ".join((request.prompt, *order.notes)),
            seconds=seconds,
            person=order.person,
            references=followed(request.references, self._folder.media().media, order.sources),
            **self._generator(order.backend, passport),
        )

    def _taken(self, take: Take) -> ElementFacts:
        """A take as it is put to people."""
        passport = take.passport
        return ElementFacts(
            id=take.element,
            title=take.prompt,
            kind=take.kind,
            element_class=ElementClass.SYNTHETIC,
            source_type=passport.source_type,
            passport=passport,
            language=take.language,
            prompt=take.prompt,
            take=take.id,
            essence=take.essence,
            file=take.file,
            likeness=self._compared().get(take.id),
            references=followed(take.references, self._folder.media().media),
            **self._generator(passport.name, passport),
        )

    def _compared(self) -> dict[str, str]:
        """What came of comparing takes with protected works, by take; the last one counts."""
        return {
            act.facts["take"]: act.facts["likeness"] for act in self._journal.acts("similarity")
        }

    def _facts(self, use: ElementUse, lineage: Lineage, **known: Any) -> ElementFacts:
        """An element as it stands in the film."""
        passport = use.passport
        return ElementFacts(
            id=use.id,
            title=use.title,
            kind=use.kind,
            element_class=use.element_class,
            source_type=SourceType(use.source_type),
            passport=passport,
            rights=use.rights,
            track=use.track,
            language=use.language,
            prompt=use.prompt,
            person=use.person,
            references=use.references,
            take=use.take,
            essence=use.essence,
            file=use.file,
            seconds=float(lineage.rate.seconds(use.end - use.start)),
            start=use.start,
            end=use.end,
            entry=use.entry,
            **known,
            **(self._generator(passport.name, passport) if passport else {}),
        )

    def _words_on_takes(self) -> dict[Digest, tuple[Signed, ...]]:
        """What people said of takes, oldest first, by the essence that they meant."""
        words: dict[Digest, list[Signed]] = {}
        for said in signed(self._journal):
            if said.decision.matter is Matter.TAKE:
                words.setdefault(said.decision.essence, []).append(said)
        return {essence: tuple(said) for essence, said in words.items()}

    def _generator(self, backend: str, passport: Passport) -> dict[str, Any]:
        """What is known of who makes an element, and where."""
        kept = by_version(self.rights.tools).get(backend, {})
        tool = of_version(kept, passport.version)
        local = passport.local or (tool is not None and tool.environment == LOCAL)
        models = tool.models if tool is not None else ()
        return {
            "backend": backend,
            "provider": LOCAL if local else passport.maker,
            "model": models[0] if models else passport.name,
            "models": models,
        }


def told(outcomes: Iterable[Outcome]) -> tuple[Refusal, ...]:
    """Outcomes that refuse, as they are told to people and scripts."""
    return tuple(
        Refusal(
            clause=outcome.clause,
            rule=outcome.rule,
            source=outcome.source,
            element=outcome.element,
            reason=outcome.reason,
            lift=outcome.lift,
            who=", ".join(role.value for role in outcome.who),
        )
        for outcome in outcomes
    )
