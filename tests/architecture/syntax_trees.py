"""The source as syntax trees, read once for all tests of its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "generique"

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A source file.

    Attributes:
        name: Dotted name below the package, for example ``model.time``.
    """

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def row(self) -> str:
        """The sub-package that it lies in."""
        return self.name.partition(".")[0]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        text = path.read_text("utf-8")
        found.append(Module(name, path, text, ast.parse(text, str(path))))
    return tuple(found)


def where(module: Module, node: ast.AST) -> str:
    """File and line of a node, for a message."""
    return f"{module.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def functions() -> Iterator[tuple[Module, Function]]:
    """Every function and method, nested ones included."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


def _public(body: list[ast.stmt]) -> Iterator[ast.ClassDef | Function]:
    for node in body:
        if isinstance(
            node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def public_definitions() -> Iterator[tuple[Module, ast.ClassDef | Function]]:
    """Every public class, function and method that a module offers."""
    for module in modules():
        for node in _public(module.tree.body):
            yield module, node


def imported_names(module: Module) -> dict[str, str]:
    """What each imported name stands for, as dotted text: ``{"Path": "pathlib.Path"}``."""
    names: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                full = alias.name if alias.asname else alias.name.partition(".")[0]
                names[alias.asname or full] = full
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """The dotted name that an expression refers to, imports resolved.

    None for other things, and for attributes of what was not imported: a local variable may
    well be called ``time``.
    """
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id not in names:
            return None
        owner = dotted(node.value, names)
        return None if owner is None else f"{owner}.{node.attr}"
    return None
