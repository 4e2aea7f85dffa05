"""Reflection: What? So what? Now what?, and what will be done."""
