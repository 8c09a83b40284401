"""The credential library (c2pa), and the one place that calls its exported functions directly.

Its Python classes sign only by copying a file several times. The C function used here signs a
claim whose hard binding is already in it, and gives back the manifest store.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import c2pa
from c2pa import c2pa as bindings

from generique.machineroom.certificates import CredentialSigner
from generique.model.errors import NotConfigured, UnreadableInput

OLDEST_PYTHON = (0, 38, 1)
OLDEST_NATIVE = (0, 91, 3)
"""Before, a credential could be taken from a file and still validate (c2pa-rs, PR 2643)."""
_STORE = b"application/c2pa"


def require_library(python: str | None = None, native: str | None = None) -> None:
    """Refuse releases of the library with known holes.

    Args:
        python: Version of the package; None asks the package.
        native: Version of the shared library; None asks the library.

    Raises:
        NotConfigured: One of them is too old, or does not say how old it is.
    """
    for name, found, oldest in (
        ("c2pa-python", python or version("c2pa-python"), OLDEST_PYTHON),
        ("c2pa-rs", native or c2pa.sdk_version(), OLDEST_NATIVE),
    ):
        if _numbers(found) < oldest:
            needed = ".".join(str(number) for number in oldest)
            raise NotConfigured(
                "the credential library is too old to be believed",
                where=f"{name} {found}",
                why="before this release a credential could be moved to another file",
                next_step=f"install {name} {needed} or newer",
            )


def library_context(
    anchors: str | None, signer: CredentialSigner | None = None, stamps: str | None = None
) -> Any:
    """Settings of one operation; nothing is kept between two.

    Args:
        anchors: Root certificates that are trusted, PEM; None trusts nobody.
        signer: Signs; None only reads.
        stamps: Address of the authority that stamps the time; None asks none.

    Raises:
        UnreadableInput: The root certificates are none.
    """
    settings: dict[str, Any] = {
        "builder": {
            "thumbnail": {"enabled": False},
            "actions": {"auto_all_actions_included": True},
        },
        "verify": {
            "verify_after_sign": False,  # it is read back here, once
            "verify_trust": True,
            "verify_timestamp_trust": True,
            "remote_manifest_fetch": False,
            "ocsp_fetch": False,
        },
    }
    if anchors is not None:
        settings["trust"] = {"trust_anchors": anchors}
    try:
        if signer is None:
            return c2pa.Context.from_dict(settings)
        return c2pa.Context.from_dict(
            settings,
            signer=c2pa.Signer.from_callback(
                signer.sign, c2pa.C2paSigningAlg.ES256, signer.chain, stamps
            ),
        )
    except c2pa.C2paError as error:
        raise UnreadableInput(
            "the root certificates cannot be read",
            why=str(error)[:200],
            next_step="give certificates in PEM",
        ) from error


def sign_bound(builder: Any) -> bytes:
    """Sign a manifest that holds its hard binding already.

    Args:
        builder: Of the library, with a context that signs.

    Returns:
        The manifest store.

    Raises:
        C2paError: The library refuses.
    """
    handle, library, last_error = _reached(builder)
    function = library.c2pa_builder_sign_embeddable
    function.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.POINTER(ctypes.POINTER(ctypes.c_ubyte)),
    ]
    function.restype = ctypes.c_int64
    library.c2pa_free.argtypes = [ctypes.c_void_p]
    out = ctypes.POINTER(ctypes.c_ubyte)()
    length = function(ctypes.cast(handle, ctypes.c_void_p), _STORE, ctypes.byref(out))
    if length < 0:
        raise c2pa.C2paError(last_error() or "unknown error")
    try:
        return ctypes.string_at(out, length)
    finally:
        library.c2pa_free(ctypes.cast(out, ctypes.c_void_p))


def _reached(builder: Any) -> tuple[Any, ctypes.CDLL, Callable[[], str | None]]:
    """Handle of a builder, the shared library for types of our own, and its last error."""
    return builder._handle, ctypes.CDLL(bindings._lib._name), bindings._read_native_error  # noqa: SLF001 -- there are no other names for them


def _numbers(version_text: str) -> tuple[int, ...]:
    """Version as numbers; a text without any is older than everything."""
    return tuple(
        int(part)
        for part in version_text.split("+", maxsplit=1)[0].split(".")[:3]
        if part.isdigit()
    )
