"""Replies that are written now and leave later, unless something happens first."""
