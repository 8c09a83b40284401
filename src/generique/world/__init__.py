"""Words to a declarative scene, its geometry, light and camera."""
