from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from generique.model.territory import Territory

READ = TypeAdapter[str](Territory)


@pytest.mark.parametrize("code", ["FR", "CA", "GB", "*"])
def test_a_country_and_the_world_are_territories(code: str) -> None:
    assert READ.validate_python(code) == code


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("fr", "neither an ISO 3166 code"),
        ("France", "neither an ISO 3166 code"),
        ("", "neither an ISO 3166 code"),
        ("FR ", "neither an ISO 3166 code"),
        ("EU", "name its member states"),
        ("UK", "is GB"),
    ],
)
def test_what_no_rule_about_a_country_would_meet_is_none(code: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        READ.validate_python(code)
