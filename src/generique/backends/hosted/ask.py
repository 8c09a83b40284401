"""From a request to an order that a model of a card can take, or the words why it cannot.

Providers make whole seconds in rasters and rates of their own. What is ordered holds what was
asked; what will be done to the provider's file is said before anything is spent.
"""

from __future__ import annotations

from fractions import Fraction

from generique.backends.hosted.card import Model
from generique.backends.hosted.provider import Ask
from generique.model.element import ElementKind, Raster
from generique.model.errors import NotCapable
from generique.production.ports import Request

PICTURES = frozenset({ElementKind.SHOT, ElementKind.SET, ElementKind.TRANSITION})
CONFORM, FIT = "conform", "fit"
"""Options that allow what changes a picture: ``conform = "every frame"`` shows each frame once at
the production's rate, ``fit = "crop"`` fills the raster and cuts off what stands out."""
EVERY_FRAME, CROP = "every frame", "crop"
HOUSE_OPTIONS = frozenset({CONFORM, FIT, "notes"})
"""Options that are acted upon here."""
_SAME_SHAPE = Fraction(1, 100)


def plan_picture(request: Request, entry: Model, name: str) -> tuple[Fraction, Raster]:
    """Seconds and raster to order for a picture.

    Raises:
        NotCapable: Neither length, nor rate, nor shape can be had; says what would allow it.
    """
    raster = _raster(request, entry, name)
    rates = entry.frame_rates()
    if request.frames is None:
        length = entry.length(Fraction(0)) or Fraction(1)
        return length, raster
    if request.rate not in rates and request.options.get(CONFORM) != EVERY_FRAME:
        made = ", ".join(entry.rates)
        raise NotCapable(
            f"{name} makes {made} frames a second, not {request.rate.fps}",
            next_step=f'set the production\'s rate, or allow {CONFORM} = "{EVERY_FRAME}" for it',
        )
    wanted = needed_seconds(request, entry)
    seconds = entry.length(wanted)
    if seconds is None:
        raise NotCapable(
            f"{name} makes no shot of {float(wanted):.2f} seconds",
            next_step="make the shot shorter, or name another backend",
        )
    return seconds, raster


def needed_seconds(request: Request, entry: Model) -> Fraction:
    """How long a model's picture has to be, at its own rate, so that it has frames enough."""
    rates = entry.frame_rates()
    made_at = request.rate if request.rate in rates else rates[0]
    return Fraction(request.frames or 0) / Fraction(made_at.fps)


def _raster(request: Request, entry: Model, name: str) -> Raster:
    wanted = request.raster
    sizes = entry.sizes()
    if wanted is None:
        raise NotCapable(f"{name} needs to know the raster")
    shape = Fraction(wanted.width, wanted.height)
    alike = [size for size in sizes if same_shape(size, wanted)]
    if not alike and request.options.get(FIT) == CROP:
        return min(sizes, key=lambda size: abs(Fraction(size.width, size.height) - shape))
    if not alike:
        raise NotCapable(
            f"{name} makes no picture of the shape {wanted.width}x{wanted.height}",
            why=f"it makes {', '.join(entry.rasters)}",
            next_step=f'set another raster, or allow {FIT} = "{CROP}" for it',
        )
    holding = [size for size in alike if size.width >= wanted.width]
    return min(holding, key=lambda s: s.width) if holding else max(alike, key=lambda s: s.width)


def same_shape(size: Raster, wanted: Raster) -> bool:
    """Whether a picture fills another by scaling alone, but for a hundredth of a side."""
    ratio = Fraction(size.width * wanted.height, size.height * wanted.width)
    return abs(ratio - 1) <= _SAME_SHAPE


def aspect(raster: Raster | None) -> str:
    """Name of the shape of a wide or an upright picture; wide where none is asked for."""
    return "9:16" if raster and raster.height > raster.width else "16:9"


