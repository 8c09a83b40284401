"""The colour of daylight by its colour temperature.

Light of the sky that has met nothing but air lies close to one curve of chromaticities, the CIE
daylight locus, from yellow at 4000 K to blue at 25,000 K; no point of it is mauve. Measured
twilights lie on it or on its green side (Hernandez-Andres, Romero, Nieves and Lee, "Color and
spectral analysis of daylight in southern Europe", J. Opt. Soc. Am. A 18, 2001), because ozone takes
yellow and orange out of light that comes a long way through the upper air (Hulburt, "Explanation of
the brightness and color of the sky, particularly the twilight sky", J. Opt. Soc. Am. 43, 1953).
Purple is what a mixture of a red glow and a blue sky by eye gives.
"""

from __future__ import annotations

import numpy as np

RGB = tuple[float, float, float]

COLDEST, WARMEST = 25_000.0, 4000.0
"""Ends of the locus, kelvin."""
_FROM_XYZ = np.array(
    [
        [3.2404542, -1.5371385, -0.4985314],
        [-0.9692660, 1.8760108, 0.0415560],
        [0.0556434, -0.2040259, 1.0572252],
    ]
)
"""CIE XYZ to linear Rec. 709 with a white of D65."""


def daylight(kelvin: float, luminance: float = 1.0) -> RGB:
    """Linear Rec. 709 of a phase of daylight; white is D65.

    Args:
        kelvin: Correlated colour temperature, 4000 to 25,000.
        luminance: Of the colour.

    Raises:
        ValueError: The temperature lies off the locus.

    The polynomials are those of CIE 15:2004, section 3.1.
    """
    if not WARMEST <= kelvin <= COLDEST:
        raise ValueError(f"the daylight locus ends at {WARMEST:g} K and {COLDEST:g} K: {kelvin:g}")
    t = 1000.0 / kelvin
    if kelvin <= 7000.0:
        x = ((-4.6070 * t + 2.9678) * t + 0.09911) * t + 0.244063
    else:
        x = ((-2.0064 * t + 1.9018) * t + 0.24748) * t + 0.237040
    y = (-3.0 * x + 2.870) * x - 0.275
    red, green, blue = _FROM_XYZ @ np.array([x / y, 1.0, (1.0 - x - y) / y]) * luminance
    return float(red), float(green), float(blue)
