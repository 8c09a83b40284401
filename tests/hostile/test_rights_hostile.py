"""Papers of rights that are forged, bloated or nonsense: refused with a place, never a crash."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.clearance.case import Case, ElementFacts
from generique.clearance.interchange.croissant import read_croissant
from generique.clearance.interchange.spdx import read_spdx
from generique.clearance.reservations.carried import read_assertion, read_packet
from generique.clearance.reservations.robots import read_robots
from generique.clearance.reservations.tdmrep import read_page, read_site_file
from generique.clearance.reservations.words import place_matches
from generique.clearance.verdict import Gate
from generique.machineroom.folder import DiskFolder
from generique.machineroom.rights_folder import DiskRights
from generique.model.element import ElementClass, ElementKind
from generique.model.errors import GeneriqueError, Refused, UnreadableInput
from generique.model.kept_passports import ToolPassport
from generique.model.passport import Passport, SourceType, Training
from generique.model.production import Production
from generique.production.rights import read_rights
from generique.testing.productions import TinyFilm
from patience import at_once

CONSENT = """\
schema = "generique/consents/1"

[[consent]]
id = "ada"
person = "Ada"
of = "voice"
actions = ["dub"]
titles = ["*"]
territories = ["*"]
media = ["*"]
description = "Narration."
"""
TOOL = """\
schema = "generique/tool-passport/1"
id = "lens"
version = "4"
title = "Lens"
checked_by = "mira"
checked_on = "2026-11-28"
"""
LARGE = 50_000_000


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return TinyFilm(media=0.0).write(tmp_path / "film")


def put(film: Path, name: str, text: str) -> Path:
    path = film / "rights" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(film: Path, kind: type[GeneriqueError] = UnreadableInput) -> GeneriqueError:
    with at_once(), pytest.raises(kind) as found:
        read_rights(DiskFolder(film))
    return found.value


@pytest.mark.parametrize("name", ["passports/a.toml", "consents.toml", "uses.toml"])
def test_fifty_megabytes_are_refused_unread(film: Path, name: str) -> None:
    path = put(film, name, "")
    with path.open("wb") as stream:
        stream.truncate(LARGE)
    error = refused(film)
    assert "50,000,000 bytes" in str(error.why)
    assert error.where == str(path)


def test_a_production_of_fifty_megabytes_is_refused_unread(film: Path) -> None:
    os.truncate(film / "production.toml", LARGE)
    with pytest.raises(UnreadableInput, match="too large"):
        DiskFolder(film).production()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TOOL + "usage = " + "[" * 400_000, 7),
        (TOOL + "usage = " + "{a=" * 100_000, 7),
        (TOOL + "usage." + "a." * 400_000 + "a = 1", 7),
        (TOOL + "[" + "a." * 400_000 + "a]", 7),
        (TOOL + "retention_days = " + "9" * 100_000, None),
        (TOOL + 'notes = """' + "\\" * 900_001, None),
        (TOOL + "[[usage]]\n" * 80_000, None),
    ],
)
def test_bombs_of_nesting_and_size_are_refused(film: Path, text: str, line: int | None) -> None:
    path = put(film, "passports/a.toml", text)
    error = refused(film)
    assert str(error.where).startswith(str(path))
    if line is not None:
        assert str(error.where).endswith(f":{line}")


def link_to_folder(film: Path, outside: Path) -> None:
    (film / "rights").rename(outside / "rights")
    (film / "rights").symlink_to(outside / "rights")


def link_to_file(film: Path, outside: Path) -> None:
    (outside / "passport.toml").write_text(TOOL, "utf-8")
    put(film, "passports/x.toml", "").unlink()
    (film / "rights" / "passports" / "a.toml").symlink_to(outside / "passport.toml")


def link_to_itself(film: Path, _: Path) -> None:
    path = put(film, "consents.toml", "")
    path.unlink()
    path.symlink_to(path)


def link_to_nothing(film: Path, _: Path) -> None:
    path = put(film, "uses.toml", "")
    path.unlink()
    path.symlink_to(film / "rights" / "nothing.toml")


def pipe(film: Path, _: Path) -> None:
    path = put(film, "consents.toml", "")
    path.unlink()
    os.mkfifo(path)


def folder_for_file(film: Path, _: Path) -> None:
    put(film, "consents.toml", "").unlink()
    (film / "rights" / "consents.toml").mkdir()


