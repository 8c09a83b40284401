"""Verify and trace: what a finished file says of itself, and whether it may be believed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

from generique.ledger.envelope import Envelope
from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.replay import Fault, verify_ledger
from generique.marks.credential.claims import LINEAGE_ASSERTION
from generique.marks.credential.judge import judge
from generique.marks.credential.report import CredentialTree
from generique.marks.credential.statements import FILE_ASSERTION
from generique.marks.proofcheck import verify_proof_file
from generique.marks.verdict import Finding, Judgement, Verdict, worst
from generique.model.errors import UnreadableInput, UsageError
from generique.model.lineage import ElementUse, Lineage
from generique.model.values import Digest, Value
from generique.production.whereabouts import missing_credential
from generique.titles.credits import Credits, credits_of

_CERTIFICATES = {"signer.untrusted", "ingredient.untrusted"}
"""Findings that only say that no trusted root stands above a certificate."""


class Trust(Value):
    """Whom the reader believes.

    Attributes:
        keys: Public keys of signers of ledgers.
        root: Root certificate of credentials, PEM; None when none was named.
    """

    keys: tuple[PublicKey, ...] = ()
    root: str | None = None


class Report(Value):
    """What verification found.

    Attributes:
        verdict: The worst that is left after all findings.
        essence: Essence digest of the file; None when it cannot be read.
        signers: Who signed, as far as is said.
        checked: What was checked, in words.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    file: Digest
    essence: Digest | None
    signers: tuple[str, ...]
    checked: tuple[str, ...]

    @property
    def fault(self) -> bool:
        """True when the file did not pass: broken, or not known to be whole."""
        return self.verdict in {Verdict.BROKEN, Verdict.UNKNOWN}


class EssenceReader(Protocol):
    """Reads picture and sound."""

    def essence(self, path: Path) -> Digest:
        """Essence digest of a picture or sound file."""


class CredentialReader(Protocol):
    """Reads content credentials."""

    def read(self, path: Path, *, anchors: str | None = None) -> CredentialTree | None:
        """The credential of a file, None when it has none; ``anchors`` is a root in PEM."""


class Exhibit(Value):
    """A file to be verified, with what lies beside it.

    Attributes:
        path: The file.
        digest: Digest of its bytes.
        proof: Text of its proof file; None when there is none.
        witnessed: The last checkpoint that witnesses cosigned; None when none did.
    """

    path: Path
    digest: Digest
    proof: str | None
    witnessed: str | None = None


def verify_file(
    exhibit: Exhibit,
    trust: Trust,
    bench: EssenceReader,
    credentials: CredentialReader,
    ledger: Ledger | None = None,
) -> Report:
    """Verify a file by its own means: credential tree, essence, proof, and the ledger if at hand.

    A proof by a trusted key names the file's exact bytes; that the credential's certificate is
    under no trusted root is then told, but no longer lowers the verdict.

    Args:
        exhibit: The file and its proof.
        trust: Whom the reader believes.
        bench: Reads picture and sound.
        credentials: Reads the credential.
        ledger: The production's own ledger, where it is at hand.
    """
    path, digest, proof = exhibit.path, exhibit.digest, exhibit.proof
    essence, unread = _essence(path, bench)
    tree, shown = _shown(path, essence, trust, credentials)
    if tree is None and shown.passed:
        lost = missing_credential(digest, essence, proof, ledger)
        shown = Judgement(verdict=lost.verdict, findings=(lost,))
    content = tree.content if tree is not None else None
    whole = content is not None and content.whole_file
    if whole and proof is None:
        proven = Judgement(verdict=Verdict.TRUSTED)  # the credential binds all bytes itself
    else:
        proven = _proven(proof, digest, essence, trust)
    if content is not None and whole and content.data(FILE_ASSERTION) is not None:
        unread = ()  # a file that is neither picture nor sound has no essence to be read
    findings = [*unread, *shown.findings, *proven.findings]
    weighed = findings
    if proven.verdict is Verdict.TRUSTED:
        weighed = [finding for finding in findings if finding.code not in _CERTIFICATES]
    verdicts = [finding.verdict for finding in weighed]
    checked = ["credential and its whole ingredient tree", "essence of picture and sound"]
    if proof is not None:
        checked.append("proof of the ledger entry")
    if ledger is not None:
        faults = _ledger_faults(ledger, exhibit, trust)
        findings += faults
        verdicts += [fault.verdict for fault in faults]
        checked.append(f"all {ledger.size()} entries of the production's ledger")
    return Report(
        verdict=worst(verdicts),
        findings=tuple(dict.fromkeys(findings)),
        file=digest,
        essence=essence,
        signers=tuple(filter(None, (shown.signer, proven.signer))),
        checked=tuple(checked),
    )


