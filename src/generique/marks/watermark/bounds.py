"""How improbable a wrong identity is, bounded from above.

The phases of the waves are drawn from a key, independently of any picture that does not bear the
mark. For such a picture a correlation is a sum of ``a cos(angle)`` with independent uniform
angles. Each term is sub-Gaussian with variance ``a^2 / 2`` (the moment generating function of the
cosine, the Bessel function I0(t), is at most exp(t^2 / 4)), so the correlation exceeds z standard
deviations with probability at most ``exp(-z^2 / 2)``, whatever the picture (Chernoff). Pilots and
data waves are different waves: their tails multiply. The derivation stands in
docs/marks-picture.md.
"""

from __future__ import annotations

import math

from generique.marks.watermark.code import ID_BITS

LOG_ALL_IDS = ID_BITS * math.log(2)


def unmarked_bound(sync: float, word: float, *, log_words: float, trials: int) -> float:
    """Bound on the probability that an unmarked picture is read at least as clearly as this.

    Args:
        sync: Correlation of the pilots in standard deviations.
        word: The same of the data waves with the best code word.
        log_words: Natural logarithm of the number of code words that could have been answered.
        trials: Geometries times shifts that were compared.

    Returns:
        ``trials * p * (1 - ln p)`` at most 1, p the product of both tails: the probability that
        a product of two uniform variables is p or less.
    """
    log_tail = -(max(sync, 0.0) ** 2) / 2 + min(0.0, log_words - max(word, 0.0) ** 2 / 2)
    log_bound = math.log(trials) + log_tail + math.log1p(-log_tail)
    return math.exp(min(0.0, log_bound))