@pytest.mark.parametrize(
    "trick",
    [
        link_to_folder,
        link_to_file,
        link_to_itself,
        link_to_nothing,
        pipe,
        folder_for_file,
    ],
)
def test_links_pipes_and_folders_are_refused(
    film: Path, tmp_path: Path, trick: Callable[[Path, Path], None]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    trick(film, outside)
    refused(film)


@pytest.mark.parametrize("document", ["../secret.txt", "rights/documents/link.txt", "a\\u0000b"])
def test_a_document_outside_is_refused(film: Path, tmp_path: Path, document: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    put(film, "documents/link.txt", "").unlink()
    (film / "rights" / "documents" / "link.txt").symlink_to(tmp_path / "secret.txt")
    digest = "sha256:" + "0" * 64
    terms = f'\n[usage.terms]\ndigest = "{digest}"\nread_on = "2026-11-28"\nfile = "{document}"\n'
    put(film, "passports/a.toml", TOOL + terms)
    assert "leaves the production" in refused(film).what


def test_a_changed_licence_is_refused_with_both_digests(film: Path) -> None:
    put(film, "documents/l.txt", "You may do anything.")
    stated = "sha256:" + "1" * 64
    text = f'\n[usage.licence_text]\ndigest = "{stated}"\nread_on = "2026-11-28"\n'
    path = put(film, "passports/a.toml", TOOL + text + 'file = "rights/documents/l.txt"\n')
    error = refused(film, Refused)
    assert error.where == f"{path}:11"
    assert stated in str(error.why)


def test_a_pipe_for_a_document_does_not_hang(film: Path) -> None:
    put(film, "documents/x", "").unlink()
    os.mkfifo(film / "rights" / "documents" / "pipe.txt")
    with pytest.raises(UnreadableInput, match="no plain file"):
        DiskRights(film).digest("rights/documents/pipe.txt")


@pytest.mark.parametrize(
    "days",
    [
        'starts = "2026-02-30"',
        'starts = "2026-13-01"',
        "starts = 2026-02-30",
        'starts = "28.11.2026"',
        'starts = "2026-1-1"',
        'starts = "0000-01-01"',
        'starts = "2026-11-28T00:00:00Z"',
        "starts = 2026-11-28T00:00:00Z",
        "starts = 20261128",
        'starts = "２０２６-11-28"',
        'starts = "2026-11-28\\n"',
        'starts = "2026-06-01"\nends = "2026-05-31"',
        "",
    ],
)
def test_days_that_are_none_are_refused(film: Path, days: str) -> None:
    path = put(film, "consents.toml", CONSENT + days)
    assert str(refused(film).where).startswith(f"{path}:")


@pytest.mark.parametrize(
    "text",
    [
        TOOL.replace("tool-passport/1", "tool-passport/2"),
        TOOL.replace("tool-passport/1", "model-passport/1") + 'trains_on_inputs = "no"',
        TOOL.replace('schema = "generique/tool-passport/1"\n', ""),
        "schema = [1]",
        TOOL + 'trained_on_inputs = "no"',
        TOOL + "trains_on_inputs = false",
        TOOL + 'trains_on_inputs = "certainly not"',
        TOOL.replace('"lens"', '"../lens"'),
        TOOL + TOOL,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_a_passport_of_another_form_is_refused(film: Path, text: str) -> None:
    path = put(film, "passports/a.toml", text)
    assert str(refused(film).where).startswith(f"{path}:")


def test_text_that_is_no_utf_8_is_refused(film: Path) -> None:
    put(film, "passports/a.toml", "").write_bytes(b'title = "\xff"')
    assert "UTF-8" in refused(film).what


def test_double_names_are_refused_wherever_they_hide(film: Path) -> None:
    put(film, "passports/a.toml", TOOL)
    put(film, "passports/b.toml", TOOL.replace('"Lens"', '"Another"'))
    assert "has two passports" in refused(film).what
    (film / "rights" / "passports" / "b.toml").unlink()
    days = 'starts = "2026-01-01"\n'
    again = CONSENT.partition("\n\n")[2]
    put(film, "consents.toml", f"{CONSENT}{days}\n{again}{days}")
    assert "the consent ada is named twice" in refused(film).what


def test_a_passport_of_another_version_does_not_count() -> None:
    passport = Passport(
        name="lens",
        version="5",
        title="Lens",
        maker="A maker",
        licence="MIT",
        kinds=(ElementKind.SHOT,),
        training=Training(statement="undisclosed"),
        source_type=SourceType.TRAINED_ALGORITHMIC,
        repeatable=False,
    )
    element = ElementFacts(
        id="1-1",
        title="A view",
        kind=ElementKind.SHOT,
        element_class=ElementClass.SYNTHETIC,
        backend="lens",
        model="lens",
        passport=passport,
    )
    document = dict(line.split(" = ") for line in TOOL.strip().splitlines())
    tool = ToolPassport.read({k: v.strip('"') for k, v in document.items()}, where="a.toml")
    film = Production.read(
        {
            "schema": "generique/production/1",
            "id": "tiny",
            "title": "Tiny",
            "languages": ["en"],
            "genre": "documentary",
            "raster": {"width": 320, "height": 180},
            "rate": "24",
            "backends": {"shot": "lens"},
        },
        where="production.toml",
    )
    for version, counts in (("4", False), ("5", True), ("*", True)):
        kept = tool.model_copy(update={"version": version})
        case = Case(
            production=film,
            gate=Gate.GENERATE,
            today="2026-11-28",
            elements=(element,),
            tools=(kept,),
        )
        assert case.tool(element) == (kept if counts else None)


def test_patterns_made_to_be_slow_are_quick() -> None:
    with at_once():
        assert not place_matches("/" + "*a" * 2000 + "*b", "/" + "a" * 8000)
        assert not place_matches("/" + "*a" * 2000 + "$", "/" + "a" * 8000 + "b")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@graph", "type", "spdxId", "name", "license", "creator", "to", "from", "entries",
                 "use", "verifiedUsing", "relationshipType", "conformsTo", "rootElement"]
            ),
            inner | st.sampled_from(["ai_AIPackage", "Relationship", "trainedOn", "SpdxDocument"]),
            max_size=4,
        )
    ),
    max_leaves=14,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["@graph", "name", "license", "gen:consents"]), JSON))
def test_documents_of_others_never_break_the_reader(document: dict[str, object]) -> None:
    read_croissant(document)
    read_spdx(document, "model")
    read_spdx(document, "dataset")


@given(st.text(max_size=200), JSON)
def test_words_of_strangers_never_break_the_reader(text: str, data: object) -> None:
    for said in (
        read_site_file(text, "/a", where="x"),
        read_page(text, where="x"),
        read_robots(text, "/a", where="x"),
        read_packet(text, where="x"),
        read_assertion(data, where="x"),
    ):
        assert said.found
