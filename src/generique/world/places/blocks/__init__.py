"""Housing blocks: long slabs and point towers in loose groups, with courts between them."""