def told(ask: Ask) -> tuple[str, ...]:
    """What will be done to the provider's file, in words; for people, before it is ordered."""
    request, lines = ask.request, []
    if ask.raster is not None and ask.raster != request.raster and request.raster is not None:
        size, wanted = ask.raster, request.raster
        lines.append(
            f"made in {size.width}x{size.height} and scaled to {wanted.width}x{wanted.height}"
        )
    if request.frames is not None and ask.raster is not None:
        made, shown = ask.entry.rates[0], request.rate.fps
        long = f"{float(ask.seconds):g} seconds are made"
        if ask.entry.follows and not ask.files:
            long = "as much is made as the video lasts that it is given"
        lines.append(f"{long}, {request.frames} frames are used")
        if request.rate not in ask.entry.frame_rates():
            lines.append(f"each frame is shown once: {made} frames a second become {shown}")
    if ask.entry.enlarges:
        lines.append("the video is enlarged as it is: no word of the prompt is sent")
    if not ask.entry.seed:
        lines.append("the model takes no seed: a retake is another picture")
    return tuple(lines)


def plan(request: Request, entry: Model, name: str) -> tuple[Fraction, Raster | None]:
    """Seconds and raster to order; 0 seconds where the text decides the length.

    Raises:
        NotCapable: Length, rate or shape cannot be had; says what would allow it.
    """
    if request.kind in PICTURES:
        return plan_picture(request, entry, name)
    if request.frames is None or (entry.span is None and not entry.seconds):
        return Fraction(0), None
    wanted = request.rate.seconds(request.frames)
    seconds = entry.length(wanted)
    if seconds is None:
        raise NotCapable(
            f"{name} makes no sound of {float(wanted):.2f} seconds",
            next_step="make the element shorter, or name another backend",
        )
    return seconds, None


def with_margin(seconds: Fraction, most: Fraction) -> float:
    """A length in tenths of a second, a little longer than needed, so that a sound can be cut."""
    return float(min(Fraction(int(seconds * 10) + 1, 10), most))


def check(request: Request, entry: Model, name: str) -> None:
    """Refuse what the card has no place for.

    Raises:
        NotCapable: Names it.
    """
    if request.kind not in entry.kinds:
        made = ", ".join(kind.value for kind in entry.kinds)
        raise NotCapable(f"{name} makes {made}, not {request.kind.value}")
    entry.cost(Fraction(0), None, "")
    _check_prompt(request, entry, name)
    for option, value in request.options.items():
        if option in HOUSE_OPTIONS:
            continue
        allowed = entry.options.get(option)
        if allowed is None:
            raise NotCapable(
                f"{name} knows no option {option!r}",
                why=f"its options: {', '.join(entry.options) or 'none'}",
            )
        if allowed and value not in allowed:
            raise NotCapable(
                f"{name} takes {option} as {', '.join(allowed)}, not {value!r}",
            )
    _check_references(request, entry, name)


def _check_prompt(request: Request, entry: Model, name: str) -> None:
    if not request.prompt.strip():
        raise NotCapable(f"{name} needs a prompt")
    length = entry.measure(request.prompt)
    if length > entry.prompt_limit:
        raise NotCapable(
            f"the prompt has {length} {entry.prompt_unit}, {name} takes {entry.prompt_limit}",
            next_step="shorten it; it is never cut unsaid",
        )
    if any(ord(mark) < 32 and mark not in "\n\t" for mark in request.prompt):
        raise NotCapable("the prompt holds control characters", next_step="take them out")
    if request.options.get("notes"):
        raise NotCapable(
            f"{name} takes no directions of retakes",
            why="a note means something to a scene, and this model has none",
            next_step="write the direction into the prompt",
        )
    if entry.languages and request.language and request.language not in entry.languages:
        raise NotCapable(
            f"{name} does not speak {request.language!r}",
            why=f"it speaks {', '.join(entry.languages)}",
        )


def _check_references(request: Request, entry: Model, name: str) -> None:
    counts: dict[str, int] = {}
    for reference in request.references:
        known = entry.inputs.get(reference.role)
        counts[reference.role] = counts.get(reference.role, 0) + 1
        if known is None:
            raise NotCapable(f"{name} takes no reference as {reference.role}")
        if known.media_types and reference.media_type not in known.media_types:
            raise NotCapable(
                f"{name} takes {', '.join(known.media_types)} as {reference.role}, "
                f"not {reference.media_type}"
            )
        if counts[reference.role] > known.most:
            raise NotCapable(f"{name} takes {known.most} references as {reference.role}")
    for role, known in entry.inputs.items():
        if known.needed and not counts.get(role):
            raise NotCapable(f"{name} cannot work without a reference as {role}")
