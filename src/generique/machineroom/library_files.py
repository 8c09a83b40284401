"""The films and pictures of a folder."""

from __future__ import annotations

from pathlib import Path

from generique.model.errors import UsageError

PICTURES = frozenset({".jpg", ".jpeg", ".png"})
FILMS = frozenset(
    {".avi", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".mxf", ".ogv"}
    | {".ts", ".webm", ".wmv"}
)


def library_files(root: Path) -> tuple[Path, ...]:
    """Films and pictures in a folder and the folders in it, by their endings, in order of path.

    Hidden files and folders are left out. A file given by itself is taken whatever its ending.

    Raises:
        UsageError: There is no such folder, or it has none.
    """
    if root.is_file():
        return (root,)
    if not root.is_dir():
        raise UsageError(f"there is no folder {root}", next_step="give a folder, or one file")
    found = tuple(path for path in sorted(root.rglob("*")) if _is_wanted(path, root))
    if not found:
        raise UsageError(
            f"{root} has no films or pictures",
            why=f"looked for {', '.join(sorted(FILMS | PICTURES))}",
            next_step="give the folder that holds them",
        )
    return found


def _is_wanted(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.suffix.lower() in FILMS | PICTURES and path.is_file()
