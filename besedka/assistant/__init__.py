"""The agent: when it answers, from what, and what may leave."""
