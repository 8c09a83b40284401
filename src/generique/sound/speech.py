"""From the raw voice of a speech engine to a line that can be mixed, and from text to its words.

A line is trimmed to fixed margins, so that its place in the film is where its words are, and is
brought to one level, so that voices and languages match.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from generique.model.errors import NotCapable, UnreadableInput
from generique.sound.filters import fade_edges, high_pass, peaking, shelf
from generique.sound.loudness import integrated_lufs, true_peak_dbtp
from generique.sound.mix import SAMPLE_RATE

SPEECH_LUFS = -23.0
"""Level of a line, integrated over it."""

SPEECH_PEAK_DBTP = -3.0
MARGIN_SECONDS = 0.06
LONGEST_TEXT = 3000
"""Characters in a line: about three minutes of speech."""

_EDGE_DB = -42.0
_WORD_DB = -26.0
_APART = 0.15
_SILENT = 1e-4
_FRAME = 960
_HOP = 240
_DENOISE_FLOOR = 0.4
_SPOKEN_SYMBOLS = "&%€$£°"
_PUNCTUATION = ".,;:!?¡¿'-"
_REWRITTEN = (
    (re.compile(r"[\u2018\u2019\u02bc]"), "'"),
    (re.compile(r"[\u00a0\u202f\u2009\t\r\n]"), " "),
    (re.compile(r"[\"\u201c\u201d\u00ab\u00bb]"), " "),
    (re.compile(r"\u2026|\.{2,}"), ", "),
    (re.compile(r"\s*[\u2013\u2014]\s*|\s+-+\s+|\s*[()]\s*"), ", "),
    (re.compile(r"\u2010|\u2011"), "-"),
    (re.compile(r"(?:\s*,)+(?=\s*[.!?;:,])|(?:\s*,)+\s*\Z|\A[\s,]+"), ""),
    (re.compile(r",(?:\s*,)+"), ","),
    (re.compile(r" {2,}"), " "),
)


def speakable(text: str) -> str:
    """The text as it is given to an engine: same words, plain punctuation, no markup.

    Typographic quotes, dashes and spaces become plain pauses; letters are composed. Anything
    that an engine could take for a command, spell out or pass over in silence is refused, so
    that the words spoken are the words given.

    Raises:
        NotCapable: Nothing to say, too long, or characters that cannot be spoken (named).
    """
    if len(text) > LONGEST_TEXT:
        raise NotCapable(
            f"a line of {len(text)} characters is too long to speak",
            next_step=f"split it into lines of at most {LONGEST_TEXT} characters",
        )
    plain = unicodedata.normalize("NFC", text)
    for pattern, instead in _REWRITTEN:
        plain = pattern.sub(instead, plain)
    odd = tuple(dict.fromkeys(mark for mark in plain if not _may_be_spoken(mark)))
    if odd:
        names = ", ".join(unicodedata.name(mark, f"U+{ord(mark):04X}").lower() for mark in odd[:5])
        raise NotCapable(
            f"the line holds characters that are not spoken: {names}",
            unknown=odd[:20],
            next_step="write them as words, or leave them out",
        )
    if not any(mark.isalnum() for mark in plain):
        raise NotCapable("there is nothing to say", next_step="give the line words")
    return plain.strip()


def finish_voice(pcm: NDArray[np.int16], rate: int) -> NDArray[np.float32]:
    """A raw mono voice as a line at 48 kHz, in the centre of stereo.

    Rumble and offset go, steady noise under the voice is lowered by up to 8 dB, the tone gets
    less boom and more presence, edges are trimmed to 60 ms, the level is brought to -23 LUFS
    with peaks at most -3 dBTP.

    Args:
        pcm: (n,) signed 16-bit.
        rate: Its samples a second, a divisor of 48000.

    Raises:
        UnreadableInput: The rate does not divide 48000, or the voice is silent.
    """
    if rate <= 0 or SAMPLE_RATE % rate:
        raise UnreadableInput(f"a voice at {rate} samples a second is not supported")
    if not np.any(pcm):
        raise UnreadableInput("the voice is silent")
    voice = pcm.astype(np.float64) / 32768
    voice = np.pad(voice - voice.mean(), rate // 5)
    voice = signal.resample_poly(voice, SAMPLE_RATE // rate, 1, window=("kaiser", 8.6))
    voice = _quieten_noise(high_pass(voice, 70, SAMPLE_RATE))
    # Towards the long-term spectrum of speech of Byrne et al. 1994 (JASA 96): measured on six
    # voices, the engine is about 9 dB too strong at 180 Hz and 8 dB too weak from 1.2 to 2 kHz.
    voice = shelf(voice, "low", 280, -5.0, SAMPLE_RATE)
    voice = peaking(voice, 1500, 5.0, 0.8, SAMPLE_RATE)
    voice = peaking(voice, 3200, 2.5, 0.9, SAMPLE_RATE)
    line = _trimmed(voice)
    stereo = np.repeat(line[:, None], 2, axis=1).astype(np.float32)
    gain_db = min(
        SPEECH_LUFS - integrated_lufs(stereo, SAMPLE_RATE),
        SPEECH_PEAK_DBTP - true_peak_dbtp(stereo),
    )
    return np.asarray(stereo * np.float32(10 ** (gain_db / 20)), np.float32)


def _may_be_spoken(mark: str) -> bool:
    if mark == " " or mark in _PUNCTUATION or mark in _SPOKEN_SYMBOLS:
        return True
    if mark.isascii():
        return mark.isalnum()
    return mark in "œŒ" or ("À" <= mark <= "ÿ" and mark not in "×÷")


def _quieten_noise(voice: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lower what never changes: each band's quiet level, found over the whole line."""
    form = signal.ShortTimeFFT(signal.windows.hann(_FRAME, sym=False), _HOP, SAMPLE_RATE)
    spectrum = form.stft(voice)
    level = np.abs(spectrum)
    speaking = level.sum(axis=0) > 1e-4 * level.sum(axis=0).max()
    floor = np.percentile(level[:, speaking], 12, axis=1)[:, None] * 1.5
    gain = np.clip((level**2 - floor**2) / np.maximum(level**2, 1e-18), _DENOISE_FLOOR**2, 1)
    smooth = ndimage.gaussian_filter(np.sqrt(gain), (1.0, 2.0))
    return np.asarray(form.istft(spectrum * smooth, k1=len(voice)))


def _trimmed(voice: NDArray[np.float64]) -> NDArray[np.float64]:
    """The voice between its first and last word, with the margins.

    The engine leaves faint clicks in its closing silence; a quiet island that is 0.15 s away
    from everything else and never louder than 26 dB under the voice is one of them.
    """
    power = ndimage.uniform_filter1d(voice**2, SAMPLE_RATE // 200)
    envelope = np.sqrt(np.maximum(power, 0.0))
    top = envelope.max()
    if top < _SILENT:
        raise UnreadableInput("the voice is silent")
    loud = np.flatnonzero(envelope > top * 10 ** (_EDGE_DB / 20))
    islands = np.split(loud, np.flatnonzero(np.diff(loud) > _APART * SAMPLE_RATE) + 1)
    words = [part for part in islands if envelope[part].max() > top * 10 ** (_WORD_DB / 20)]
    margin = round(MARGIN_SECONDS * SAMPLE_RATE)
    padded = np.pad(voice, margin)
    line = padded[words[0][0] : words[-1][-1] + 1 + 2 * margin]
    return fade_edges(line, margin // 2, margin // 2)
