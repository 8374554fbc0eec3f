"""Avito Messenger: its API, its webhooks and their oddities."""

from besedka.channels.adapters.avito.adapter import AvitoAdapter

__all__ = ["AvitoAdapter"]
