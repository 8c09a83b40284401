"""Labels, credits, captions, cue sheet."""
