"""Bad input through the command line: said clearly, with place and next step, and nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import studio_fixtures
from studio_fixtures import FILM, Run, Said

from generique.testing.productions import install_canned, media_list, write_clip

run, film = studio_fixtures.run, studio_fixtures.film

Spoil = Callable[[Path], None]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A whole production with an authentic clip and a second language."""
    return replace(FILM, media=2.0, languages=("en", "fr")).write(tmp_path / "sound")


def rewritten(name: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text, text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def added(name: str, data: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        with (folder / name).open("ab") as stream:
            stream.write(data)

    return spoil


def truncated(folder: Path) -> None:
    clip = folder / "media" / "finch.mp4"
    clip.write_bytes(clip.read_bytes()[:-400])
    (folder / "media" / "media.toml").write_text(media_list(clip), "utf-8")


def short_of_frames(folder: Path) -> None:
    """A clip whose index is whole and whose picture is not."""
    clip = folder / "media" / "finch.mp4"
    data = bytearray(clip.read_bytes())
    start = data.index(b"mdat") + 400
    data[start : start + 2000] = bytes(2000)
    clip.write_bytes(bytes(data))
    (folder / "media" / "media.toml").write_text(media_list(clip), "utf-8")


def linked_outside(folder: Path) -> None:
    secret = folder.parent / "secret.mp4"
    (folder / "media" / "finch.mp4").rename(secret)
    (folder / "media" / "finch.mp4").symlink_to(secret)


BAD: dict[str, tuple[Spoil, str, int, str, str]] = {
    # what is wrong: how, where it is said to be, exit code, words of the message and the next step
    "missing media file": (
        lambda folder: (folder / "media" / "finch.mp4").unlink(),
        *("media/finch.mp4", 2, "missing", "put it there"),
    ),
    "truncated video": (truncated, "media/finch.mp4", 2, "can be read", ""),
    "broken video": (short_of_frames, "media/finch.mp4", 2, "cannot be", "fetch it again"),
    "link out of the production": (linked_outside, "", 2, "leaves the production", "copy the file"),
    "path out of the production": (
        rewritten("script.fountain", "finch.mp4 00", "../secret.mp4 00"),
        *("script.fountain:14", 2, "climbs out", "copy the file"),
    ),
    "unclosed note": (
        rewritten("script.fountain", "2 s]]", "2 s"),
        *("script.fountain:5", 2, "never closed", "close it"),
    ),
    "screenplay that is no text": (
        added("script.fountain", b"\xff\xfe\x00"),
        *("script.fountain:", 2, "not UTF-8", "save it"),
    ),
    "no screenplay": (
        lambda folder: (folder / "script.fountain").unlink(),
        *("", 2, "no screenplay", "write script.fountain"),
    ),
    "unknown key in production.toml": (
        rewritten("production.toml", "genre =", "gnere ="),
        *("production.toml:5", 2, "gnere", "correct"),
    ),
    "unknown key in media.toml": (
        rewritten("media/media.toml", "captured = true", "captured = true\nfound = 1"),
        *("media/media.toml:8", 2, "found", "correct"),
    ),
    "unknown key in a language": (
        added("languages/fr.toml", b"colour = 1\n"),
        *("languages/fr.toml:", 2, "colour", ""),
    ),
    "unknown key in shots.toml": (
        added("shots.toml", b'schema = "generique/shots/1"\ncolour = 1\n'),
        *("shots.toml:2", 2, "colour", ""),
    ),
    "no TOML": (
        added("production.toml", b"\n[[[\n"),
        *("production.toml:", 2, "not valid TOML", "correct that line"),
    ),
    "missing dialogue": (
        lambda folder: (folder / "languages" / "fr.toml").unlink(),
        *("languages/fr.toml", 2, "missing", "write it there"),
    ),
    "language without titles": (
        rewritten("production.toml", '["en", "fr"]', '["en", "de"]'),
        *("", 2, "'de'", "leave the language out"),
    ),
    "odd language": (
        rewritten("production.toml", '["en", "fr"]', '["en", "../../fr"]'),
        *("production.toml:4", 2, "languages.1", "correct"),
    ),
    "prompt of 100 kB": (
        rewritten("script.fountain", "red, 2 s", "red " * 25_000 + ", 2 s"),
        *("", 2, "", ""),
    ),
    "words that cannot be shown": (
        rewritten("script.fountain", "red, 2 s", "a lion in a kitchen, 2 s"),
        *("1-1", 4, '"kitchen"', ""),
    ),
    "unknown licence": (
        rewritten("media/media.toml", "BSD-3-Clause", "unknown"),
        *("media/media.toml", 3, "licence", "find out"),
    ),
    "unstated rate": (
        rewritten("media/media.toml", 'speed = "24/25"', 'speed = "1"'),
        *("media/media.toml", 3, "25 frames", '"24/25"'),
    ),
    "state folder that is a file": (
        added(".generique", b""),
        *(".generique", 2, "cannot be made", "writable"),
    ),
    "missing backend": (
        rewritten("production.toml", 'shot = "canned"', 'shot = "nosuch"'),
        *("", 5, "no backend 'nosuch'", "install"),
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_told_and_mended(run: Run, sound: Path, tmp_path: Path, what: str) -> None:
    spoil, where, code, message, then = BAD[what]
    whole = tmp_path / "whole"
    shutil.copytree(sound, whole)
    spoil(sound)
    if what == "prompt of 100 kB":  # the canned backend reads any length: ask the one that counts
        rewritten("production.toml", 'shot = "canned"', 'shot = "world"')(sound)
    said = run("spot" if code != 4 else "shoot", *(("-p",) if code == 4 else ()), sound, "--json")
    if what in {"prompt of 100 kB", "missing backend"}:
        said = run("shoot", "-p", sound, "--json")
    assert said.code == code, said
    document = said.document
    assert where in (document["where"] or ""), document
    assert message in " ".join(filter(None, (document["what"], document["why"]))), document
    assert then in document["next"], document
    for name in (
        "production.toml",
        "script.fountain",
        "languages",
        "media",
        "shots.toml",
        ".generique",
    ):
        mended = whole / name
        broken = sound / name
        if mended.is_dir():
            shutil.rmtree(broken)
            shutil.copytree(mended, broken)
        elif mended.exists():
            shutil.copy(mended, broken)
        elif broken.is_file():
            broken.unlink()
    assert run("spot", sound, "-q").code == 0


def test_a_corrupt_ledger_is_damage_and_a_restored_one_goes_on(run: Run, film: Path) -> None:
    assert run("shoot", "-p", film, "-q").code == 0
    ledger = film / ".generique" / "ledger.sqlite"
    with sqlite3.connect(ledger) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    kept = ledger.read_bytes()
    for spoiled in (b"not a database, " * 600, kept[:3000] + b"\xff" * 3000 + kept[6000:]):
        for beside in ledger.parent.glob("ledger.sqlite-*"):
            beside.unlink()
        ledger.write_bytes(spoiled)
        said = run("status", film, "--json")
        assert (said.code, said.document["code"]) == (6, "damaged"), said
        assert "backup" in said.document["next"]
    ledger.write_bytes(kept)
    said = run("shoot", "-p", film)
    assert said.code == 0
    assert {line.rpartition(": ")[2] for line in said.err.splitlines()} == {"done before"}


def test_a_flipped_byte_in_the_vault_is_found_and_the_file_is_made_again(
    run: Run, film: Path
) -> None:
    first = run("produce", film, "--demo-review", "--json").document
    vault = film / ".generique" / "vault"
    take = (film / "out" / "takes" / "1-1.t1.mp4").read_bytes()
    (stored,) = [path for path in vault.glob("??/*") if path.read_bytes() == take]
    stored.chmod(0o644)
    stored.write_bytes(take[:-1] + bytes([take[-1] ^ 1]))
    checked = run("vault", "check", "-p", film, "--json")
    assert checked.code == 6
    (fault,) = checked.document["faults"]
    assert (Path(fault["name"]).name, fault["code"]) == (stored.name, "changed")
    rewritten("production.toml", "credits_seconds = 20.0", "credits_seconds = 21.0")(film)
    said = run("produce", film, "--demo-review", "--json")
    assert (said.code, said.document["where"]) == (6, str(stored)), said
    stored.unlink()
    rewritten("production.toml", "credits_seconds = 21.0", "credits_seconds = 20.0")(film)
    again = run("produce", film, "--demo-review", "--json")
    assert again.code == 0, again
    assert again.document["essences"] == first["essences"]
    assert stored.read_bytes() == take
    assert run("vault", "check", "-p", film).code == 0


def test_settings_edited_between_runs_make_new_takes_and_keep_the_old(run: Run, film: Path) -> None:
    first = run("produce", film, "--demo-review", "--json").document
    rewritten("production.toml", "width = 320, height = 180", "width = 384, height = 216")(film)
    assert run("produce", film, "--demo-review", "-q").code == 0
    assert (film / "out" / "takes" / "1-1.t2.mp4").is_file()
    rewritten("production.toml", "width = 384, height = 216", "width = 320, height = 180")(film)
    back = run("produce", film, "--demo-review")
    assert {line.rpartition(": ")[2] for line in back.err.splitlines()} <= {
        *("done before", "started", "done"),
    }
    again = run("produce", film, "--demo-review", "--json").document
    assert again["essences"] == first["essences"]
    assert run("audit", film, "--json").code == 1
    assert run("verify", film / "out" / "master.en.mp4", "--require-trusted").code == 0


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Path:
    """Where files may not grow beyond a bound that the test sets on itself."""
    return FILM.write(tmp_path / "tiny disk")


@pytest.mark.parametrize("bytes_at_most", [20_000, 150_000, 1_000_000])
def test_a_disk_without_room_loses_nothing(run: Run, tiny_disk: Path, bytes_at_most: int) -> None:
    """The limit on a file's size stands for a full disk: a write fails halfway, with an error."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, before[1]))
    try:
        said = run("produce", tiny_disk, "--demo-review")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert said.code == 2, said
    assert "storage-unavailable" in said.err, said.err
    assert "next:" in said.err
    assert not list((tiny_disk / "out").glob("*.mp4"))
    assert run("vault", "check", "-p", tiny_disk).code == 0
    assert run("produce", tiny_disk, "--demo-review", "-q").code == 0


def test_a_full_disk_and_a_read_only_one_lose_nothing(tmp_path: Path) -> None:
    """Where this machine lets us mount; elsewhere the limit on file sizes has shown the same."""
    place, mount = tmp_path / "disk", shutil.which("mount") or "mount"
    place.mkdir()
    small = [mount, "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(place)]
    if subprocess.run(small, capture_output=True, check=False).returncode:
        return
    try:
        folder = FILM.write(place / "film")
        make = partial(apart, tmp_path, "produce", folder, "--demo-review", "--json")
        full = make()
        assert (full.code, full.document["code"]) == (2, "storage-unavailable"), full
        subprocess.run([mount, "-o", "remount,ro", str(place)], check=True)
        locked = make()
        assert (locked.code, locked.document["code"]) == (2, "storage-unavailable"), locked
        subprocess.run([mount, "-o", "remount,rw,size=200m", str(place)], check=True)
        assert make().code == 0
        master = folder / "out" / "master.en.mp4"
        assert apart(tmp_path, "verify", master, "--require-trusted").code == 0
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(place)], check=True)


def apart(room: Path, *words: object) -> Said:
    """Run a command in a process of its own, which lets go of all files at its end."""
    environment = os.environ | {
        "GENERIQUE_HOME": str(room / "home"),
        "PYTHONPATH": str(install_canned(room / "plugins")),
    }
    program = "from generique.studio.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *(str(word) for word in words)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "unforeseen" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


HOSTILE = "<script>alert(1)</script>"


def test_markup_in_titles_names_and_files_stays_text(run: Run, tmp_path: Path) -> None:
    typst = "#panic(1) $x$ *b* @a \\\\ <c>"
    title = f"{HOSTILE} {typst} '; rm -rf ~ $(reboot) `id`"
    folder = replace(FILM, media=2.0, title=title).write(tmp_path / "-rf $(x); `y` é")
    name = "=cmd 'a' <b>& $(x).mp4"
    (folder / "media" / "finch.mp4").rename(folder / "media" / name)
    rewritten("script.fountain", "finch.mp4", name)(folder)
    rewritten("media/media.toml", "finch.mp4", name)(folder)
    rewritten("media/media.toml", 'title = "A finch"', f'title = "=HYPERLINK(1) {HOSTILE}"')(folder)
    rewritten("media/media.toml", "A camera person", f"{HOSTILE} #panic(2)")(folder)
    rewritten("production.toml", 'name = "Mira"', f'name = "@SUM(1) {HOSTILE} [red]"')(folder)
    said = run("produce", folder, "--demo-review", "--json")
    assert said.code == 0, said.err
    page = (folder / "out" / "audit.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    sheet = (folder / "out" / "cue_sheet.csv").read_text("utf-8")
    assert ",=HYPERLINK" not in sheet
    assert ',"=HYPERLINK' not in sheet
    moment = run("trace", folder / "out" / "master.en.mp4", "--at", "1", "--json")
    assert moment.code == 0
    assert run("verify", folder / "out" / "master.en.mp4", "--require-trusted").code == 0


def test_no_control_character_reaches_a_terminal(run: Run, tmp_path: Path) -> None:
    folder = FILM.write(tmp_path / "film")
    rewritten("production.toml", 'title = "Tiny"', 'title = "\\u001b]0;owned\\u0007\\u202e"')(
        folder
    )
    rewritten("production.toml", 'name = "Mira"', 'name = "\\u001b[2J"')(folder)
    listed = run("person", "list", "-p", folder)
    broken = run("plan", folder / "\x1b[2J")
    for said in (listed, broken):
        assert "\x1b" not in said.out + said.err


def test_write_clip_is_what_the_other_tests_think(tmp_path: Path) -> None:
    assert write_clip(tmp_path / "clip.mp4", 3).read_bytes()[4:8] == b"ftyp"
