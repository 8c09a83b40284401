"""The output transform of ACES 2.0, through OpenColorIO.

The configuration is one of those that OpenColorIO carries itself, by its full name, so that the
same version gives the same pixels whatever the machine has configured.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generique.model.errors import NotConfigured

CONFIGURATION = "cg-config-v4.0.0_aces-v2.0_ocio-v2.5"
LIGHT = "Linear Rec.709 (sRGB)"
DISPLAY = "Rec.1886 Rec.709 - Display"
VIEW = "ACES 2.0 - SDR 100 nits (Rec.709)"


def require_aces() -> None:
    """Refuse what wants ACES where OpenColorIO is not installed.

    Raises:
        NotConfigured: It is not; says what to install.
    """
    if find_spec("PyOpenColorIO") is None:
        raise NotConfigured(
            "the scene wants the view of ACES, and OpenColorIO is not installed",
            where="grade.view",
            next_step='pip install "generique[aces]", or set the view to agx',
        )


def to_display(light: NDArray[np.float32]) -> None:
    """Turn light into display values, in place.

    Args:
        light: rows x width x 3, contiguous, linear Rec. 709, 0.18 a grey card; 0 to 1 afterwards.
    """
    _transform().applyRGB(light)


@cache
def _transform() -> Any:
    import PyOpenColorIO as Ocio

    configuration = Ocio.Config.CreateFromBuiltinConfig(CONFIGURATION)
    forward = Ocio.TRANSFORM_DIR_FORWARD
    processor = configuration.getProcessor(LIGHT, DISPLAY, VIEW, forward)
    return processor.getDefaultCPUProcessor()
