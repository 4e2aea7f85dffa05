"""A result in, a matplotlib Figure out: the same code for screen and paper."""
