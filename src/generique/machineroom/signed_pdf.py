"""Electronic signatures on PDFs (PAdES baseline B); the one module that owns pyHanko.

The library takes a second to load; only commands that look at a signed document load this module.

What is signed is every byte of the document as it then was. A later signature is added behind and
leaves the earlier ones whole.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from generique.model.errors import BackendFailed, UnreadableInput
from generique.model.values import Value

if TYPE_CHECKING:
    from datetime import datetime

    from generique.machineroom.certificates import PersonSigner

for _name in ("pyhanko", "pyhanko_certvalidator"):
    # It logs a traceback for each signer that is not known; what is found is said in our verdict.
    logging.getLogger(_name).addHandler(logging.NullHandler())

_PDF_ERRORS = (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError)
"""What the library raises for documents that it cannot take."""


class SignatureState(StrEnum):
    """What a signature is found to be."""

    TRUSTED = "trusted"
    """Whole, and its certificate leads to a root that this machine trusts."""
    UNTRUSTED = "untrusted signer"
    """Whole, by a signer whose certificate leads to no such root."""
    BROKEN = "broken"
    """The document was changed after it, or it does not fit."""


class DocumentSignature(Value):
    """One signature on a document.

    Attributes:
        name: Of the signer, as the certificate says it.
        field: Name of the field of the document that it fills.
    """

    name: str
    field: str
    state: SignatureState

    @property
    def holds(self) -> bool:
        """True when the document is what this signer signed."""
        return self.state is not SignatureState.BROKEN


def sign_document(data: bytes, signer: PersonSigner, *, field: str, reason: str) -> bytes:
    """Add a person's signature to a PDF.

    Args:
        data: The PDF, signed already or not.
        signer: The person's key and certificate.
        field: Name of the signature's field; each of a document has its own.
        reason: Why it is signed; stands in the signature.

    Raises:
        UnreadableInput: It is no PDF that can be signed, or has that field already.
        BackendFailed: The signature does not hold once it is read back.
    """
    identity = _identity(signer)
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    try:
        signed = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), metadata, identity)
    except _PDF_ERRORS as error:
        raise _unreadable(str(error)) from error
    result: bytes = signed.getvalue()
    if not all(one.holds for one in read_signatures(result, roots=signer.chain)):
        raise BackendFailed(
            "the signature does not hold once it is read back",
            next_step="nothing was written; report it, with the document",
        )
    return result


def read_signatures(
    data: bytes, *, roots: str, moment: datetime | None = None
) -> tuple[DocumentSignature, ...]:
    """Check every signature on a PDF; nothing is fetched.

    Args:
        data: The PDF.
        roots: Certificates that are trusted, PEM.
        moment: When certificates have to be valid; None for now.

    Raises:
        UnreadableInput: It is no PDF that can be read.
    """
    trusted = [one for one in _certificates(roots) if one.self_signed in {"yes", "maybe"}]
    try:
        return tuple(
            _judged(
                embedded,
                validate_pdf_signature(
                    embedded,
                    ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment),
                ),
            )
            for embedded in PdfFileReader(BytesIO(data)).embedded_signatures
        )
    except _PDF_ERRORS as error:
        raise _unreadable(str(error)) from error


def _judged(embedded: Any, status: Any) -> DocumentSignature:

    whole = (
        status.intact
        and status.valid
        and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level <= ModificationLevel.FORM_FILLING
    )
    state = SignatureState.BROKEN
    if whole:
        state = SignatureState.TRUSTED if status.trusted else SignatureState.UNTRUSTED
    names = embedded.signer_cert.subject.native
    return DocumentSignature(
        name=str(names.get("common_name", "an unnamed signer")),
        field=str(embedded.field_name),
        state=state,
    )


def _identity(signer: PersonSigner) -> Any:

    both = signer.reveal()
    certificate = both[both.index(b"-----BEGIN CERTIFICATE-----") :]
    stores: Any = SimpleCertificateStore  # its methods state no types
    store = stores.from_certs(_certificates(signer.chain))
    return signers.SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(certificate))),
        signing_key=load_private_key_from_pemder_data(both, passphrase=None),
        cert_registry=store,
    )


def _certificates(chain: str) -> list[Any]:

    return list(load_certs_from_pemder_data(chain.encode("ascii")))


def _unreadable(why: str) -> UnreadableInput:
    return UnreadableInput(
        "the document cannot be read as a PDF with signatures",
        why=why,
        next_step="see whether it is a whole PDF that is not encrypted",
    )
