"""A time-stamping authority (RFC 3161) on this machine, for the tests."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05


def der(tag: int, *parts: bytes) -> bytes:
    """One DER element around others."""
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(part) for part in dotted.split("."))
    out = [first * 40 + second]
    for number in rest:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(0x80 | (number & 0x7F))
        out += reversed(digits)
    return der(OID, bytes(out))


def integer(value: int) -> bytes:
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def elements(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Tag, content and whole of the elements in some bytes."""
    place = 0
    while place < len(data):
        size, body = data[place + 1], place + 2
        if size & 0x80:
            more = size & 0x7F
            size, body = int.from_bytes(data[body : body + more], "big"), body + more
        yield data[place], data[body : body + size], data[place : body + size]
        place = body + size


SHA256 = der(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"))
ECDSA_SHA256 = der(SEQUENCE, oid("1.2.840.10045.4.3.2"))
SIGNED_DATA = oid("1.2.840.113549.1.7.2")
TST_INFO = oid("1.2.840.113549.1.9.16.1.4")


class Authority:
    """Issues stamps under a root of its own.

    Args:
        now: Its clock.
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._key = ec.generate_private_key(ec.SECP256R1())
        root_key = ec.generate_private_key(ec.SECP256R1())
        root = self._certificate("Time root", root_key, None, root_key)
        self._leaf = self._certificate("Time stamps", self._key, root.subject, root_key)
        self.root = root.public_bytes(serialization.Encoding.PEM).decode()
        self.count = 0

    def answer(self, request: bytes) -> bytes:
        """A response with one token for a request."""
        _, body, _ = next(elements(request))
        parts = list(elements(body))
        imprint = parts[1][2]
        nonce = b"".join(whole for tag, _, whole in parts[2:] if tag == INTEGER)
        self.count += 1
        moment = self._now().strftime("%Y%m%d%H%M%SZ").encode()
        info = der(
            SEQUENCE,
            integer(1),
            oid("1.2.3.4.1"),
            imprint,
            integer(self.count),
            der(0x18, moment),
            nonce,
        )
        granted = der(SEQUENCE, integer(0))
        return der(SEQUENCE, granted, der(SEQUENCE, SIGNED_DATA, der(0xA0, self._signed(info))))

    def _signed(self, info: bytes) -> bytes:
        certificate = self._leaf.public_bytes(serialization.Encoding.DER)
        chosen = der(
            SEQUENCE,
            der(SEQUENCE, der(SEQUENCE, der(OCTETS, hashlib.sha256(certificate).digest()))),
        )
        attributes = sorted(
            (
                self._attribute("1.2.840.113549.1.9.3", TST_INFO),
                self._attribute("1.2.840.113549.1.9.4", der(OCTETS, hashlib.sha256(info).digest())),
                self._attribute("1.2.840.113549.1.9.16.2.47", chosen),
            )
        )
        signature = self._key.sign(der(SET, *attributes), ec.ECDSA(hashes.SHA256()))
        signer = der(
            SEQUENCE,
            integer(1),
            der(SEQUENCE, self._leaf.issuer.public_bytes(), integer(self._leaf.serial_number)),
            SHA256,
            der(0xA0, *attributes),
            ECDSA_SHA256,
            der(OCTETS, signature),
        )
        # Only the signer's certificate: a chain out of DER order is refused by some verifiers.
        return der(
            SEQUENCE,
            integer(3),
            der(SET, SHA256),
            der(SEQUENCE, TST_INFO, der(0xA0, der(OCTETS, info))),
            der(0xA0, certificate),
            der(SET, signer),
        )

    @staticmethod
    def _attribute(name: str, value: bytes) -> bytes:
        return der(SEQUENCE, oid(name), der(SET, value))

    @staticmethod
    def _certificate(
        name: str,
        key: ec.EllipticCurvePrivateKey,
        issuer: x509.Name | None,
        issuing: ec.EllipticCurvePrivateKey,
    ) -> x509.Certificate:
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Clock"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
            ]
        )
        moment = datetime.now(UTC)
        usage = x509.KeyUsage(
            digital_signature=issuer is not None,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=issuer is None,
            crl_sign=issuer is None,
            encipher_only=False,
            decipher_only=False,
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer or subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(moment - timedelta(days=800))
            .not_valid_after(moment + timedelta(days=800))
            .add_extension(
                x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True
            )
            .add_extension(usage, critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.public_key()),
                critical=False,
            )
        )
        if issuer is not None:
            builder = builder.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        return builder.sign(issuing, hashes.SHA256())


@contextmanager
def serving(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """Answer requests at a loopback address, which is given."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                reply = answer(self.rfile.read(int(self.headers["Content-Length"])))
            except LookupError:
                self.send_error(503)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
