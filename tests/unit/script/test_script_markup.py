from __future__ import annotations

import pytest

from generique.script.markup import escaped, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*a* **b** ***c*** _d_", "a b c d"),
        ("_*both*_ and **bold *nested* end**", "both and bold nested end"),
        ("***x* y**", "x y"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("unclosed *star", "unclosed *star"),
        ("*over\nlines*", "*over\nlines*"),
        (r"\*not\* \_this\_ \\ c:\temp", "*not* _this_ \\ c:\\temp"),
        ("**", "**"),
        ("", ""),
    ],
)
def test_plain(text: str, words: str) -> None:
    assert plain(text) == words


def test_escaped_text_is_plain_again() -> None:
    assert plain(escaped(r"a*b_c\d **e**")) == r"a*b_c\d **e**"
