"""The producer on a tiny production on disk, with canned takes: real steps, real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from production_parts import FILM, MIRA, House, Room

from generique.machineroom.folder import DiskFolder
from generique.model.element import Quality
from generique.model.errors import (
    BackendFailed,
    Damaged,
    NotCapable,
    Refused,
    UnreadableInput,
    UsageError,
    WaitingForPerson,
)
from generique.model.people import Role
from generique.production.direction import choices, choose, direct_retake, directed_notes
from generique.production.review import Opinion, all_takes, decide, demonstrate, find_take
from generique.testing.memory import NamedSigner
from generique.testing.productions import media_list, write_clip


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(DiskFolder(FILM.write(tmp_path / "film")), Room(tmp_path / "room"))


def test_the_whole_film_is_brought_once(house: House) -> None:
    film = house.producer.film(Quality.DRAFT)
    names = [shot.take.id for shot in film.chosen.takes()]
    voices = ["1-L1-en.t1", "3-L1-en.t1", "notice-en.t1"]
    assert names == ["1-1.t1", "2-1.t1", *voices, "music.t1", "1-1-fx1.t1"]
    size = house.room.journal.ledger.size()
    again = house.producer.film(Quality.DRAFT)
    assert house.room.journal.ledger.size() == size
    assert not any(shot.ran for shot in again.chosen.takes())
    assert again.chosen.media["finch.mp4"].picture is not None


def test_a_take_made_again_after_a_loss_is_the_same_take(house: House) -> None:
    first = house.producer.film(Quality.DRAFT).chosen.shots["1-1"].take
    house.room.vault.lose(first.file)
    again = house.producer.film(Quality.DRAFT).chosen.shots["1-1"]
    assert again.ran
    assert again.take == first
    assert [take.id for take in all_takes(house.room.journal, house.room.vault)].count(
        "1-1.t1"
    ) == 1


def test_a_damaged_take_stops_the_work(house: House) -> None:
    voice = house.producer.film(Quality.DRAFT).chosen.voices["en", "1-L1"].take
    house.room.vault.damage(voice.file)
    with pytest.raises(Damaged):
        house.producer.film(Quality.DRAFT)


def test_another_quality_is_another_take(house: House) -> None:
    house.producer.film(Quality.DRAFT)
    take = house.producer.film(Quality.PREVIEW).chosen.shots["1-1"].take
    assert take.id == "1-1.t2"


def test_a_prompt_that_cannot_be_shown_stops_before_any_picture_is_made(house: House) -> None:
    house.rewrite("script.fountain", "blue, 1 s", "a lion, 1 s")
    with pytest.raises(NotCapable) as caught:
        house.producer.film(Quality.DRAFT)
    assert caught.value.unknown == ("lion",)
    assert not any(name.startswith("shoot 1-1") for name, _ in house.room.progress.steps)


def test_a_backend_that_breaks_leaves_no_take(house: House) -> None:
    house.rewrite("script.fountain", "blue, 1 s", "blue breaking, 1 s")
    with pytest.raises(BackendFailed):
        house.producer.film(Quality.DRAFT)
    assert "2-1.t1" not in {take.id for take in all_takes(house.room.journal, house.room.vault)}
    assert not list((house.room.folder / "state" / "stage").iterdir())


def test_the_plan_knows_what_was_done_and_changes_nothing(house: House) -> None:
    before = house.planner.plan(Quality.DRAFT)
    assert not before.exact
    assert {step.state for step in before.steps} == {"to do", "after review"}
    assert house.room.journal.ledger.size() == 0
    assert not (house.folder.root / "shots.toml").exists()
    house.producer.film(Quality.DRAFT)
    after = house.planner.plan(Quality.DRAFT)
    assert after.exact
    assert {step.state for step in after.steps if step.backend} == {"cached"}
    assert after.seconds < before.seconds


def test_the_plan_names_every_refusal(house: House) -> None:
    house.rewrite("script.fountain", "blue, 1 s", "a lion, 1 s")
    house.rewrite("media/media.toml", "BSD-3-Clause", "unknown")
    refusals = {refusal.rule: refusal for refusal in house.planner.plan(Quality.DRAFT).refusals}
    assert set(refusals) == {"backend-capability", "media-rights"}
    assert refusals["backend-capability"].capability
    assert '"lion"' in refusals["backend-capability"].reason
    assert not refusals["media-rights"].capability
    assert refusals["media-rights"].who == "producer"


def test_status_says_what_waits_for_whom(house: House) -> None:
    assert {row.state for row in house.status().rows} == {"to do"}
    film = house.producer.film(Quality.DRAFT)
    first, second = (film.chosen.shots[name].take for name in ("1-1", "2-1"))
    house.room.know(MIRA)
    said = Opinion(verdict="approved", person=MIRA, role=Role.DIRECTOR, reason="good")
    decide(first, said, NamedSigner.person("mira"), house.room.journal)
    demonstrate(second, NamedSigner.demonstration(), house.room.journal)
    rows = {row.element: (row.take, row.state, row.waits_for) for row in house.status().rows}
    assert rows["1-1"] == ("1-1.t1", "approved", None)
    assert rows["2-1"] == ("2-1.t1", "demonstration", "director")
    assert rows["music"] == ("music.t1", "waiting", "director")
    assert "none yet" in house.status().summary


def test_a_retake_is_a_new_take_beside_the_old_one(house: House) -> None:
    spotted = house.producer.spot()
    house.producer.film(Quality.DRAFT)
    order = house.producer.retake_order(spotted, "1-1", "darker", Quality.DRAFT)
    direct_retake("1-1", "darker", spotted.script.shots, house.room.journal)
    retaken = house.producer.shoot(order).take
    assert retaken.id == "1-1.t2"
    assert directed_notes(house.room.journal) == {"1-1": ("darker",)}
    film = house.producer.film(Quality.DRAFT)
    assert film.chosen.shots["1-1"].take == retaken
    old = find_take(house.room.journal, house.room.vault, "1-1.t1")
    choose(old, house.room.journal)
    assert choices(house.room.journal) == {"1-1": old.essence}
    assert house.producer.film(Quality.DRAFT).chosen.shots["1-1"].take == old
    choose(retaken, house.room.journal)
    assert house.producer.film(Quality.DRAFT).chosen.shots["1-1"].take == retaken


def test_a_chosen_take_that_no_longer_fits_waits_for_a_choice(house: House) -> None:
    film = house.producer.film(Quality.DRAFT)
    choose(film.chosen.shots["1-1"].take, house.room.journal)
    house.rewrite("script.fountain", "red, 2 s", "red, 2.5 s")
    with pytest.raises(WaitingForPerson) as caught:
        house.producer.film(Quality.DRAFT)
    assert "1-1.t2" in (caught.value.next_step or "")


@pytest.mark.parametrize(
    ("shot", "note", "error"),
    [
        ("9-9", "darker", UsageError),
        ("3-1", "darker", UsageError),  # authentic: there is nothing to make again
        ("1-1", "  ", UsageError),
        ("1-1", "darker " * 1000, UsageError),
        ("1-1", "with a lion", NotCapable),
    ],
)
def test_a_retake_that_cannot_be_made_is_not_recorded(
    house: House, shot: str, note: str, error: type[Exception]
) -> None:
    spotted = house.producer.spot()
    with pytest.raises(error):
        house.producer.retake_order(spotted, shot, note, Quality.DRAFT)
    assert directed_notes(house.room.journal) == {}


def test_media_without_known_rights_are_refused(house: House) -> None:
    house.rewrite("media/media.toml", "BSD-3-Clause", "Undisclosed")
    with pytest.raises(Refused) as caught:
        house.producer.spot()
    assert "no permission" in (caught.value.why or "")
    (house.folder.root / "media" / "media.toml").unlink()
    with pytest.raises(Refused) as caught:
        house.producer.spot()
    assert "nothing is known" in caught.value.what
    assert "media.toml" in (caught.value.where or "")


def test_a_medium_that_changed_since_its_rights_were_stated_is_refused(house: House) -> None:
    write_clip(house.folder.root / "media" / "finch.mp4", 70)
    with pytest.raises(UnreadableInput) as caught:
        house.producer.spot()
    assert "not the file" in caught.value.what
    assert "sha256:" in (caught.value.why or "")


@pytest.mark.parametrize(("rate", "exact"), [(25, "24/25"), (30, "4/5")])
def test_a_medium_of_another_rate_is_refused_with_the_speed_to_state(
    house: House, rate: int, exact: str
) -> None:
    clip = write_clip(house.folder.root / "media" / "finch.mp4", 90, rate=rate)
    stated = house.folder.root / "media" / "media.toml"
    stated.write_text(media_list(clip, speed="1"), "utf-8")
    with pytest.raises(Refused) as caught:
        house.producer.spot()
    assert f'"{exact}"' in (caught.value.next_step or "")
    assert not all_takes(house.room.journal, house.room.vault)
    stated.write_text(media_list(clip, speed=exact), "utf-8")
    assert house.producer.spot().media["finch.mp4"].picture is not None


def test_limits_that_would_not_be_kept_are_refused(house: House) -> None:
    settings = house.folder.root / "production.toml"
    text = settings.read_text("utf-8")
    settings.write_text('policy_packs = ["strict-2026"]\n' + text, "utf-8")
    with pytest.raises(UnreadableInput, match="strict-2026"):
        house.planner.plan(Quality.DRAFT)
    with pytest.raises(UnreadableInput, match="strict-2026"):
        house.producer.film(Quality.DRAFT)
    settings.write_text(text, "utf-8")
    clauses = house.folder.root / "contract" / "clauses.toml"
    clauses.parent.mkdir()
    clauses.write_text("", "utf-8")
    with pytest.raises(UnreadableInput):
        house.folder.contract()


def test_music_of_a_single_shot_is_refused_not_forgotten(house: House) -> None:
    script = house.folder.root / "script.fountain"
    text = script.read_text("utf-8")
    script.write_text(text.replace("[[shot:", "[[music: solo bells]]\n[[shot:", 1), "utf-8")
    with pytest.raises(NotCapable, match="music of its own"):
        house.producer.breakdown()


def test_spotting_follows_what_people_changed(house: House) -> None:
    first = house.producer.spot()
    assert house.producer.spot().digest == first.digest
    house.rewrite("shots.toml", 'seconds = "1"', 'seconds = "1.5"')
    second = house.producer.spot()
    assert second.digest != first.digest
    assert second.plan.shots[1].frames == 36
    assert [voice.ran for voice in second.voices.values()] == [False, False]


def test_lines_that_do_not_fit_say_by_how_much(house: House) -> None:
    house.rewrite("script.fountain", "red, 2 s", "red, 0.5 s")
    with pytest.raises(UnreadableInput) as caught:
        house.producer.spot()
    assert "too long" in caught.value.what
    assert "1-1" in (caught.value.where or "")
