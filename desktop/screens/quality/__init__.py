"""Data quality: what to check in the records before the numbers are relied on."""
