"""The part of json-formula that the C2PA rubrics use; anything else is refused.

A Pratt parser into closures. Projections behave as in JMESPath, which json-formula extends:
a filter or a flattening maps what follows it over a list, up to a pipe or an operator.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKENS = re.compile(
    r"""\s+
    |(?P<json>`(?:\\`|[^`])*`)
    |(?P<text>"(?:\\.|[^"\\])*")
    |(?P<quoted>'(?:\\.|[^'\\])*')
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>\$?[A-Za-z_]\w*)
    |(?P<sign>\[\?|\[\]|\|\||&&|==|!=|>=|<=|[|!<>*.,:@\[\](){}])""",
    re.VERBOSE,
)
_BINDING = {
    "|": 1, "||": 2, "&&": 3, "==": 5, "!=": 5, ">": 5, ">=": 5, "<": 5, "<=": 5, "*": 7,
    "[]": 9, "[?": 21, ".": 40, "[": 55,
}  # fmt: skip
_STOPS_PROJECTION = 10
_NOT = 45

Scope = dict[str, Any]
Node = Callable[[Any, Scope], Any]


class FormulaError(ValueError):
    """An expression that is not understood."""


@dataclass
class Formulas:
    """Expressions with the variables and functions that a rubric defines.

    Attributes:
        root: The document.
    """

    root: Any
    variables: Mapping[str, Any]
    functions: Mapping[str, str]
    _parsed: dict[str, Node] = field(default_factory=dict)

    def evaluate(self, expression: str, arguments: tuple[Any, ...] = ()) -> Any:
        """Value of an expression on the document."""
        if expression not in self._parsed:
            self._parsed[expression] = _Parser(expression, self).parse()
        return self._parsed[expression](self.root, {**self.variables, "$args": list(arguments)})

    def call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """Value of a function, the rubric's own or one of the language."""
        if name in self.functions:
            return self.evaluate(self.functions[name], arguments)
        if name not in _FUNCTIONS:
            raise FormulaError(f"no function {name}")
        return _FUNCTIONS[name](*arguments)


class _Parser:
    def __init__(self, text: str, formulas: Formulas) -> None:
        self._formulas = formulas
        self._tokens: list[tuple[str, str]] = []
        self._place = 0
        place = 0
        while place < len(text):
            found = _TOKENS.match(text, place)
            if found is None:
                raise FormulaError(f"cannot read {text[place : place + 20]!r}")
            if found.lastgroup:
                self._tokens.append((found.lastgroup, found.group()))
            place = found.end()

    def parse(self) -> Node:
        node = self._expression(0)
        if self._place < len(self._tokens):
            raise FormulaError(f"left over: {self._tokens[self._place :]}")
        return node

    def _peek(self) -> str:
        kind, text = self._tokens[self._place] if self._place < len(self._tokens) else ("", "")
        return text if kind in {"sign", ""} else "\0" + kind

    def _take(self, wanted: str = "") -> tuple[str, str]:
        if self._place >= len(self._tokens):
            raise FormulaError("it ends too early")
        kind, text = self._tokens[self._place]
        if wanted and text != wanted:
            raise FormulaError(f"expected {wanted}, not {text}")
        self._place += 1
        return kind, text

    def _expression(self, power: int) -> Node:
        left = self._start()
        while power < _BINDING.get(self._peek(), 0):
            left = self._continue(left)
        return left

    def _start(self) -> Node:
        kind, text = self._take()
        if kind == "json":
            value = json.loads(text[1:-1])
            return lambda _data, _scope: value
        if kind == "text":
            literal = json.loads(text)
            return lambda _data, _scope: literal
        if kind == "number":
            number = float(text)
            return lambda _data, _scope: number
        if kind == "quoted":
            return _member(text[1:-1])
        if kind == "name":
            return self._name(text)
        return self._sign(text)

    def _name(self, name: str) -> Node:
        if self._peek() == "(":
            return self._call(name)
        if name.startswith("$"):
            return lambda _data, scope: scope[name]
        return _member(name)

    def _call(self, name: str) -> Node:
        self._take("(")
        parts: list[Node] = []
        while self._peek() != ")":
            parts.append(self._expression(0))
            if self._peek() == ",":
                self._take()
        self._take(")")
        if name == "if":
            condition, yes, no = parts
            return lambda data, scope: (yes if truth(condition(data, scope)) else no)(data, scope)
        call = self._formulas.call
        return lambda data, scope: call(name, tuple(part(data, scope) for part in parts))

    def _sign(self, text: str) -> Node:
        start = {
            "@": lambda: _same,
            "!": self._negation,
            "(": self._group,
            "[?": lambda: self._filter(_same),
            "[]": lambda: self._flatten(_same),
            "[": self._bracket,
            "{": self._object,
        }.get(text)
        if start is None:
            raise FormulaError(f"{text} cannot stand here")
        return start()

    def _negation(self) -> Node:
        inner = self._expression(_NOT)
        return lambda data, scope: not truth(inner(data, scope))

    def _group(self) -> Node:
        inner = self._expression(0)
        self._take(")")
        return inner

    def _bracket(self) -> Node:
        if self._peek() == "\0number":
            return self._index(_same)
        parts = []
        while self._peek() != "]":
            parts.append(self._expression(0))
            if self._peek() == ",":
                self._take()
        self._take("]")
        return lambda data, scope: [part(data, scope) for part in parts]

    def _object(self) -> Node:
        members: dict[str, Node] = {}
        while self._peek() != "}":
            _, name = self._take()
            self._take(":")
            members[name.strip("'\"")] = self._expression(0)
            if self._peek() == ",":
                self._take()
        self._take("}")
        return lambda data, scope: {name: node(data, scope) for name, node in members.items()}

    def _continue(self, left: Node) -> Node:
        _, text = self._take()
        if text == ".":
            return _piped(left, self._after_dot(_BINDING["."]))
        if text.startswith("["):
            follow = {"[?": self._filter, "[]": self._flatten, "[": self._index}[text]
            return follow(left)
        right = self._expression(_BINDING[text])
        if text == "|":
            return _piped(left, right)
        if text in {"||", "&&"}:
            return _logical(text, left, right)
        compare = _OPERATORS[text]
        return lambda data, scope: compare(left(data, scope), right(data, scope))

    def _after_dot(self, power: int) -> Node:
        if self._peek() not in {"\0name", "\0quoted"}:
            raise FormulaError(f"{self._peek()} after a dot")
        return self._expression(power)

    def _index(self, left: Node) -> Node:
        number = int(float(self._take()[1]))
        self._take("]")

        def index(data: Any, scope: Scope) -> Any:
            found = left(data, scope)
            return found[number] if isinstance(found, list) and number < len(found) else None

        return index

    def _filter(self, left: Node) -> Node:
        condition = self._expression(0)
        self._take("]")
        right = self._projected(_BINDING["[?"])

        def chosen(data: Any, scope: Scope) -> Any:
            found = left(data, scope)
            if not isinstance(found, list):
                return None
            kept = [item for item in found if truth(condition(item, scope))]
            return _mapped(kept, right, scope)

        return chosen

    def _flatten(self, left: Node) -> Node:
        right = self._projected(_BINDING["[]"])

        def flat(data: Any, scope: Scope) -> Any:
            found = left(data, scope)
            if not isinstance(found, list):
                return None
            items: list[Any] = []
            for item in found:
                items.extend(item if isinstance(item, list) else [item])
            return _mapped(items, right, scope)

        return flat

    def _projected(self, power: int) -> Node:
        following = self._peek()
        if _BINDING.get(following, 0) < _STOPS_PROJECTION:
            return _same
        if following == ".":
            self._take()
            return self._after_dot(power)
        return self._expression(power)


def _same(data: Any, _scope: Scope) -> Any:
    return data


def _member(name: str) -> Node:
    return lambda data, _scope: data.get(name) if isinstance(data, dict) else None


def _piped(left: Node, right: Node) -> Node:
    return lambda data, scope: right(left(data, scope), scope)


def _mapped(items: list[Any], right: Node, scope: Scope) -> list[Any]:
    results = [right(item, scope) for item in items]
    return [result for result in results if result is not None]


def _logical(text: str, left: Node, right: Node) -> Node:
    def decide(data: Any, scope: Scope) -> Any:
        first = left(data, scope)
        return first if truth(first) == (text == "||") else right(data, scope)

    return decide


def truth(value: Any) -> bool:
    """False for null, false, nothing and zero."""
    return bool(value)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def checked(left: Any, right: Any) -> bool:
        same = isinstance(left, str) == isinstance(right, str)
        return left is not None and right is not None and same and compare(left, right)

    return checked


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
    "*": lambda left, right: float(left) * float(right),
}


def _type(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "boolean", str: "string", int: "number", float: "number", list: "array"}
    return names.get(type(value), "object")


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "contains": lambda holder, item: holder is not None and item is not None and item in holder,
    "endsWith": lambda text, end: (text or "").endswith(end),
    "keys": lambda value: list(value or {}),
    "length": lambda value: len(value or ()),
    "notNull": lambda *values: next((value for value in values if value is not None), None),
    "split": lambda text, separator: (text or "").split(separator),
    "startsWith": lambda text, start: (text or "").startswith(start),
    "type": _type,
    "values": lambda value: list((value or {}).values()),
}
