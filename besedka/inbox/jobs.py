"""The inbox's background work, for whoever has to know all jobs."""

from besedka.inbox.channel_acts import block_on_channel, mark_read_on_channel
from besedka.inbox.delivery import deliver_message
from besedka.inbox.enriching import enrich_conversation

__all__ = ["block_on_channel", "deliver_message", "enrich_conversation", "mark_read_on_channel"]
