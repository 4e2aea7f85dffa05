"""Qt table models over core rows."""
