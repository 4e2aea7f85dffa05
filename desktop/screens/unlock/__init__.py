"""Unlock: where the vault is made, opened, and its recovery secret shown once."""
