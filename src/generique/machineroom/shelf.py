"""The generators that are installed, by entry point."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from generique.machineroom.environment import setting
from generique.model.errors import BackendFailed, NotConfigured
from generique.production.job_ports import ManyModels
from generique.production.ports import Backend

GROUP = "generique.backends"


class Shelf:
    """Loads a backend when it is asked for.

    Args:
        setting: Settings of this machine, for backends that read some.
    """

    def __init__(self, setting: Callable[[str], str | None] = setting) -> None:
        self._setting = setting
        self._points: dict[str, EntryPoint] = {
            point.name: point for point in entry_points(group=GROUP)
        }
        self._loaded: dict[str, Backend] = {}

    def names(self) -> tuple[str, ...]:
        """Names of all backends, in alphabetical order."""
        return tuple(sorted(self._points))

    def get(self, name: str) -> Backend:
        """A backend by name; ``runway:gen4.5`` is the model gen4.5 of the backend runway.

        Raises:
            NotConfigured: There is none of that name, or its package cannot be imported.
            BackendFailed: What the entry point names is no backend.
        """
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, name: str) -> Backend:
        family, _, model = name.partition(":")
        if not model:
            return self._made(name)
        backend = self.get(family)
        if not isinstance(backend, ManyModels):
            raise NotConfigured(
                f"the backend {family!r} has no models to choose from",
                next_step=f"name it as {family}",
            )
        return backend.model(model)

    def _made(self, name: str) -> Backend:
        try:
            backend = self._points[name].load()()
        except KeyError:
            raise NotConfigured(
                f"there is no backend {name!r}",
                why=f"installed: {', '.join(self.names())}",
                next_step="name one of these in production.toml, or install its package",
            ) from None
        except ImportError as error:
            raise NotConfigured(
                f"the backend {name!r} cannot be loaded",
                why=str(error),
                next_step="install what it needs",
            ) from error
        if not isinstance(backend, Backend):
            raise BackendFailed(f"{name!r} does not fulfil the backend protocol")
        return backend.configured(self._setting) if isinstance(backend, ManyModels) else backend
