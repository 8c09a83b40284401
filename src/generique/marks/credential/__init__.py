"""Content credentials: what files say of themselves, and whether it may be believed."""
