"""The picture marks of another make that are installed, by entry point."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from generique.model.errors import BackendFailed, NotConfigured
from generique.production.mark_ports import MARK_GROUP, PictureMarkPlugin


class PluginShelf:
    """Loads a mark when it is asked for."""

    def __init__(self) -> None:
        self._points: dict[str, EntryPoint] = {
            point.name: point for point in entry_points(group=MARK_GROUP)
        }
        self._loaded: dict[str, PictureMarkPlugin] = {}

    def names(self) -> tuple[str, ...]:
        """Names of all marks, in alphabetical order."""
        return tuple(sorted(self._points))

    def get(self, name: str) -> PictureMarkPlugin:
        """A mark by name.

        Raises:
            NotConfigured: There is none of that name, or its package cannot be imported.
            BackendFailed: What the entry point names is no mark.
        """
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def _load(self, name: str) -> PictureMarkPlugin:
        if name not in self._points:
            raise NotConfigured(
                f"there is no picture mark {name!r}",
                why=f"installed: {', '.join(self.names()) or 'none'}",
                next_step="install its package, or take it out of marks in production.toml",
            )
        try:
            plugin = self._points[name].load()()
        except ImportError as error:
            raise NotConfigured(
                f"the picture mark {name!r} cannot be loaded",
                why=str(error),
                next_step="install what it needs",
            ) from error
        if not isinstance(plugin, PictureMarkPlugin):
            raise BackendFailed(f"{name!r} does not fulfil the protocol of picture marks")
        return plugin
