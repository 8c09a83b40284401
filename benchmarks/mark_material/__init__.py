"""Test material and attacks for the benchmarks of marks; scripts beside this folder import it.

How to use it::

    from mark_material.corpus import Corpus, recipes
    from mark_material.recipe import Split
    from mark_material.attacks import ATTACKS, attack
    from mark_material.film import film

    corpus = Corpus()  # keeps files under GENERIQUE_BENCHMARK_FOLDER
    for recipe in recipes(Split.REPORT, textured=True, limit=60):
        shot = corpus.path(recipe)  # MP4, made once; corpus.frames(recipe) yields RGB frames
        truth = attack("crop5_half_crf28", shot, copy)  # writes the copy; matrix, speed, frames
    cut = film(corpus, Split.REPORT, seed=1)  # path, segments, cuts

Set parameters with ``Split.TUNE`` only and give figures of ``Split.REPORT`` only: no seed, picture
or clip is on both sides. ``textured=False`` gives titles, black and other flat shots, which are
reported apart. A list of recipes is well mixed, so ``limit`` takes a fair sample.
``truth.matrix`` leads from pixels of the copy to pixels of the shot; ``truth.frames[k]`` is the
shot's frame that frame ``k`` of the copy shows. ``python -m mark_material.sheet FOLDER``, run in
the folder of the benchmarks, draws contact sheets of everything.
"""
