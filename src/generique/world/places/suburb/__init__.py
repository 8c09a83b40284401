"""The residential suburb: winding streets and detached houses."""
