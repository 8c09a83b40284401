"""What a provider delivered, as sentences: the original, its job, and what it says of itself.

For the audit in both languages, and for ``trace``. Words of strangers are quoted as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generique.clearance.contract_words import TextLanguage, french
from generique.model.delivered import (
    Delivery,
    JobFacts,
    Observed,
    ObservedCredential,
    ObservedMark,
    Tried,
)
from generique.model.values import Digest

DELIVERED_WORDS: dict[TextLanguage, dict[str, str]] = {
    "en": {
        "original": "As delivered",
        "kept": "kept untouched, {digest}",
        "job": "Job",
        "job.line": "{provider}, model {model}, job {number}",
        "terms": "terms: {terms}",
        "credential": "It carries",
        "found": "a content credential: {verdict}",
        "signer": "signed by {signer}",
        "program": "made by {program}",
        "source": "it calls itself {source}",
        "none": "no content credential that {reader} found",
        "unreadable": "unknown: {reader} could not read it ({why})",
        "unread": "what the file says of itself was not read when it was taken in",
        "marks": "Marks in it",
        "mark.found": "{carrier}: {mark}, by {reader}",
        "mark.none": "{carrier}: none that {reader} found",
        "mark.unreadable": "{carrier}: unknown, {reader} could not read it ({why})",
        "mark.absent": "no {carrier}",
        "picture": "picture",
        "sound": "sound",
        "tried": "Asked before",
        "tried.line": "{backend} ({code}): {reason}",
        "trusted": "trusted",
        "valid": "valid",
        "untrusted signer": "it holds, by a signer whom nobody here vouches for",
        "unknown": "what it is worth is unknown",
        "broken": "broken",
    },
    "fr": {
        "original": "Tel que livré",
        "kept": "conservé intact, {digest}",
        "job": "Commande",
        "job.line": "{provider}, modèle {model}, commande {number}",
        "terms": "conditions : {terms}",
        "credential": "Il porte",
        "found": "une attestation de contenu : {verdict}",
        "signer": "signée par {signer}",
        "program": "établie par {program}",
        "source": "le fichier se dit {source}",
        "none": "aucune attestation de contenu que {reader} ait trouvée",
        "unreadable": "inconnu : {reader} n’a pas pu le lire ({why})",
        "unread": "ce que le fichier dit de lui-même n’a pas été lu à sa réception",
        "marks": "Marques qu’il porte",
        "mark.found": "{carrier} : {mark}, selon {reader}",
        "mark.none": "{carrier} : aucune que {reader} ait trouvée",
        "mark.unreadable": "{carrier} : inconnu, {reader} n’a pas pu le lire ({why})",
        "mark.absent": "{carrier} : il n’y en a pas",
        "picture": "image",
        "sound": "son",
        "tried": "Sollicités auparavant",
        "tried.line": "{backend} ({code}) : {reason}",
        "trusted": "de confiance",
        "valid": "valide",
        "untrusted signer": "elle tient, d’un signataire dont personne ici ne répond",
        "unknown": "on ignore ce qu’elle vaut",
        "broken": "rompue",
    },
}
"""The same keys in each language."""


class Said(NamedTuple):
    """A named fact; ``key`` is its name whatever the language."""

    key: str
    name: str
    value: str


def delivered_of(delivery: Delivery, language: TextLanguage = "en") -> tuple[Said, ...]:
    """What is known of a delivery; empty where no provider delivered it."""
    return tuple(_Teller(language).facts(delivery))


class _Teller:
    def __init__(self, language: TextLanguage) -> None:
        said = DELIVERED_WORDS[language]
        plain = language != "fr"
        self._words: Mapping[str, str] = (
            said if plain else {key: french(text) for key, text in said.items()}
        )

    def facts(self, delivery: Delivery) -> Iterator[Said]:
        if delivery.original is not None:
            yield self._fact("original", self._say("kept", digest=delivery.original))
            yield from self._observed(delivery.observed, delivery.original)
        if delivery.job is not None:
            yield self._fact("job", self._job(delivery.job))
        if delivery.tried:
            yield self._fact("tried", "; ".join(map(self._tried, delivery.tried)))

    def _fact(self, key: str, value: str) -> Said:
        return Said(key, self._words[key], value)

    def _say(self, key: str, **facts: str) -> str:
        return self._words[key].format(**facts)

    def _observed(self, seen: Observed | None, original: Digest) -> Iterator[Said]:
        if seen is None or seen.file != original:
            yield self._fact("credential", self._words["unread"])
            return
        yield self._fact("credential", self._credential(seen.credential))
        yield self._fact("marks", "; ".join(map(self._mark, seen.marks)))

    def _credential(self, seen: ObservedCredential) -> str:
        if seen.state != "found":
            return self._say(seen.state, reader=seen.reader, why=seen.why)
        verdict = self._words.get(seen.verdict or "", seen.verdict or "")
        said = [
            self._say("found", verdict=verdict),
            self._say("signer", signer=seen.signer) if seen.signer else "",
            self._say("program", program=seen.program) if seen.program else "",
            self._say("source", source=seen.source_type.rpartition("/")[2])
            if seen.source_type
            else "",
        ]
        return "; ".join(filter(None, said))

    def _mark(self, seen: ObservedMark) -> str:
        carrier = self._words[seen.carrier]
        return self._say(
            f"mark.{seen.state}",
            carrier=carrier,
            reader=seen.reader,
            mark=seen.mark or "",
            why=seen.why,
        )

    def _job(self, job: JobFacts) -> str:
        line = self._say("job.line", provider=job.provider, model=job.model, number=job.number)
        return f"{line}; {self._say('terms', terms=job.terms)}" if job.terms else line

    def _tried(self, tried: Tried) -> str:
        return self._say("tried.line", backend=tried.backend, code=tried.code, reason=tried.reason)
