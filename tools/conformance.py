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
        given: Those of the texts that are no part of what is sent or expected.
        modules: Modules that these names come from.
        law: True for a class that runs a contract suite.
    """

    path: str
    name: str
    words: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
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
    parts = {name: part for node in tree.body for name, part in _defined(node)}
    for name, part in parts.items():
        law = name.startswith("Test") and not CONTRACTS.isdisjoint(_bases(name, parts))
        if name.startswith("test_") or law:
            used = _reached(part, parts)
            words = {word for each in used for word in _words(each)}
            given = {text for each in used for text in _given(each)}
            modules = {origin[word] for word in words if word in origin}
            yield Test(path.relative_to(ROOT).as_posix(), name, words, given, modules, law)


def _defined(node: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """Names that a statement of a module defines, each with what it stands for."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name, node
    if isinstance(node, ast.Assign):
        for target in node.targets:
            pairs: Iterable[tuple[ast.expr, ast.AST]] = [(target, node)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=False)
            yield from ((name.id, part) for name, part in pairs if isinstance(name, ast.Name))


def _bases(name: str, parts: dict[str, ast.AST]) -> Iterator[str]:
    """Names of the classes that a class derives, those of its own module followed up."""
    node = parts.get(name)
    for base in node.bases if isinstance(node, ast.ClassDef) else ():
        if isinstance(base, ast.Name):
            yield base.id
            yield from _bases(base.id, parts)


def _reached(part: ast.AST, parts: dict[str, ast.AST]) -> list[ast.AST]:
    """A part of a module, and all others of it that it names, directly or through others."""
    found = [part]
    for each in found:  # grows meanwhile
        names = {node.id for node in ast.walk(each) if isinstance(node, ast.Name)}
        names |= {node.arg for node in ast.walk(each) if isinstance(node, ast.arg)}
        found += [parts[name] for name in sorted(names & parts.keys()) if parts[name] not in found]
    return found


def _words(part: ast.AST) -> Iterator[str]:
    """Names and texts of a part."""
    for each in ast.walk(part):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.arg):
            yield each.arg
        elif isinstance(each, ast.Attribute):
            yield each.attr
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def _given(part: ast.AST) -> Iterator[str]:
    """Texts of a part that are handed on or listed: not those of documents and comparisons."""
    for each in ast.walk(part):
        if not isinstance(each, ast.Dict | ast.Subscript | ast.Compare):
            for child in ast.iter_child_nodes(each):
                if isinstance(child, ast.Constant) and isinstance(child.value, str):
                    yield child.value


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

    def held(self, word: str, switch: str = NONE) -> str:
        """A link to the contract suite that shows a thing; to a test of a word without a suite.

        Args:
            word: That such a test uses.
            switch: What a suite sets for which the provider has no such thing.
        """
        laws = [test for test in self.tests if test.law]
        if not laws:
            return self.shown(word)
        return next((test.link for test in laws if switch not in test.words), NONE)

    def follows(self, role: str) -> str:
        """A link to the first test that gives a file of a role."""
        return next((test.link for test in self.tests if role in test.given), UNSHOWN)


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
        entry.held("OutcomeUnknown"),
        entry.held("Moderated", "moderates"),
        entry.held("cancel", "waits") if cancels else NONE,
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
        yield _row(f"`{entry.name}`", f"`{role}`", ", ".join(taking), entry.follows(role))


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
