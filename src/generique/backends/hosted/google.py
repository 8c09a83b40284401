"""What Google's interfaces have in common: how they say no."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Literal

from generique.backends.hosted.provider import Answer, Provider, kind_of, words_of
from generique.production.job_ports import Failure

_POLICY = (
    "safety",
    "responsible ai",
    "policy",
    "policies",
    "usage guidelines",
    "sensitive words",
    "prohibited",
    "blocked",
)
"""Words of refusals by moderation, in lower case. The code alone does not tell: it is that of any
argument that is not valid."""
_KINDS: dict[int, Literal["invalid", "access", "throttled", "capacity", "cancelled", "missing"]] = {
    1: "cancelled",
    3: "invalid",
    5: "missing",
    7: "access",
    8: "throttled",
    14: "capacity",
    16: "access",
}
"""Kinds of failure by code of ``google.rpc.Code``."""


def by_policy(words: str) -> bool:
    """Whether a message speaks of a refusal by moderation."""
    return any(word in words.lower() for word in _POLICY)


def ended(status: Mapping[str, Any]) -> Failure:
    """What the ``google.rpc.Status`` of a job that has ended means."""
    code = status.get("code")
    words = str(status.get("message") or "it failed")[:300]
    if by_policy(words):
        return Failure(kind="moderated", code=str(code), words=words)
    if isinstance(code, int) and code in _KINDS:
        return Failure(kind=_KINDS[code], code=str(code), words=words)
    return Failure(kind="failed", code=str(code or ""), words=words)


def decoded(text: object) -> bytes | None:
    """Base64 text as bytes; None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None


class Google(Provider):
    """The part of a dialect that all of Google's share."""

    def refused(self, answer: Answer) -> Failure:
        """An error of Google's interfaces: code, status, message and details."""
        error = answer.document().get("error")
        error = error if isinstance(error, dict) else {}
        code, words = str(error.get("status") or ""), words_of(answer)
        details = error.get("details")
        reasons = [
            str(each.get("reason"))
            for each in (details if isinstance(details, list) else [])
            if isinstance(each, dict) and each.get("reason")
        ]
        if "API_KEY_INVALID" in reasons:
            return Failure(kind="access", code="API_KEY_INVALID", words=words)
        if "BILLING_DISABLED" in reasons:
            return Failure(kind="balance", code="BILLING_DISABLED", words=words)
        if answer.status == 400 and by_policy(words):
            return Failure(kind="moderated", code=code, words=words)
        return Failure(kind=kind_of(answer.status), code=code, words=words, wait=answer.wait)
