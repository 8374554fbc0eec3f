"""One act on many talks."""
