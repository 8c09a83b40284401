"""Words: a prompt or a note, in English or French, becomes a scene."""
