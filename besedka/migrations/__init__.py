"""Alembic's revisions of the schema, and how to run them without its command line."""
