"""Cases: the records behind the numbers."""
