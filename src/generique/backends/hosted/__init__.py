"""Generators of others, asked over the network.

A provider is a card and a translator. The *card* (``cards/*.toml``, dated, replaceable) says what
its models can make, at which price, under which terms. The *translator*
(:class:`~generique.backends.hosted.provider.Provider`) turns an order into a call and an answer
into what it means; it does no input or output. The *desk*
(:class:`~generique.backends.hosted.desk.Desk`) does all of it, for every provider alike: written
down before it is sent, sent once, followed up to the end, fetched, and never paid twice.
"""
