"""Motorways: two carriageways, bridges, an interchange, and what is built beside them."""
