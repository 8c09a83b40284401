from __future__ import annotations

import ast
import re

import pytest
from syntax_trees import (
    Function,
    Module,
    dotted,
    functions,
    imported_names,
    modules,
    public_definitions,
    where,
)

PURE = frozenset(
    {
        "model",
        "ledger",
        "script",
        "world",
        "edit",
        "sound",
        "titles",
        "marks",
        "mastering",
        "clearance",
        "production",
    }
)
"""Rows 1 to 5: values in, values out."""

BANNED_MODULE_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
}

BANNED_WORDS = re.compile(
    r"asset_?manager|clip_?object|job_?item|helper|(?<![a-z])utils?(?![a-z])", re.IGNORECASE
)
"""Words that the glossary replaces."""

BANNED_CALLS = re.compile(
    r"""
      open | io\.open | input | breakpoint | exec | eval | __import__
    | time\.(?!struct_time$).*
    | (datetime\.)?(datetime|date)\.(now|today|utcnow|fromtimestamp)
    | os\.(?!fspath$|path\.|PathLike$).*
    | os\.path\.(exists|isfile|isdir|getsize|getmtime|realpath|abspath|expanduser)
    | (random|secrets|subprocess|socket|tempfile|shutil|threading|multiprocessing)\..*
    | uuid\.uuid[14]
    | numpy\.random\.(?!default_rng$|Generator$|SeedSequence$|PCG64$|Philox$).*
    | (urllib\.request|http\.client|requests|concurrent\.futures|asyncio)\..*
    | pathlib\.Path\.(home|cwd)
    """,
    re.VERBOSE,
)
"""Calls that reach past the arguments: clock, environment, chance, disk, network, processes."""

BANNED_METHODS = {
    "read_text", "write_text", "read_bytes", "write_bytes", "mkdir", "unlink", "rmdir", "touch",
    "iterdir", "rglob", "exists", "is_file", "is_dir", "symlink_to", "hardlink_to", "chmod",
    "stat", "lstat",
}  # fmt: skip
"""Methods of a path that touch the disk."""

BANNED_IMPORTS = {
    "subprocess", "socket", "random", "secrets", "tempfile", "shutil", "threading",
    "multiprocessing", "requests", "urllib.request", "http.client", "ssl", "sqlite3", "sqlalchemy",
    "platformdirs", "moderngl", "av", "c2pa", "imageio_ffmpeg", "py_nanotts", "typer", "rich",
}  # fmt: skip
"""What only the rows above production may import."""


def pure_modules() -> list[Module]:
    return [module for module in modules() if module.row in PURE]


def faults_of_purity(module: Module) -> list[str]:
    names = imported_names(module)
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            call = dotted(node.func, names)
            if call is not None and BANNED_CALLS.fullmatch(call):
                found.append(f"{where(module, node)} calls {call}")
            elif isinstance(node.func, ast.Attribute) and node.func.attr in BANNED_METHODS:
                found.append(f"{where(module, node)} calls .{node.func.attr}")
            if call == "numpy.random.default_rng" and not (node.args or node.keywords):
                found.append(f"{where(module, node)} draws a seed from the system")
        elif isinstance(node, ast.Attribute) and dotted(node, names) == "os.environ":
            found.append(f"{where(module, node)} reads the environment")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            origin = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module]
            found += [
                f"{where(module, node)} imports {name}"
                for name in origin
                if name in BANNED_IMPORTS or str(name).partition(".")[0] in BANNED_IMPORTS
            ]
    return found


@pytest.mark.parametrize("module", pure_modules(), ids=lambda module: str(module.name))
def test_the_rows_up_to_production_are_pure(module: Module) -> None:
    assert faults_of_purity(module) == []


@pytest.mark.parametrize(
    "text",
    [
        "import time\ntime.time()",
        "from datetime import datetime\ndatetime.now()",
        "import datetime as d\nd.datetime.now()",
        "import os\nx = os.environ['A']",
        "import numpy as np\nnp.random.rand(3)",
        "import numpy as np\nnp.random.default_rng()",
        "open('a')",
        "path.read_text()",
        "import random",
        "from urllib.request import urlopen",
    ],
)
def test_the_purity_test_sees(text: str) -> None:
    module = Module("model.example", modules()[0].path, text, ast.parse(text))
    assert faults_of_purity(module)


def test_seeded_randomness_is_welcome() -> None:
    text = "import numpy as np\nnp.random.default_rng(seed).normal(size=3)"
    assert not faults_of_purity(Module("model.example", modules()[0].path, text, ast.parse(text)))


def test_no_module_is_named_for_nothing() -> None:
    named = [m.name for m in modules() if m.name.rpartition(".")[2] in BANNED_MODULE_NAMES]
    assert named == []


def test_public_names_use_the_words_of_the_glossary() -> None:
    banned = [
        f"{where(module, node)} {node.name}"
        for module, node in public_definitions()
        if BANNED_WORDS.search(node.name)
    ]
    assert banned == []


def test_package_files_hold_no_logic() -> None:
    logic = [
        where(module, node)
        for module in modules()
        if module.path.name == "__init__.py"
        for node in module.tree.body
        if not isinstance(node, ast.Expr | ast.Assign | ast.Import | ast.ImportFrom)
    ]
    assert logic == []


def test_everything_public_is_documented() -> None:
    bare = [
        f"{where(module, node)} {node.name}"
        for module, node in public_definitions()
        if not ast.get_docstring(node) and not is_overload(node)
    ]
    bare += [module.name for module in modules() if not ast.get_docstring(module.tree)]
    assert bare == []


def is_overload(node: ast.ClassDef | Function) -> bool:
    return any(
        isinstance(d, ast.Name) and d.id in {"overload", "setter"} for d in node.decorator_list
    )


def test_every_function_says_its_types() -> None:
    untyped = []
    for module, function in functions():
        arguments = [
            *function.args.posonlyargs,
            *function.args.args,
            *function.args.kwonlyargs,
            *(a for a in (function.args.vararg, function.args.kwarg) if a is not None),
        ]
        bare = [
            a.arg for a in arguments if a.annotation is None and a.arg not in {"self", "cls", "_"}
        ]
        if bare or function.returns is None:
            untyped.append(f"{where(module, function)} {function.name}{bare}")
    assert untyped == []


LAST_HANDLER = "studio.cli.main"
"""The one module that may catch everything, once: no screen ever shows a traceback."""


def broad(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})
        for kind in kinds
    )


def test_no_exception_is_caught_without_a_name_or_swallowed() -> None:
    found = []
    for module in modules():
        names = imported_names(module)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler):
                if broad(node):
                    found.append(f"{where(module, node)} catches everything")
                if all(isinstance(statement, ast.Pass) for statement in node.body):
                    found.append(f"{where(module, node)} swallows what it catches")
            elif (
                isinstance(node, ast.Call)
                and dotted(node.func, names) == "contextlib.suppress"
                and any(
                    isinstance(a, ast.Name) and a.id in {"Exception", "BaseException"}
                    for a in node.args
                )
            ):
                found.append(f"{where(module, node)} swallows everything")
    last = [text for text in found if f"{LAST_HANDLER.replace('.', '/')}.py" in text]
    assert len(last) <= 1
    assert [text for text in found if text not in last] == []


def test_nothing_prints() -> None:
    prints = [
        where(module, node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "input", "breakpoint"}
    ]
    assert prints == []


def test_no_function_changes_a_module_variable() -> None:
    changes = [
        where(module, node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Global)
    ]
    assert changes == []
