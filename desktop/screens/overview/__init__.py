"""Overview: where the surgeon stands, one card an outcome."""
