"""Text reaches an engine with its words intact, or not at all."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.model.errors import NotCapable, UnreadableInput
from generique.sound.speech import finish_voice
from generique.sound.spoken import speakable

WORDS = st.lists(st.sampled_from(["snow", "l'été", "chantent", "ÉLISE", "10 %"]))


@pytest.mark.parametrize(
    ("given_text", "told"),
    [
        ("L’été – déjà…", "L'été, déjà"),
        ("“Snow”, she said.", "Snow , she said."),
        ("a (very) quiet\u00a0street", "a, very, quiet street"),
        ("well... no", "well, no"),
        ("mother-in-law", "mother-in-law"),
        ("one\ntwo", "one two"),
    ],
)
def test_punctuation_becomes_plain(given_text: str, told: str) -> None:
    assert speakable(given_text) == told


@given(st.text(max_size=80))
def test_any_text_is_refused_or_keeps_its_letters(text: str) -> None:
    try:
        told = speakable(text)
    except NotCapable:
        return
    assert re.fullmatch(r"[\w .,;:!?¡¿'&%€$£°-]+", told)
    assert not set(told) & set('<>{}[]|\\^~_*#@=+/"')
    letters = [mark for mark in told if mark.isalnum()]
    assert len(letters) <= 2 * len(text)


@given(WORDS, st.sampled_from([" ", ", ", " — ", "… ", " (", ") "]))
def test_words_survive_punctuation(words: list[str], gap: str) -> None:
    text = gap.join(word for word in words if word)
    if any(mark.isalnum() for mark in text):
        told = speakable(text)
        assert re.findall(r"[^\W_]+", told) == re.findall(r"[^\W_]+", text)


def test_silence_and_odd_rates_are_refused() -> None:
    with pytest.raises(UnreadableInput):
        finish_voice(np.zeros(16000, np.int16), 16000)
    with pytest.raises(UnreadableInput):
        finish_voice(np.ones(16000, np.int16), 22050)


def test_resampling_keeps_a_tone_and_adds_no_mirror() -> None:
    time = np.arange(16000) / 16000
    pcm = (8000 * np.sin(2 * np.pi * 1000 * time)).astype(np.int16)
    line = finish_voice(pcm, 16000)[:, 0]
    spectrum = np.abs(np.fft.rfft(line[4800:-4800] * np.hanning(len(line) - 9600)))
    hertz = np.fft.rfftfreq(len(line) - 9600, 1 / 48000)
    assert abs(hertz[spectrum.argmax()] - 1000) < 3
    mirror = spectrum[(hertz > 14800) & (hertz < 17200)].max()
    assert 20 * np.log10(mirror / spectrum.max()) < -80
