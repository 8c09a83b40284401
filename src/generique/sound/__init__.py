"""Music, procedural sound, mix and levels."""
