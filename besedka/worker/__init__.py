"""A process that only runs jobs, for when one is not enough."""
