"""The people who write, and who they are on each channel."""
