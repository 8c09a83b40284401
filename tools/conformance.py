"""Writes ``docs/conformance.md``: what each backend offers, and which test shows it.

What is offered is read from cards, passports and dialects. A test is named where it uses the
backend, its dialect or its simulator, and names the thing: directly, or through what it calls in
its own module. With ``--check`` nothing is written, and the exit code says whether it is current.
"""

from __future__ import annotations

import ast
import inspect
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.card import Card, Model, load_card
from generique.backends.hosted.provider import Cancels, Finds, Lists
from generique.model.errors import GeneriqueError

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "conformance.md"
NONE, UNSHOWN = "", "**no test**"
FOLDERS = ("unit", "sdks", "film", "local_models", "hostile", "property")
"""Folders of tests, those that show a thing best first."""
CONTRACTS = frozenset({"BackendContract", "HostedContract"})
_HEAD = """\
# Conformance: what backends offer, and which test shows it

Written by `tools/conformance.py` from the cards, the passports and the tests; an architecture test
keeps it up to date. A test stands here because it uses the backend or its simulator and names the
thing: that is where to look, not a proof, and nothing here was tried at a provider. **no test**
says that something is offered and no test was found. An empty cell says that it is not offered.
"""
_BACKENDS = """
## Backends

*Law* is the contract suite of its sort; *lost*, what happens when the answer to an order is lost,
and *found*, how such an order is found again; *SDK*, the provider's own, as a judge of our orders.

| Backend | Makes | Law | Lost | Moderation | Cancelled | Found | SDK |
|---|---|---|---|---|---|---|---|
"""
_ROLES = """
## Files to follow

| Backend | Role | Models | Shown by |
|---|---|---|---|
"""
_MODELS = """
## Models of the cards

| Model | Makes | Seconds | Frames a second | Sizes | Seed | Price | Shown by |
|---|---|---|---|---|---|---|---|
"""


@dataclass
class Test:
    """A test and all that it uses.

    Attributes:
        path: From the root of the project.
        words: Names and texts that it uses, itself or through what it calls in its module.
        modules: Modules that these names come from.
        law: True for a class that runs a contract suite.
    """

    path: str
    name: str
    words: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    law: bool = False

    @property
    def link(self) -> str:
        """A link from the page."""
        return f"[{self.name.removeprefix('test_').replace('_', ' ')}](../{self.path})"


