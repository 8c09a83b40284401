"""The sky: hour, sun and moon, light, weather above the ground."""