def _shown(
    path: Path, essence: Digest | None, trust: Trust, credentials: CredentialReader
) -> tuple[CredentialTree | None, Judgement]:
    """The credential and what it comes to; None and no finding where there is none."""
    try:
        tree = credentials.read(path, anchors=trust.root)
    except UnreadableInput as error:
        finding = Finding(
            code="credential.unreadable", where=path.name, why=error.why or error.what
        )
        return None, Judgement(verdict=Verdict.BROKEN, findings=(finding,))
    if tree is None or tree.manifest is None:
        return None, Judgement(verdict=Verdict.UNKNOWN)
    return tree, judge(tree, essence)


def _essence(path: Path, bench: EssenceReader) -> tuple[Digest | None, tuple[Finding, ...]]:
    try:
        return bench.essence(path), ()
    except UnreadableInput as error:
        finding = Finding(code="file.unreadable", where=path.name, why=error.why or error.what)
        return None, (finding,)


def _proven(proof: str | None, digest: Digest, essence: Digest | None, trust: Trust) -> Judgement:
    if proof is None:
        missing = Finding(
            code="proof.missing",
            where="file",
            why="there is no proof file beside it, so its exact bytes cannot be vouched for",
            verdict=Verdict.UNKNOWN,
        )
        return Judgement(verdict=Verdict.UNKNOWN, findings=(missing,))
    return verify_proof_file(proof, digest, essence, trust.keys)


def _ledger_faults(ledger: Ledger, exhibit: Exhibit, trust: Trust) -> list[Finding]:
    held = [exhibit.witnessed] if exhibit.witnessed else []
    proof = exhibit.proof
    if proof is not None and "\n\n" in proof:
        held.append(proof.split("\n\n", 1)[1])
    report = verify_ledger(ledger.raw_entries(), ledger.checkpoint(), trust.keys, held=held)
    grouped: dict[tuple[str, str, Verdict], list[int]] = {}
    for fault in report.faults:
        if fault.code == "checkpoint.unknown-signer":
            continue  # the reader's own key has just signed it; the proof's one is judged there
        verdict, why = weighed_fault(fault, lambda entry: ledger.entry(entry).envelope)
        grouped.setdefault((fault.code, why, verdict), []).extend(
            [] if fault.entry is None else [fault.entry]
        )
    for told in report.backwards:  # clocks prove nothing: it is told, and lowers no verdict
        place = [] if told.entry is None else [told.entry]
        grouped.setdefault((told.code, told.why, Verdict.TRUSTED), []).extend(place)
    return [
        Finding(code=code, where=_entries(places), why=why, verdict=verdict)
        for (code, why, verdict), places in grouped.items()
    ]


def weighed_fault(fault: Fault, envelope_of: Callable[[int], Envelope]) -> tuple[Verdict, str]:
    """What a fault of the ledger leaves: an unknown key is no damage, only nobody one believes.

    A decision whose key is unknown to the reader, but whose signature is there, is weighed like
    an entry by an unknown signer; one whose signature is missing is broken.

    Args:
        fault: As the re-derivation found it.
        envelope_of: Gives the envelope of an entry.
    """
    if fault.code == "entry.unknown-signer":
        return Verdict.UNTRUSTED_SIGNER, fault.why
    if fault.code == "entry.decider" and fault.entry is not None:
        envelope = envelope_of(fault.entry)
        decider = envelope.statement().predicate.get("key")
        if decider in {signature.keyid for signature in envelope.signatures}:
            return Verdict.UNTRUSTED_SIGNER, f"{decider} decides, whose key you do not know"
    return Verdict.BROKEN, fault.why


