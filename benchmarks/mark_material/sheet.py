"""Contact sheets: ``python -m mark_material.sheet FOLDER`` from the folder of the benchmarks.

One sheet shows the middle frame of every shot of each side, one shows every attack on one shot.
"""
