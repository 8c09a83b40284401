"""Breakdown: the screenplay becomes the shot list, and the dialogue of every language is read."""

from __future__ import annotations

from generique.ledger.canonical import canonical
from generique.model.errors import NotCapable, UnreadableInput
from generique.model.production import Production
from generique.model.shot import ShotList
from generique.model.values import Digest, Value, digest_of
from generique.production.machineroom_ports import Folder
from generique.production.steps import StepMachine, step
from generique.script.breakdown import break_down
from generique.script.fdx import parse_fdx
from generique.script.fountain import parse_fountain
from generique.script.screenplay import Screenplay
from generique.script.shotlist import read_shots, write_shots
from generique.script.translation import read_translation
from generique.titles.phrases import phrases


class Script(Value):
    """What the film is to show and say.

    Attributes:
        texts: Text of every line, by language and line.
        digest: Digest of the shot list.
        text_digest: Digest of the text that ``shots.toml`` has, or is to have.
        entry: Ledger entry of the breakdown; None before it was recorded.
    """

    production: Production
    shots: ShotList
    texts: dict[str, dict[str, str]]
    digest: Digest
    text_digest: Digest
    entry: int | None = None


def read_script(folder: Folder) -> tuple[Script, str]:
    """Read the screenplay, the shot list as people left it, and the dialogue.

    Returns:
        The script, and the text that ``shots.toml`` should have.

    Raises:
        UnreadableInput: With file, line and next step.
        Refused: The production names limits that would not be kept.
        NotCapable: A shot directs music of its own.
    """
    production = folder.production()
    for language in production.languages:
        phrases(language)  # labels and credits have to be written in it; not found out at the end
    name, data = folder.screenplay()
    where = str(folder.root / name)
    screenplay = parse_screenplay(name, data, where=where)
    original = production.languages[0]
    fresh = break_down(screenplay, language=original, title=production.title)
    existing = folder.shots()
    text = write_shots(fresh, existing.text if existing else None)
    shots = read_shots(text, where=str(folder.root / "shots.toml"))
    _refuse_unscored(shots)
    texts = {original: {line.id: line.text for shot in shots.shots for line in shot.lines}}
    for language in production.languages[1:]:
        document = folder.translation(language)
        texts[language] = read_translation(
            document.text, shots, language=language, where=document.where
        )
    digest = digest_of(canonical(shots.to_json()))
    script = Script(
        production=production,
        shots=shots,
        texts=texts,
        digest=digest,
        text_digest=digest_of(text.encode()),
    )
    return script, text


def _refuse_unscored(shots: ShotList) -> None:
    for shot in shots.shots:
        if shot.music is not None:
            raise NotCapable(
                f"shot {shot.id} directs music of its own",
                where=f"shot {shot.id}, [[music: {shot.music}]]",
                why="one music bed is scored for the whole film",
                next_step="move the direction to [music] in production.toml",
            )


def parse_screenplay(name: str, data: bytes, *, where: str) -> Screenplay:
    """Read a screenplay by its suffix: Fountain as UTF-8, or FDX.

    Raises:
        UnreadableInput: With file and line.
    """
    if name.endswith(".fdx"):
        return parse_fdx(data, where=where)
    try:
        return parse_fountain(data.decode("utf-8-sig"), where=where)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableInput(
            "the screenplay is not UTF-8 text",
            where=f"{where}:{line}",
            next_step="save it as UTF-8",
        ) from error


def break_down_script(folder: Folder, machine: StepMachine) -> Script:
    """Write ``shots.toml`` and record the breakdown."""
    script, text = read_script(folder)
    name, data = folder.screenplay()
    inputs = {"screenplay": digest_of(data), "shots": script.text_digest}

    def work() -> dict[str, Digest]:
        existing = folder.shots()
        if existing is None or existing.text != text:
            folder.write_shots(text)
        return {
            "screenplay": machine.vault.put_bytes(data),
            "shots": machine.vault.put_bytes(canonical(script.shots.to_json())),
        }

    recipe = {"verb": "breakdown", "screenplay": name}
    outcome = machine.perform(step("breakdown", recipe, inputs), work)
    return script.model_copy(update={"entry": outcome.entry})
