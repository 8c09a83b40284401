"""``firmament``: plates of skies by a small diffusion model of our own, trained on ``world``.

The model is small enough to be shipped, and everything about it is: the list of the pictures
that it was trained on with the digest of each, the card of that dataset, the record of the
training, the weights. So a film can hold a plate of a trained model and still say whose work is
in it.
"""
