"""Replies that a company writes again and again."""
