"""``generique verify``: a file's credential, proof and ledger, without trusting it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from cryptography import x509

from generique.ledger.keys import PublicKey
from generique.machineroom.files import read_text
from generique.marks.verdict import Finding, Verdict
from generique.model.errors import ExitCode, UnreadableInput
from generique.production.evidence import Report, Trust
from generique.production.package_report import RE_DERIVED, SEAL_ALONE
from generique.studio.cli.console import AsJson, show
from generique.studio.witness import Kind, Witness

app = typer.Typer(help="Check a file's credential, proof and ledger.", add_completion=False)

KeyOption = Annotated[
    list[str] | None,
    typer.Option("--key", help="Public key of a signer that you trust, or a file of such keys."),
]
RootOption = Annotated[
    Path | None, typer.Option("--root", help="Root certificate that you trust, PEM.")
]


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The file.")],
    proof: Annotated[
        Path | None, typer.Option(help="Its proof file; the one beside it by default.")
    ] = None,
    key: KeyOption = None,
    root: RootOption = None,
    *,
    require_trusted: Annotated[
        bool, typer.Option("--require-trusted", help="Fail unless the signer is one you trust.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Re-derive a verdict over the whole ingredient tree, the proof and the ledger.

    An evidence package (ZIP) and a proof file are checked by themselves: a package with all that
    it holds, a proof with what it says.
    """
    witness = Witness(file)
    kind = witness.kind()
    if kind is not Kind.FILM:
        trust = trust_of(key, root, witness.own_trust())
        known = _package if kind is Kind.PACKAGE else _statement
        known(witness, trust, require_trusted=require_trusted, as_json=as_json)
    report = witness.verify(proof, trust_of(key, root, witness.own_trust()))
    document = {
        "schema": "generique/verify/1",
        **report.to_json(),
        "findings": [finding.to_json() for finding in report.findings],
    }
    show(document, _lines(file, report), as_json=as_json)
    raise typer.Exit(_code(report.verdict, fault=report.fault, require_trusted=require_trusted))


def _package(witness: Witness, trust: Trust, *, require_trusted: bool, as_json: bool) -> NoReturn:
    """Verify an evidence package."""
    report = witness.verify_package(trust)
    lines = [
        f"{witness.name}: {report.verdict.value}",
        *(f"  checked: {what}" for what in report.checked),
        *(f"  signed by: {signer}" for signer in report.signers),
        *_findings(report.findings),
        *_vouched(report.vouched),
    ]
    if report.title and not report.fault:
        lines.append(
            f"  the audit of “{report.title}” in it came out: {report.audit}, as of {report.until}"
        )
    document = {"schema": "generique/verify-package/1", **report.to_json()}
    show(document, lines, as_json=as_json)
    raise typer.Exit(_code(report.verdict, fault=report.fault, require_trusted=require_trusted))


def _statement(witness: Witness, trust: Trust, *, require_trusted: bool, as_json: bool) -> NoReturn:
    """Verify a proof file without the file that it is about."""
    report = witness.verify_statement(trust)
    judged = report.judgement
    lines = [
        f"{witness.name}: {judged.verdict.value}",
        *(f"  signed by: {signer}" for signer in filter(None, [judged.signer])),
        *(f"  about {name}: {digest}" for name, digest in report.about.items()),
        *(f"  {line}" for line in report.says),
        *_findings(judged.findings),
    ]
    document = {
        "schema": "generique/verify-statement/1",
        "verdict": judged.verdict.value,
        "findings": [finding.to_json() for finding in judged.findings],
        "about": report.about,
        "says": list(report.says),
    }
    show(document, lines, as_json=as_json)
    raise typer.Exit(_code(judged.verdict, fault=report.fault, require_trusted=require_trusted))


def trust_of(keys: list[str] | None, root: Path | None, own: Trust) -> Trust:
    """Whom the reader believes: what was named, else the keys of this machine."""
    if not keys and root is None:
        return own
    parsed = []
    for named in keys or []:
        text = read_text(Path(named)) if Path(named).is_file() else named
        parsed += [PublicKey.parse(line) for line in text.splitlines() if line.strip()]
    return Trust(keys=tuple(parsed), root=None if root is None else _certificate(root))


def _certificate(path: Path) -> str:
    """A root certificate; what is none is the reader's slip and no fault of the file verified.

    Raises:
        UnreadableInput: The file is no certificate in PEM.
    """
    text = read_text(path)
    try:
        x509.load_pem_x509_certificate(text.encode())
    except ValueError as error:
        raise UnreadableInput(
            f"{path} is no certificate",
            where=str(path),
            why="expected PEM, as `generique keys --save` writes it to root.pem",
            next_step="ask the signer for root.pem",
        ) from error
    return text


def _lines(file: Path, report: Report) -> list[str]:
    return [
        f"{file.name}: {report.verdict.value}",
        *(f"  checked: {what}" for what in report.checked),
        *(f"  signed by: {signer}" for signer in report.signers),
        *_findings(report.findings),
    ]


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings, those that say the same of several places in one line."""
    places: dict[tuple[str, str], list[str]] = {}
    for found in findings:
        places.setdefault((found.code, found.why), []).append(found.where)
    for (code, why), where in places.items():
        more = f" and {len(where) - 1} more places" if len(where) > 1 else ""
        yield f"  {code} ({where[0]}{more}): {why}"


def _vouched(vouched: Mapping[str, str]) -> Iterator[str]:
    """Who vouches for which members, but for the ledger itself and what follows from it."""
    alone = [name for name, by in vouched.items() if by == SEAL_ALONE]
    for name, by in vouched.items():
        if by not in {SEAL_ALONE, RE_DERIVED}:
            yield f"  {name}: {by}"
    if alone:
        first = ", ".join(alone[:3])
        more = f" and {len(alone) - 3} more" if len(alone) > 3 else ""
        yield f"  on the word of {SEAL_ALONE}: {first}{more}"


def _code(verdict: Verdict, *, fault: bool, require_trusted: bool) -> ExitCode:
    if fault or (require_trusted and verdict is not Verdict.TRUSTED):
        return ExitCode.FINDINGS
    return ExitCode.DONE
