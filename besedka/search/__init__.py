"""Finding conversations by what was said in them, who wrote and what about."""
