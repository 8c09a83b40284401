"""The terraced street: continuous rows of houses in parallel, gently curving streets."""
