"""Where the surgeon stands: observed, expected, limits, power, quality."""
