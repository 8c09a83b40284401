"""Places with more land than houses: forests, fields, mountains and deserts."""
