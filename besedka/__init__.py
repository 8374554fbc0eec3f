"""Besedka: an inbox where an AI agent and people answer a seller's buyers together."""

__version__ = "0.1.0"
