from __future__ import annotations

from generique.model.element import ElementClass, ElementKind
from generique.model.kept_passports import DatasetPassport, ModelPassport, ToolPassport, Usage
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Dataset, Rights, SourceType, Training
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.duties import with_duties
from generique.production.rights import RightsFile
from generique.testing.canned import CannedBackend

CANNED = CannedBackend().passport()
TRAINED = CANNED.model_copy(
    update={
        "credit_duty": {"en": "Canned, with thanks"},
        "training": Training(
            statement="disclosed",
            datasets=(Dataset(id="colours-1", title="Colours", licence="CC-BY-4.0"),),
        ),
    }
)
LOOKED = {"title": "T", "checked_by": "mira", "checked_on": "2026-11-01"}


def film(**use: object) -> Lineage:
    values: dict[str, object] = {
        "id": "1-1",
        "title": "Red",
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "track": "V1",
        "start": 0,
        "end": 48,
        "file": digest_of(b"f"),
        "essence": digest_of(b"e"),
        "source_type": SourceType.ALGORITHMIC,
        "passport": CANNED,
        "entry": 1,
    }
    return Lineage(
        production="tiny",
        title="Tiny",
        titles={},
        languages=("en",),
        rate=Rate(numerator=24),
        frames=48,
        demonstration=False,
        elements=(ElementUse.model_validate(values | use),),
    )


def owing(wording: str) -> Usage:
    return Usage(credit_duty={"en": wording})


def tool(version: str = "1", **more: object) -> ToolPassport:
    return ToolPassport.model_validate(
        {"schema": "generique/tool-passport/1", "id": "canned", "version": version}
        | {"usage": owing("By the tool")}
        | LOOKED
        | more
    )


def duty(lineage: Lineage, rights: RightsFile) -> dict[str, str]:
    (use,) = with_duties(lineage, rights).elements
    return use.passport.credit_duty if use.passport else {}


def test_papers_of_tool_model_and_dataset_are_all_paid_and_none_twice() -> None:
    model = ModelPassport.model_validate(
        {"schema": "generique/model-passport/1", "id": "paint", "version": "7"}
        | {"usage": owing("Painted by Paint™")}
        | LOOKED
    )
    dataset = DatasetPassport.model_validate(
        {"schema": "generique/dataset-passport/1", "id": "colours-1", "version": "1"}
        | {"usage": owing("Canned, with thanks")}
        | LOOKED
    )
    rights = RightsFile(tools=(tool(models=("paint",)),), models=(model,), datasets=(dataset,))
    assert duty(film(passport=TRAINED), rights) == {
        "en": "Canned, with thanks · By the tool · Painted by Paint™"
    }


def test_papers_of_another_version_or_generator_ask_for_nothing() -> None:
    other = RightsFile(tools=(tool("2"), tool(id="somebody")))
    assert duty(film(), other) == {}
    assert duty(film(), RightsFile(tools=(tool("*"),))) == {"en": "By the tool"}


def test_authentic_media_keep_their_own_rights() -> None:
    rights = Rights(licence="CC0-1.0", holder="H", source="S", notice="N")
    whole = film(passport=None, rights=rights)
    assert with_duties(whole, RightsFile(tools=(tool(),))) == whole
