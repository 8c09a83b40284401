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
    """

    model_config = SettingsConfigDict(env_prefix="GENERIQUE_", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("generique"))
