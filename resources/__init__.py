"""Data that ships with Plumbline; read through core.assets alone."""
