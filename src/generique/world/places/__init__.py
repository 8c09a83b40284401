"""Places: one grammar each, from a place of the scene document to a site."""
