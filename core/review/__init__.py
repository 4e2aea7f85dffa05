"""What the surgeon makes of an extract, kept in an encrypted vault and never lost."""
