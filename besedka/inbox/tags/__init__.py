"""Tags: short words by which a company sorts its talks."""
