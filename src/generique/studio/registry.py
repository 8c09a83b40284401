"""The registry: what this machine knows beyond one production, and who asks it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from generique.machineroom.archive import FolderArchive
from generique.machineroom.files import digest_of_file
from generique.machineroom.keys import KeyRing
from generique.production.evidence import Trust
from generique.production.machineroom_ports import Progress
from generique.studio.settings import Settings

if TYPE_CHECKING:
    from generique.machineroom.bench import MediaBench
    from generique.machineroom.credentials import CredentialMaker
    from generique.machineroom.ears import FileEars
    from generique.machineroom.eyes import FileEyes
    from generique.production.identify import Identifier
    from generique.production.library import Librarian
    from generique.production.resolve import Resolver
    from generique.production.similarity import Comparer


class Registry:
    """The adapters of the machine, made when they are first needed.

    Args:
        settings: Of this machine.
        progress: Where progress is told.
    """

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self.settings = settings
        self.progress = progress

    @cached_property
    def archive(self) -> FolderArchive:
        """The known works."""
        return FolderArchive(self.settings.home / "archive")

    @cached_property
    def bench(self) -> MediaBench:
        """Media tools."""
        from generique.machineroom.bench import MediaBench

        return MediaBench()

    @cached_property
    def eyes(self) -> FileEyes:
        """Look at pictures."""
        from generique.machineroom.eyes import FileEyes

        return FileEyes(self.bench)

    @cached_property
    def ears(self) -> FileEars:
        """Listen to sound."""
        from generique.machineroom.ears import FileEars

        return FileEars(self.bench)

    @cached_property
    def credentials(self) -> CredentialMaker:
        """Reads content credentials."""
        from generique.machineroom.credentials import (
            CredentialMaker,
        )

        return CredentialMaker(KeyRing(self.settings.home / "keys"))

    @cached_property
    def identifier(self) -> Identifier:
        """Says what files show."""
        from generique.machineroom.plugin_shelf import PluginShelf
        from generique.production.hearing import Hearing
        from generique.production.identify import Identifier
        from generique.production.testimony import Testimony

        ring = KeyRing(self.settings.home / "keys")
        keys = ring.public_keys()
        trust = Trust(keys=keys, root=ring.root_certificate() if keys else None)
        testimony = Testimony(self.credentials, self.bench, self.eyes, digest_of_file, trust)
        hearing = Hearing(self.archive, self.ears)
        return Identifier(self.archive, self.eyes, hearing, testimony, self.progress, PluginShelf())

    @cached_property
    def resolver(self) -> Resolver:
        """Finds credentials that files have lost."""
        from generique.machineroom.manifest_store import (
            manifest_store,
        )
        from generique.production.resolve import Resolver

        return Resolver(self.archive, manifest_store, self.identifier)

    @cached_property
    def comparer(self) -> Comparer:
        """Compares takes with protected works."""
        from generique.production.similarity import Comparer

        return Comparer(self.archive, self.eyes, self.progress)

    @cached_property
    def librarian(self) -> Librarian:
        """Takes reference works in."""
        from generique.production.library import Librarian

        return Librarian(self.archive, self.eyes, self.ears, digest_of_file, self.progress)
