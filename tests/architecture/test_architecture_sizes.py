from __future__ import annotations

import ast
import warnings

from syntax_trees import Function, functions, modules, where

MODULE_LINES = 500
MODULE_LINES_WANTED = 300
FUNCTION_LINES = 60
PARAMETERS = 6

MODULES_AT_LEAST = 30
FUNCTIONS_AT_LEAST = 60
"""Floors on what the tests below look at: a test that finds nothing proves nothing."""


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters_of(function: Function) -> list[ast.arg]:
    found = [
        *function.args.posonlyargs,
        *function.args.args,
        *function.args.kwonlyargs,
    ]
    return [argument for argument in found if argument.arg not in {"self", "cls"}]


KERNELS = ("kernels", "shaders")
"""Endings of modules of numeric code, whose functions may be long and take what they must."""


def looked_at() -> list[tuple[str, Function, str]]:
    """Functions that have to be small: name of the module, the function, its place."""
    return [
        (module.name, function, f"{where(module, function)} {function.name}")
        for module, function in functions()
        if not module.name.endswith(KERNELS)
    ]


def test_there_is_something_to_look_at() -> None:
    assert len(modules()) >= MODULES_AT_LEAST
    assert sum(1 for _ in functions()) >= FUNCTIONS_AT_LEAST


def test_no_module_is_longer_than_the_hard_stop() -> None:
    lengths = {module.name: len(module.text.splitlines()) for module in modules()}
    assert {name: n for name, n in lengths.items() if n > MODULE_LINES} == {}
    long = {name: n for name, n in lengths.items() if n > MODULE_LINES_WANTED}
    if long:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn(f"modules that may want a division: {long}", stacklevel=1)


def test_functions_fit_on_a_screen() -> None:
    long = {
        place: lines_of(function)
        for _, function, place in looked_at()
        if lines_of(function) > FUNCTION_LINES
    }
    assert long == {}


def test_functions_take_few_parameters() -> None:
    many = {
        place: len(parameters_of(function))
        for module, function, place in looked_at()
        if len(parameters_of(function)) > PARAMETERS and not is_command(module, function)
    }
    assert many == {}


def is_command(module: str, function: Function) -> bool:
    """A command of the program: its parameters are its options on the command line."""
    return module.startswith("studio.cli.") and any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in {"command", "callback"}
        for decorator in function.decorator_list
    )
