"""The `world` backend: baked light and OpenGL frames."""
