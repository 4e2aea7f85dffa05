"""What every box is closed and signed with: age, Ed25519, identities and trusted issuers."""
