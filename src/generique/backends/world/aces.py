"""The output transform of ACES 2.0, through OpenColorIO.

The configuration is one of those that OpenColorIO carries itself, by its full name, so that the
same version gives the same pixels whatever the machine has configured.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import PyOpenColorIO as Ocio
from numpy.typing import NDArray

CONFIGURATION = "cg-config-v4.0.0_aces-v2.0_ocio-v2.5"
LIGHT = "Linear Rec.709 (sRGB)"
DISPLAY = "Rec.1886 Rec.709 - Display"
VIEW = "ACES 2.0 - SDR 100 nits (Rec.709)"


def to_display(light: NDArray[np.float32]) -> None:
    """Turn light into display values, in place.

    Args:
        light: rows x width x 3, contiguous, linear Rec. 709, 0.18 a grey card; 0 to 1 afterwards.
    """
    _transform().applyRGB(light)


@cache
def _transform() -> Any:
    configuration = Ocio.Config.CreateFromBuiltinConfig(CONFIGURATION)
    forward = Ocio.TRANSFORM_DIR_FORWARD
    processor = configuration.getProcessor(LIGHT, DISPLAY, VIEW, forward)
    return processor.getDefaultCPUProcessor()
