"""Duties: credits that the papers of tools, models and datasets demand, put into the lineage.

A generator does not always know what its licence asks for; the production's own papers do. What
they ask for goes into the lineage, so that credits, audit and delivery read it like all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.model.kept_passports import WORLD, KeptPassport
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport
from generique.production.rights import RightsFile

_JOIN = " · "
"""Between wordings that several papers demand: each still stands letter for letter."""


def with_duties(lineage: Lineage, rights: RightsFile) -> Lineage:
    """The lineage with every credit that a paper of the production demands.

    Args:
        lineage: Of the film.
        rights: Papers that the production keeps.
    """
    elements = tuple(_dutiful(use, rights) for use in lineage.elements)
    return lineage.model_copy(update={"elements": elements})


def _dutiful(use: ElementUse, rights: RightsFile) -> ElementUse:
    if use.passport is None:
        return use
    duty: dict[str, str] = dict(use.passport.credit_duty)
    for paper in _papers(use.passport, rights):
        for language, wording in paper.usage.credit_duty.items():
            if wording not in duty.get(language, "").split(_JOIN):
                duty[language] = _JOIN.join(filter(None, (duty.get(language), wording)))
    if duty == use.passport.credit_duty:
        return use
    passport = use.passport.model_copy(update={"credit_duty": duty})
    return use.model_copy(update={"passport": passport})


def _papers(passport: Passport, rights: RightsFile) -> Iterator[KeptPassport]:
    """Papers of a generator, of the models that it runs, and of what they were trained on."""
    running: set[str] = {passport.name}
    for tool in rights.tools:
        if tool.id == passport.name and tool.version in {WORLD, passport.version}:
            running |= set(tool.models)
            yield tool
    for model in rights.models:
        own = model.id == passport.name
        if model.id in running and (not own or model.version in {WORLD, passport.version}):
            yield model
    trained_on = {dataset.id for dataset in passport.training.datasets}
    yield from (dataset for dataset in rights.datasets if dataset.id in trained_on)