def tests_of(path: Path) -> Iterator[Test]:
    """The tests of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    origin = {
        alias.asname or alias.name: node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    parts = {name: node for node in tree.body for name in _defined(node)}
    for name, node in parts.items():
        law = isinstance(node, ast.ClassDef) and any(
            isinstance(base, ast.Name) and base.id in CONTRACTS for base in node.bases
        )
        if name.startswith("test_") or law:
            words = _used(node, parts)
            modules = {origin[word] for word in words if word in origin}
            yield Test(path.relative_to(ROOT).as_posix(), name, words, modules, law)


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def _used(node: ast.AST, parts: dict[str, ast.stmt]) -> set[str]:
    """Names and texts that a part of a module uses, and those of the parts that it uses."""
    words: set[str] = set()
    waiting = [node]
    while waiting:
        for each in ast.walk(waiting.pop()):
            word = NONE
            if isinstance(each, ast.Name):
                word = each.id
            elif isinstance(each, ast.arg):
                word = each.arg
            elif isinstance(each, ast.Attribute):
                word = each.attr
            elif isinstance(each, ast.Constant) and isinstance(each.value, str):
                word = each.value
            if word and word not in words:
                words.add(word)
                if word in parts and not isinstance(each, ast.Constant | ast.Attribute):
                    waiting.append(parts[word])
    return words


@dataclass
class Entry:
    """A backend with its tests, those that show a thing best first."""

    name: str
    module: str
    kind: type
    tests: list[Test]

    @property
    def card(self) -> Card | None:
        """Its card; None for one that has none."""
        return load_card(self.name) if issubclass(self.kind, HostedBackend) else None

    def shown(self, *words: str, folder: str = "tests/", law: bool = False) -> str:
        """A link to the first test that uses all words; what says that there is none."""
        for test in self.tests:
            fits = test.path.startswith(folder) and (test.law if law else set(words) <= test.words)
            if fits:
                return test.link
        return UNSHOWN


def entries() -> list[Entry]:
    """Every backend of the project."""
    folders = [ROOT / "tests" / name for name in FOLDERS]
    files = [path for folder in folders for path in sorted(folder.rglob("test_*.py"))]
    tests = [test for path in files for test in tests_of(path)]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = []
    for name, place in project["entry-points"]["generique.backends"].items():
        module, _, kind = place.partition(":")
        home = module.removesuffix(".backend")
        own = {home, f"generique.testing.providers.{module.rpartition('.')[2]}"}
        mine = [
            test
            for test in tests
            if any(used in own or used.startswith(f"{home}.") for used in test.modules)
        ]
        found.append(Entry(name, module, getattr(import_module(module), kind), mine))
    return found


def backend_row(entry: Entry) -> str:
    """What holds for a backend as a whole."""
    law = entry.shown(law=True)
    if not issubclass(entry.kind, HostedBackend):
        return _row(f"`{entry.name}`", _made(entry), law, *[NONE] * 5)
    dialect = getattr(entry.kind, "dialect", None)
    finds = inspect.isclass(dialect) and issubclass(dialect, Finds | Lists)
    cancels = inspect.isclass(dialect) and issubclass(dialect, Cancels)
    judged = any(test.path.startswith("tests/sdks/") for test in entry.tests)
    return _row(
        f"`{entry.name}`",
        _made(entry),
        law,
        entry.shown("OutcomeUnknown") if law == UNSHOWN else law,
        entry.shown("Moderated") if law == UNSHOWN else law,
        entry.shown("cancel") if cancels else NONE,
        entry.shown("taken") if finds else NONE,
        entry.shown(folder="tests/sdks/") if judged else NONE,
    )


def _made(entry: Entry) -> str:
    card = entry.card
    if card is not None and card.models:
        return _listed(kind.value for model in card.models.values() for kind in model.kinds)
    try:
        return _listed(kind.value for kind in entry.kind().passport().kinds)
    except GeneriqueError:
        return "what a person describes"


def role_rows(entry: Entry) -> Iterator[str]:
    """The roles of files that a backend's card takes."""
    card = entry.card
    models = card.models if card is not None else {}
    for role in dict.fromkeys(role for model in models.values() for role in model.inputs):
        taking = [f"`{name}`" for name, model in models.items() if role in model.inputs]
        yield _row(f"`{entry.name}`", f"`{role}`", ", ".join(taking), entry.shown(role))


def model_rows(entry: Entry) -> Iterator[str]:
    """The models of a backend's card."""
    card = entry.card
    for count, (name, model) in enumerate(card.models.items() if card is not None else ()):
        shown = entry.shown(name)
        if shown == UNSHOWN:  # a test may name it with its provider, or the usual one not at all
            shown = entry.shown(f"{entry.name}:{name}") if count else entry.shown()
        if shown == UNSHOWN:
            shown = entry.shown("CARD", "models")
        gone = f", withdrawn {model.retired.isoformat()}" if model.retired else ""
        yield _row(f"`{entry.name}:{name}`{gone}", *_facts(model), shown)


def _facts(model: Model) -> tuple[str, ...]:
    lengths = model.seconds
    span = f"{model.span[0]:g} to {model.span[1]:g}" if model.span else _listed(lengths)
    if len(lengths) > 3 and lengths == tuple(range(lengths[0], lengths[-1] + 1)):
        span = f"{lengths[0]} to {lengths[-1]}, whole"
    price = model.price and f"{model.price.amount} {model.price.currency} a {model.price.unit}"
    return (
        _listed(kind.value for kind in model.kinds),
        span,
        _listed(model.rates),
        _listed(model.rasters),
        "yes" if model.seed else NONE,
        price or "not known: takes no order",
    )


def _listed(items: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(map(str, items)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def page() -> str:
    """The whole page."""
    found = entries()
    tables = (
        (_BACKENDS, [backend_row(entry) for entry in found]),
        (_ROLES, [row for entry in found for row in role_rows(entry)]),
        (_MODELS, [row for entry in found for row in model_rows(entry)]),
    )
    return _HEAD + "".join(head + "".join(rows) for head, rows in tables)


def main(arguments: list[str]) -> int:
    """Write the page, or check it; 0 when it is up to date."""
    text = page()
    same = PAGE.is_file() and PAGE.read_text("utf-8") == text
    if "--check" not in arguments:
        PAGE.write_text(text, "utf-8")
    elif not same:
        print(f"{PAGE.name} is out of date; run `make fix`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
