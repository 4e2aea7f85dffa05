"""Exports: what leaves this computer, looked at before it is made."""
