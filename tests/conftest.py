"""What holds for every test: no network, a home of its own, the same examples each time."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

FOLDERS = ("architecture", "unit", "sdks", "property", "hostile", "local_models", "film")
"""Order of the tests: what fails fast comes first, whole films come last."""

settings.register_profile(
    "gate",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("gate")


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def _is_local(address: Any) -> bool:
    if isinstance(address, str | bytes):
        return True  # a Unix socket
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only this machine can be reached; what a test starts inherits a proxy that refuses."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise NetworkForbidden(f"a test tried to reach {address!r}")
        real(self, address)

    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None and not _is_local((host,)):
            raise NetworkForbidden(f"a test asked for the address of {host!r}")
        return resolve(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patch.setenv(name, "http://127.0.0.1:9")
            patch.setenv(name.upper(), "http://127.0.0.1:9")
        for name in ("no_proxy", "NO_PROXY"):
            patch.setenv(name, "127.0.0.1")  # some clients look once, at the first request
        yield


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keys and settings of the tests lie in a folder that is thrown away."""
    home = tmp_path_factory.mktemp("generique-home")
    before = os.environ.get("GENERIQUE_HOME")
    os.environ["GENERIQUE_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["GENERIQUE_HOME"]
    else:
        os.environ["GENERIQUE_HOME"] = before


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests by folder, quick ones first, keeping their order within."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        return FOLDERS.index(item.path.relative_to(here).parts[0])

    items.sort(key=rank)
