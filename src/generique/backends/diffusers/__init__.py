"""Open models on this machine, through the library ``diffusers`` (extra ``generique[diffusers]``).

A model is a folder of weights and a statement about it that a person wrote
(:mod:`generique.backends.diffusers.statement`). Nothing is fetched from a network, no code of the
folder is run, and only pipelines of an allow-list are loaded
(:mod:`generique.backends.diffusers.pipelines`).
"""
