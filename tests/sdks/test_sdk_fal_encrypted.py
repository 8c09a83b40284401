"""fal's client as a program of its own: not a line or constant of it changed, over TLS.

It is told of the queue by ``FAL_QUEUE_RUN_HOST``, which it reads when it is imported, and trusts
the simulator's certificate by ``SSL_CERT_FILE``.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from generique.testing.providers.pika import SimulatedPika

PROGRAM = """
import fal_client
handle = fal_client.submit("fal-ai/pika/v2.2/text-to-video", {"prompt": "a harbour at dawn"})
print(handle.get(interval=0.01)["video"]["content_type"])
"""


def certificate(folder: Path) -> Path:
    """A key and a certificate of 127.0.0.1, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a queue on this machine")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "queue.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class EncryptedPika(SimulatedPika):
    """The queue over TLS."""

    def __init__(self, pem: Path) -> None:
        super().__init__()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    @property
    def base(self) -> str:
        """Address, without a path."""
        return super().base.replace("http:", "https:")


def test_the_client_as_it_came_works_with_the_simulated_queue(tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    with EncryptedPika(pem) as queue:
        told = {
            **os.environ,
            "FAL_KEY": "not-a-real-key",
            "FAL_QUEUE_RUN_HOST": queue.base.removeprefix("https://"),
            "SSL_CERT_FILE": str(pem),
        }
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=told,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stdout.strip() == "video/mp4", done.stderr[-800:]
        assert queue.log[0] == "POST /fal-ai/pika/v2.2/text-to-video"
        assert len(queue.jobs) == 1
