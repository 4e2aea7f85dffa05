"""One risk for each case, from a declared model."""
