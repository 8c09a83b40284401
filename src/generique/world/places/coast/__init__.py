"""A sea coast: cliffs, a bay with a village, and a headland with a lighthouse."""
