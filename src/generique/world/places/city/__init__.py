"""The dense city: a grid of streets, blocks cut into lots, and a skyline that rises to a centre."""
