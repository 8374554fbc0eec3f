"""Putting the rooms together into one process."""
