"""References: files of the media folder that generators follow, from the script to the vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generique.model.production import MediaItem
from generique.model.reference import Followed, Reference, ReferenceRole, media_type_of
from generique.model.shot import Shot, ShotList
from generique.model.values import Digest, Value
from generique.production.machineroom_ports import Folder
from generique.production.ports import Vault


class Kept(Value):
    """A file to follow, as it lies in the vault.

    Attributes:
        name: Path inside the media folder.
    """

    name: str
    file: Digest
    media_type: str

    def reference(self, role: ReferenceRole) -> Reference:
        """The file in a role."""
        return Reference(role=role, file=self.file, media_type=self.media_type)


def wanted_references(shots: ShotList) -> tuple[str, ...]:
    """Files that generators of the shots are to follow, each once, in order of use."""
    uses = [use.file for shot in shots.shots for use in shot.references]
    return tuple(dict.fromkeys(uses))


def keep_references(shots: ShotList, folder: Folder, vault: Vault) -> dict[str, Kept]:
    """Take the files that generators are to follow into the vault, by their names.

    What is ordered names the bytes that lie there now. Whether they may be followed is clearance's
    question, asked of exactly these bytes.

    Raises:
        UnreadableInput: A file is missing, or the path leaves the production.
    """
    kept = {}
    for name in wanted_references(shots):
        file = vault.put_file(folder.media_path(name))
        kept[name] = Kept(name=name, file=file, media_type=media_type_of(name) or "")
    return kept


def references_of(shot: Shot, kept: Mapping[str, Kept]) -> tuple[Reference, ...]:
    """What the generator of a shot is given to follow, in the order of the script."""
    return tuple(kept[use.file].reference(use.role) for use in shot.references)


def followed(
    references: Sequence[Reference], media: Iterable[MediaItem], names: Sequence[str] = ()
) -> tuple[Followed, ...]:
    """References with the rights in them.

    Args:
        references: As they were ordered.
        media: What media.toml lists. Rights are those that are stated of exactly these bytes: of a
            file that was changed since, none are.
        names: Of the files, where they are known.
    """
    items = {f"sha256:{item.sha256}": item for item in media}
    named = (*names, *(each.file for each in references[len(names) :]))
    return tuple(
        _followed(each, items.get(each.file), name)
        for each, name in zip(references, named, strict=True)
    )


def _followed(reference: Reference, item: MediaItem | None, name: str) -> Followed:
    return Followed(
        role=reference.role,
        file=reference.file,
        media_type=reference.media_type,
        name=item.file if item else name,
        title=item.title if item else name,
        rights=item.rights if item else None,
    )
