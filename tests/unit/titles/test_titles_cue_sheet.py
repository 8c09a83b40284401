from __future__ import annotations

import csv
import io

import pytest
from titles_films import film, lineage, use

from generique.titles.cue_sheet import COLUMNS, write_cue_sheet


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_every_element_has_a_row_with_its_times_and_origin() -> None:
    text = write_cue_sheet(film())
    assert text.count("\r\n") == len(film().elements) + 1
    found = rows(text)
    assert tuple(found[0]) == COLUMNS
    first = found[0]
    assert (first["in"], first["out"], first["frames"]) == ("01:00:00:00", "01:00:06:00", "144")
    assert (first["backend"], first["version"], first["seed"]) == ("world", "0.1.0", "7")
    assert first["decision"] == "approved by ada (director), entry 9"
    finch = found[2]
    assert (finch["class"], finch["licence"], finch["backend"]) == ("authentic", "BSD-3-Clause", "")


def test_the_record_start_can_be_chosen() -> None:
    assert rows(write_cue_sheet(film(), record_start_seconds=0))[0]["in"] == "00:00:00:00"


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\r=1", "＝1+1", "\u00a0=1"],
)
def test_no_cell_is_a_formula(title: str) -> None:
    cell = rows(write_cue_sheet(lineage(use("a", 0, 10, title=title, prompt=title))))[0]
    assert cell["title"] == f"'{title}"
    assert cell["prompt"] == f"'{title}"


def test_quotes_commas_and_line_breaks_survive() -> None:
    title = 'A "quoted", split\nline; é 鳥'
    assert rows(write_cue_sheet(lineage(use("a", 0, 10, title=title))))[0]["title"] == title
