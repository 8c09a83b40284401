"""Testimony: what the credential of a file says of its frames, as one witness among others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generique.marks.credential.judge import judge
from generique.marks.credential.report import CredentialTree
from generique.marks.identification.sighting import Evidence, EvidenceKind, Place, Sighting
from generique.marks.verdict import Judgement, Verdict
from generique.marks.works import Work
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Value
from generique.production.evidence import CredentialReader, EssenceReader, Trust, stated_lineage
from generique.production.known import MasterFile, master_work
from generique.production.sight_ports import Eyes

_WEIGHT = {
    Verdict.TRUSTED: 1e-12,
    Verdict.VALID: 1e-12,
    Verdict.UNTRUSTED_SIGNER: 1e-2,
}
"""How wrong a credential may be.

A sound one by a trusted signer is as sure as its signature; one by a signer that the reader does
not know is hardly more than a claim.
"""


class Told(Value):
    """What the credential says.

    Attributes:
        file: Digest of the file's bytes.
        verdict: What the credential is worth, in words.
        work: The film as the credential tells it; None where it tells nothing usable.
        sightings: One for each of its segments.
    """

    file: Digest
    verdict: str
    work: Work | None = None
    sightings: tuple[Sighting, ...] = ()


class Testimony:
    """Hears credentials.

    Args:
        credentials: Read them.
        essences: Tell the essence of files.
        eyes: Tell the raster.
        digest: Gives the digest of a file.
        trust: Whom the reader believes.
    """

    def __init__(
        self,
        credentials: CredentialReader,
        essences: EssenceReader,
        eyes: Eyes,
        digest: Callable[[Path], Digest],
        trust: Trust,
    ) -> None:
        self._credentials = credentials
        self._essences = essences
        self._eyes = eyes
        self._digest = digest
        self._trust = trust

    def hear(self, path: Path) -> Told:
        """What the credential of a file says, held against its essence."""
        file = self._digest(path)
        try:
            tree = self._credentials.read(path, anchors=self._trust.root)
        except UnreadableInput as error:
            return Told(file=file, verdict=f"none that can be read ({error.why or error.what})")
        if tree is None:
            return Told(file=file, verdict="none")
        judgement = judge(tree, self._essences.essence(path))
        signer = f", signed by {judgement.signer}" if judgement.signer else ""
        verdict = f"{judgement.verdict.value}{signer}"
        if judgement.verdict not in _WEIGHT:
            return Told(file=file, verdict=f"{verdict}; what it says is not used")
        return self._told(path, tree, judgement, Told(file=file, verdict=verdict))

    def _told(self, path: Path, tree: CredentialTree, judgement: Judgement, told: Told) -> Told:
        """The film that a sound credential tells of."""
        try:
            lineage, language = stated_lineage(tree, str(path))
        except UnreadableInput:
            return told  # a credential of something else than a master: nothing about frames
        raster = self._eyes.facts(path).raster
        work = master_work(
            lineage,
            MasterFile(
                file=told.file,
                locator=str(path),
                language=language,
                raster=raster,
                manifest=tree.active,
            ),
        )
        evidence = Evidence(
            kind=EvidenceKind.CREDENTIAL,
            says=f"the file's own credential says so ({told.verdict})",
            wrong=_WEIGHT[judgement.verdict],
        )
        sightings = tuple(
            Sighting(
                start=segment.start,
                end=segment.end,
                evidence=evidence,
                places=(Place(work=work.id, segment=index, at=segment.start),),
            )
            for index, segment in enumerate(work.segments)
        )
        return told.model_copy(update={"work": work, "sightings": sightings})
