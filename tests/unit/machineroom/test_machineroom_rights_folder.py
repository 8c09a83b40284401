"""The folder ``rights/``: what every adapter promises, and what only a disk can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from generique.backends.firmament.backend import FirmamentBackend
from generique.backends.foley import FoleyBackend
from generique.backends.pico import PicoBackend
from generique.backends.score import ScoreBackend
from generique.backends.world.backend import WorldBackend
from generique.machineroom.rights_folder import DiskRights
from generique.machineroom.toml_text import written
from generique.machineroom.toml_values import DEEPEST, parse_toml
from generique.model.errors import UnreadableInput
from generique.model.kept_passports import DatasetPassport, ModelPassport, ToolPassport
from generique.model.values import digest_of
from generique.production.passports import lacking
from generique.production.ports import Backend
from generique.production.rights import RightsFile
from generique.production.rights_ports import RightsFolder
from generique.testing.rights import MemoryRights

TOOL = """\
# What we were told on the telephone.
schema = "generique/tool-passport/1"
id = "lens"
version = "4"
title = "Lens"  # their own spelling
checked_by = "mira"
checked_on = 2026-11-28

[usage]
# see the mail of the 27th
licence = "MIT"
"""


def tool_of(**more: object) -> ToolPassport:
    document = {
        "schema": "generique/tool-passport/1",
        "id": "lens",
        "version": "4",
        "title": "Lens",
        "checked_by": "mira",
        "checked_on": "2026-11-28",
        **more,
    }
    return ToolPassport.read(document, where="tool.toml")


@pytest.fixture(params=["disk", "memory"])
def rights(request: pytest.FixtureRequest, tmp_path: Path) -> RightsFolder:
    return DiskRights(tmp_path / "film") if request.param == "disk" else MemoryRights()


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / "rights" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_without_papers_has_none(rights: RightsFolder) -> None:
    assert rights.passports() == ()
    assert rights.consents() is None
    assert rights.declarations() is None
    assert rights.digest("rights/documents/nothing.txt") is None


def test_what_is_written_is_read_and_replaced(rights: RightsFolder) -> None:
    first, other = tool_of(), tool_of(version="5")
    file = rights.write(first)
    assert rights.write(other) != file
    changed = tool_of(tier="team", notes="several\nlines", usage={"territories": []})
    assert rights.write(changed) == file
    papers = {paper.file: paper for paper in rights.passports()}
    assert papers.pop(file).value == changed
    assert [paper.value for paper in papers.values()] == [other]
    (found,) = [paper for paper in rights.passports() if paper.file == file]
    assert file in found.where(("tier",))


def test_a_document_is_kept_once(rights: RightsFolder, tmp_path: Path) -> None:
    text = tmp_path / "licence.txt"
    text.write_text("You may.", encoding="utf-8")
    kept = rights.keep(text, read_on="2026-11-28", source="https://example.org")
    assert kept.file is not None
    assert rights.digest(kept.file) == kept.digest == digest_of(b"You may.")
    assert rights.keep(text, read_on="2026-11-28", source="https://example.org") == kept


def test_a_path_that_leaves_is_refused(rights: RightsFolder) -> None:
    for path in ("../secret.txt", "rights/../../secret.txt", "/etc/hostname"):
        with pytest.raises(UnreadableInput, match="leaves the production"):
            rights.digest(path)


def test_comments_survive_a_new_statement(tmp_path: Path) -> None:
    path = put(tmp_path, "passports/our-own-name.toml", TOOL)
    rights = DiskRights(tmp_path)
    (paper,) = rights.passports()
    assert paper.digest == digest_of(path.read_bytes())
    assert paper.where(("usage", "licence")) == f"{path}:11"
    said = paper.value.model_copy(update={"tier": "team"})
    assert rights.write(said) == "rights/passports/our-own-name.toml"
    text = path.read_text("utf-8")
    for words in ("on the telephone", "their own spelling", "the mail of the 27th"):
        assert words in text
    assert rights.passports()[0].value == said
    before = text
    rights.write(said)
    assert path.read_text("utf-8") == before


def test_names_of_new_files_are_free(tmp_path: Path) -> None:
    rights = DiskRights(tmp_path)
    assert rights.write(tool_of(version="1")) == "rights/passports/tool-lens.toml"
    assert rights.write(tool_of(version="2")) == "rights/passports/tool-lens-1.toml"
    assert rights.write(tool_of(id="Lens", version="1")) == "rights/passports/tool-Lens-2.toml"


def test_what_is_gone_goes_from_the_text() -> None:
    before = "a = 1\nb = 2\n\n[t]\nx = 1\n# kept\ny = 2\n"
    after = written({"a": 1, "t": {"y": 3}, "list": [{"z": 1}], "none": None}, before)
    assert after == "a = 1\n\n[t]\n# kept\ny = 3\n\n[[list]]\nz = 1\n"
    assert written({"t": {"y": {"z": 1}}, "no": []}) == "no = []\n\n[t.y]\nz = 1\n"


def test_the_program_says_what_it_knows_of_its_own_generators(tmp_path: Path) -> None:
    """A generator without a passport of its version would be refused in every production."""
    shipped = [paper.value for paper in DiskRights(tmp_path).shipped()]
    own: tuple[Backend, ...] = (
        WorldBackend(),
        PicoBackend(),
        ScoreBackend(),
        FoleyBackend(),
        FirmamentBackend(),
    )
    passports = [backend.passport() for backend in own]
    rights = RightsFile(
        tools=tuple(one for one in shipped if isinstance(one, ToolPassport)),
        models=tuple(one for one in shipped if isinstance(one, ModelPassport)),
        datasets=tuple(one for one in shipped if isinstance(one, DatasetPassport)),
    )
    assert lacking(rights, passports) == ()
    said = {passport.name: passport for passport in passports}
    assert {model.id for model in rights.models} == {tool.id for tool in rights.tools} == set(said)
    for model in rights.models:
        assert model.training == said[model.id].training.statement
        assert model.usage.licence == said[model.id].licence
        assert set(model.datasets) == {one.id for one in said[model.id].training.datasets}
    for tool in rights.tools:
        assert (tool.environment, tool.trains_on_inputs.value) == ("local", "no")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        "a = " + "[" * 200_000,
        ".".join("a" * (DEEPEST + 1)) + " = 1",
        "[" + ".".join('"a"' for _ in range(DEEPEST + 1)) + "]",
        "x = {" + ".".join("a" * 200_000) + " = 1}",
    ],
)
def test_nesting_is_refused_before_it_is_read(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="nested too deeply") as refused:
        parse_toml("# first line\n" + text, tmp_path / "a.toml")
    assert str(refused.value.where).endswith("a.toml:2")


@pytest.mark.parametrize(
    "text",
    [
        'a = "[[[[[[[[[[[[[[[[[[[[[[" # [[[[[[[[[[[[[[[[[[[[[[[[[[[',
        "a = '''\n[[[[[[[[[[[[[[[[[[[[[ a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t\n'''",
        'a = """\n\\"""[[[[[[[[[[[[[[[[[[[[[[[[\n"""',
        "a = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]",
        "".join(f"[[a]]\nb = [[{n}]]\n" for n in range(40)),
    ],
)
def test_what_only_looks_deep_is_read(text: str, tmp_path: Path) -> None:
    assert "a" in parse_toml(text, tmp_path / "a.toml")


def test_a_number_of_thousands_of_digits_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="not valid TOML"):
        parse_toml("a = " + "9" * 5000, tmp_path / "a.toml")
