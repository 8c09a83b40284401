"""A river that winds through its valley, with a bridge, a road and a few farms."""
