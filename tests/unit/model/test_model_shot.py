from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import Framing, Shot, ShotList, Transition
from generique.model.take import Take
from generique.model.values import digest_of
from generique.model.vocabulary import phrase_key

SHARES = st.floats(0, 1, exclude_min=True)


@given(SHARES, SHARES, SHARES)
def test_a_framing_stays_inside_the_picture(left: float, top: float, width: float) -> None:
    document = {"left": left, "top": top, "width": width}
    if left + width <= 1 and top + width <= 1:
        assert Framing.read(document, where="script").width == width
    else:
        with pytest.raises(UnreadableInput, match="Framing"):
            Framing.read(document, where="script")


@given(SHARES)
def test_the_whole_picture_is_a_framing(width: float) -> None:
    assume(width <= 1)
    assert Framing(left=0, top=0, width=width).left == 0


def test_a_shot_begins_with_a_cut_and_may_change_its_length() -> None:
    shot = Shot(
        id="1-1",
        scene="1",
        heading="EXT. SUBURB - NIGHT",
        element_class=ElementClass.RECONSTRUCTION,
        prompt="night aerial",
        fragment=digest_of(b""),
    )
    assert (shot.transition, shot.free, shot.media) == (Transition.CUT, True, None)
    listed = ShotList(title="Dawn", language="en", shots=(shot,))
    assert ShotList.read(listed.to_json(), where="shots") == listed
    with pytest.raises(UnreadableInput, match="ShotList"):
        ShotList.read({**listed.to_json(), "language": "english"}, where="shots")


def test_a_take_of_another_version_is_not_read() -> None:
    with pytest.raises(UnreadableInput, match="Take"):
        Take.read({"schema_version": "generique/take/2"}, where="ledger")


@pytest.mark.parametrize("plural", ["churches", "bushes", "crosses", "boxes", "houses", "cities"])
def test_a_plural_is_the_same_word(plural: str) -> None:
    singular = {"cities": "city", "houses": "house"}.get(plural, plural[:-2])
    assert phrase_key(plural) == phrase_key(singular)