def _entries(places: list[int]) -> str:
    """Where in the ledger; a long list is counted."""
    if not places:
        return "ledger"
    if len(places) == 1:
        return f"ledger, entry {places[0]}"
    return f"ledger, {len(places)} entries, the first is {places[0]}"


def stated_lineage(tree: CredentialTree | None, where: str) -> tuple[Lineage, str]:
    """The lineage and language that a master's credential carries.

    Raises:
        UnreadableInput: It carries none.
    """
    data: dict[str, Any] | None = None
    if tree is not None and tree.content is not None:
        data = tree.content.data(LINEAGE_ASSERTION)
    if data is None or not isinstance(data.get("lineage"), dict):
        raise UnreadableInput(
            "this file carries no lineage",
            where=where,
            why="it has no credential of ours, or it was stripped on the way",
            next_step="trace the master as it was delivered, with its credential",
        )
    return Lineage.read(data["lineage"], where=where), str(data.get("language", ""))


def trace(lineage: Lineage, language: str, seconds: Fraction) -> dict[str, Any]:
    """What is seen and heard at a moment, as the JSON document of the command.

    Args:
        lineage: Of the film.
        language: Of the version.
        seconds: The moment; the frame that is on the screen then.

    Raises:
        UsageError: The film is not that long.
    """
    return trace_frame(lineage, language, int(seconds * lineage.rate.fps), seconds)


def trace_frame(
    lineage: Lineage, language: str, frame: int, seconds: Fraction | None = None
) -> dict[str, Any]:
    """What is seen and heard at a frame.

    Args:
        lineage: Of the film.
        language: Of the version.
        frame: From 0.
        seconds: The moment that was asked for; None for the frame's own.

    Raises:
        UsageError: The film is not that long.
    """
    seconds = frame / lineage.rate.fps if seconds is None else seconds
    if not 0 <= frame < lineage.frames:
        length = float(lineage.rate.seconds(lineage.frames))
        raise UsageError(
            f"the film has no moment {float(seconds):g} s",
            why=f"it is {length:g} s long",
            next_step="give a time from 0 up to its length",
        )
    written = credits_of(lineage, language)
    return {
        "schema": "generique/trace/1",
        "at": float(seconds),
        "frame": frame,
        "timecode": lineage.rate.timecode(frame),
        "language": language,
        "elements": [_traced(use, written) for use in lineage.at(frame, language)],
    }


def _traced(use: ElementUse, written: Credits) -> dict[str, Any]:
    passport = use.passport
    training = passport.training if passport else None
    datasets: Any = None
    if training is not None:
        listed = [dataset.to_json() for dataset in training.datasets]
        datasets = listed if training.statement == "disclosed" else training.statement
    return {
        "element": use.id,
        "kind": use.kind.value,
        "track": str(use.track),
        "title": use.title,
        "class": use.element_class.value,
        "take": use.take,
        "backend": f"{passport.name} {passport.version}" if passport else None,
        "prompt": use.prompt,
        "notes": list(use.notes),
        "seed": use.seed,
        "datasets": datasets,
        "consents": [
            *(training.consents if training else ()),
            *(use.rights.consents if use.rights else ()),
            *(name for each in use.references if each.rights for name in each.rights.consents),
        ],
        "references": [each.to_json() for each in use.references],
        "source_type": use.source_type.uri,
        "essence": use.essence,
        "rights": use.rights.to_json() if use.rights else None,
        "approvals": [
            {**entry.decision.to_json(), "entry": entry.entry} for entry in use.decisions
        ],
        "credit": credit_line(use, written),
        **use.delivery.to_json(),
        "entry": use.entry,
    }


def credit_line(use: ElementUse, written: Credits) -> str | None:
    """The end credit that covers an element, as it reads on the screen; None when none does."""
    for section in written.sections:
        for line in section.lines:
            if use.id in line.elements:
                return ", ".join(filter(None, (line.what, line.who)))
    return None
