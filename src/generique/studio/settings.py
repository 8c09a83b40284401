"""Settings of the program on this machine, from the environment."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from variables named ``GENERIQUE_…``.

    Attributes:
        home: Where keys and the scratch production lie.
        timestamp_url: Address of the time-stamping authority (RFC 3161) that is asked whenever a
            credential is signed; none by default.
    """

    model_config = SettingsConfigDict(env_prefix="GENERIQUE_", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("generique"))
    timestamp_url: str | None = None
