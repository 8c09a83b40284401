"""The letter that lies on top of an evidence package: what is in it, and how to check it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_MEANINGS = (
    ("README.txt", "this letter"),
    ("manifest.json", "every file of the package with its SHA-256 digest"),
    ("seal.dsse", "the studio's signature over manifest.json (DSSE envelope, Ed25519)"),
    ("keys.txt", "public keys of those who signed the ledger, one a line"),
    ("root.pem", "root certificate of the content credentials in the masters"),
    ("ledger/entries.jsonl", "every entry of the production's ledger, as it was signed"),
    ("ledger/checkpoint.txt", "size and root of the ledger, signed"),
    ("ledger/witnessed.txt", "an earlier state of the ledger that outsiders cosigned"),
    ("ledger/proofs/", "one proof for each entry that the report rests on"),
    ("lineage/", "where every element of the film comes from, as it was sealed"),
    ("masters.json", "digests of the finished films, and the entries that sealed them"),
    ("masters/", "the finished films themselves"),
    ("decisions.json", "what people decided on which exact take, and why; what is void says so"),
    ("contract/", "the contract: the clauses as the program reads them, and the document"),
    ("rights/passports.json", "what is known of tools, models and datasets"),
    ("rights/digests.json", "digests of consents and documents, which are not in the package"),
    ("rights/uses.json", "generative uses as people declared them"),
    ("rights/consents.json", "the consents of people"),
    ("rights/documents/", "documents that passports and consents name"),
    ("report/", "the audit report: for programs, as pages, and on paper, in English and French"),
    ("tep/", "generated pictures as a Technical Evidence Package 1.9.0 (pictures only)"),
)


def readme(about: Mapping[str, Any], names: Iterable[str]) -> str:
    """The letter.

    Args:
        about: Production, title, time of the last entry, verdict.
        names: Members of the package.
    """
    held = (*names, "README.txt", "manifest.json", "seal.dsse")
    contents = [
        f"  {place:<24} {meaning}"
        for place, meaning in _MEANINGS
        if any(name == place or (place.endswith("/") and name.startswith(place)) for name in held)
    ]
    title = " ".join(str(about["title"]).split())
    lines = (
        f"Evidence for the film “{title}”",
        "",
        f"This package holds what the production {about['production']} recorded of the film",
        f"until {about['until']}.",
        f"The audit in it came out: {about['verdict']}.",
        "",
        "What is in it",
        "",
        *contents,
        "",
        "How to check it",
        "",
        "1. Ask the studio for its public key on another way than this package: by telephone, on",
        "   paper, from its site. The keys in keys.txt only say who is claimed to have signed.",
        "2. Without any network:  generique verify PACKAGE.zip --key THE-KEY",
        "   This re-reads every entry of the ledger and checks signatures, order, proofs, digests,",
        "   masters, decisions, contract and rights against each other. One changed byte is found.",
        "   It says which entry of the ledger vouches for a file, or that only the seal does.",
        "3. A film that you hold is checked the same way:  generique verify FILM.mp4",
        "",
        "Without the program: the files are stored as they are, so that any ZIP program opens them",
        "and sha256sum gives the digests that manifest.json lists. An entry's leaf hash is SHA-256",
        "over a zero byte and the entry; the tree is that of RFC 6962; envelopes are DSSE; the",
        "checkpoint is a C2SP signed note; proofs are C2SP tlog-proof.",
        "",
        "What it does not show",
        "",
        "That the record is complete. It shows that nothing in it was changed after it was signed,",
        "and who signed. What nobody recorded is not in it.",
        "",
    )
    return "\n".join(lines)
