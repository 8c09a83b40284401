"""Bodies of orders held against the parameter types of an official SDK."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import TypeAdapter


def snake(body: Any) -> Any:
    """A body with the names that the SDK's types use: ``promptText`` is ``prompt_text`` there."""
    if isinstance(body, dict):
        return {re.sub("([A-Z])", r"_\1", key).lower(): snake(each) for key, each in body.items()}
    return [snake(each) for each in body] if isinstance(body, list) else body


def hold_against(kind: Any, body: Any) -> None:
    """Fail where a body has a wrong value, lacks a field, or has one that the type does not know.

    Validation drops fields that a type does not know: what comes out has to be what went in.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    read = adapter.validate_python(body, strict=True)
    assert json.loads(adapter.dump_json(read)) == body
