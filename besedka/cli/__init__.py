"""The command `besedka`."""
