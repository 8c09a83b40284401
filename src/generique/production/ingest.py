"""Ingest: authentic media enter the vault with their rights, and never change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

from generique.clearance.licences import licence_known
from generique.clearance.reservations.scan import ROBOTS_FILE, SCAN_VERSION, SITE_FILE, scan
from generique.ledger.canonical import canonical
from generique.model.errors import Refused, UnreadableInput
from generique.model.kept_passports import Reservation
from generique.model.production import MediaItem, MediaList
from generique.model.shot import ShotList
from generique.model.time import Rate
from generique.model.values import Digest, Json, Value, digest_of
from generique.production.journal import Journal
from generique.production.machineroom_ports import Bench, Folder, PictureFacts
from generique.production.ports import Vault
from generique.production.steps import StepMachine, step

SAMPLE_RATE = 48_000


class Medium(Value):
    """A medium in the vault.

    Attributes:
        picture: Facts of the picture; None for sound.
        samples: Length at 48 kHz; None for picture.
        reservations: What was said of text and data mining when it was ingested, one answer for
            each protocol, silence included.
        entry: Ledger entry of the ingest.
    """

    item: MediaItem
    file: Digest
    essence: Digest
    picture: PictureFacts | None
    samples: int | None
    reservations: tuple[Reservation, ...] = ()
    entry: int

    def film_frames(self, rate: Rate) -> int:
        """Frames of the film that the whole medium lasts at its declared speed."""
        if self.picture is not None:
            speed = Fraction(self.item.speed)
            return int(self.picture.frames / (self.picture.rate.fps * speed) * rate.fps)
        return int(Fraction(self.samples or 0, SAMPLE_RATE) * rate.fps)


def wanted_media(shots: ShotList) -> tuple[str, ...]:
    """Files that the shots use, each once, in order of use."""
    uses = [use for shot in shots.shots for use in (shot.media, *shot.sounds) if use is not None]
    return tuple(dict.fromkeys(use.file for use in uses))


def check_rights(file: str, media: MediaList) -> MediaItem:
    """The rights in a medium; a medium without any is refused.

    Raises:
        Refused: Nothing, or nothing known, is said of its licence. Unknown is never permission.
    """
    for item in media.media:
        if item.file == file:
            if not licence_known(item.rights.licence):
                raise Refused(
                    f"the licence of {file} is not known",
                    where="media/media.toml",
                    why="an unknown licence is no permission",
                    next_step="find out the licence and state it there, or use another medium",
                )
            return item
    raise Refused(
        f"nothing is known of the rights in {file}",
        where="media/media.toml",
        why="it has no [[media]] entry",
        next_step="state title, licence, holder and source of the file there",
    )


def ingest(file: str, folder: Folder, machine: StepMachine, bench: Bench) -> Medium:
    """Bring one medium in, and record what it and its site say of text and data mining.

    Raises:
        Refused: Its rights are not known.
        UnreadableInput: It is missing, changed since its rights were stated, or cannot be
            decoded to its end.
    """
    item = check_rights(file, folder.media())
    path = folder.media_path(file)
    digest = folder.digest(path)
    if digest != f"sha256:{item.sha256}":
        raise UnreadableInput(
            f"{file} is not the file whose rights media.toml states",
            where=str(path),
            why=f"its digest is {digest}, sha256:{item.sha256} is stated",
            next_step="restore the original file, or state the rights of this one",
        )
    site = folder.beside(file)
    recipe = {"verb": "ingest", "item": item.to_json(), "scan": SCAN_VERSION}
    inputs = {name: digest_of(text.encode()) for name, text in site.items()}
    wanted = step(f"ingest {file}", recipe, {"file": digest, **inputs})

    def work() -> dict[str, Digest]:
        facts: dict[str, Json] = {"essence": bench.essence(path)}
        if item.kind == "picture":
            facts["picture"] = bench.picture_facts(path).to_json()
        else:
            facts["samples"] = len(bench.read_sound(path))
        carried = bench.carried(path)
        sayings = carried.model_copy(
            update={"site_file": site.get(SITE_FILE), "robots": site.get(ROBOTS_FILE)}
        )
        found = scan(sayings, item.rights.source, where=file)
        facts["reservations"] = [reservation.to_json() for reservation in found]
        stored = machine.vault.put_file(path)
        return {"file": stored, "facts": machine.vault.put_bytes(canonical(facts))}

    outcome = machine.perform(wanted, work)
    facts = json.loads(machine.vault.read(outcome.outputs["facts"]))
    picture = facts.get("picture")
    return Medium(
        item=item,
        file=outcome.outputs["file"],
        essence=facts["essence"],
        picture=PictureFacts.read(picture, where=file) if picture else None,
        samples=facts.get("samples"),
        reservations=tuple(
            Reservation.read(reservation, where=file) for reservation in facts["reservations"]
        ),
        entry=outcome.entry,
    )


def reservations_at_ingest(journal: Journal, vault: Vault) -> dict[Digest, tuple[Reservation, ...]]:
    """What media said of text and data mining when they were ingested last, by their file.

    What was ingested before there was a scan, or whose facts are gone, is left out.
    """
    found: dict[Digest, tuple[Reservation, ...]] = {}
    for act in journal.steps("ingest"):
        outputs = act.facts["outputs"]
        if vault.has(outputs["facts"]):
            said = json.loads(vault.read(outputs["facts"])).get("reservations")
            if said is not None:
                where = f"entry {act.entry} of the ledger"
                found[outputs["file"]] = tuple(Reservation.read(one, where=where) for one in said)
    return found


def media_frame(medium: Medium, start: Fraction, rate: Rate) -> int:
    """First frame of a medium, in its own count, for an in-point in its own seconds.

    Raises:
        Refused: The medium's speed does not conform it to the film's rate frame for frame: a
            change of rate is made on purpose and said so, never quietly.
    """
    if medium.picture is None:
        raise UnreadableInput(
            f"{medium.item.file} holds no picture",
            where="media/media.toml",
            next_step="use it with [[sound: …]], or show another medium with [[media: …]]",
        )
    check_speed(medium.item, medium.picture.rate, rate)
    return medium.picture.rate.frames(start)


def check_speed(item: MediaItem, own: Rate, rate: Rate) -> None:
    """Make sure that a medium is shown frame for frame.

    Args:
        item: The medium with its declared speed.
        own: Its own rate.
        rate: The film's.

    Raises:
        Refused: Its speed does not bring it to the film's rate; says which would.
    """
    if own.fps * Fraction(item.speed) != rate.fps:
        exact = rate.fps / own.fps
        raise Refused(
            f"{item.file} runs at {own.fps} frames a second, the film at {rate.fps}",
            where="media/media.toml",
            why="a conform to another rate is made on purpose or not at all",
            next_step=f'state speed = "{exact}" there to show every frame once',
        )


def check_conform(shots: ShotList, media: Mapping[str, Medium], rate: Rate) -> None:
    """Make sure, before anything is spent, that every medium can be shown as it is declared.

    Raises:
        Refused: A picture does not conform to the film's rate.
        UnreadableInput: A shot is to be shown from a medium without picture.
    """
    for shot in shots.shots:
        if shot.media is not None:
            media_frame(media[shot.media.file], Fraction(0), rate)
