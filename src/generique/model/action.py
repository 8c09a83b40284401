"""Acts that a contract, a consent or a policy can permit or forbid."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What is about to be done. The names are those of the ODRL profile of this program."""

    GENERATE = "generate"
    """Make an element with a generator."""
    SEND = "send"
    """Give material of the production to a tool that is not on this machine."""
    GENERATE_LIKENESS = "generateLikeness"
    """Show a real person who did not act it."""
    CLONE_VOICE = "cloneVoice"
    """Let a real person's voice say what they did not say."""
    ALTER_PERFORMANCE = "alterPerformance"
    """Change what a performance says or means."""
    DUB = "dub"
    """Speak a language version with a synthetic voice."""
    TRAIN = "train"
    """Train a model on material of the production."""
    FINE_TUNE = "fineTune"
    """Derive weights for this title from a model."""
    LOAD_WEIGHTS = "loadWeights"
    """Use weights that were derived for a title."""
    INCLUDE = "include"
    """Cut an element into the film."""
    USE_IN_PROMO = "useInPromo"
    """Show an element outside the film, to advertise it."""
    MASTER = "master"
    """Make a master of the film."""
    DELIVER = "deliver"
    """Hand the film over."""
