"""The inbox's background work, for whoever has to know all jobs."""

from besedka.inbox.attachments.jobs import forget_unsent_pictures, remove_stray_pictures
from besedka.inbox.channel_acts import block_on_channel, mark_read_on_channel
from besedka.inbox.delivery import deliver_message
from besedka.inbox.enriching import enrich_conversation
from besedka.inbox.releasing import release_talks
from besedka.inbox.scheduled.jobs import send_scheduled
from besedka.inbox.showing import show_in_other_conversations
from besedka.inbox.snoozing import wake_conversation

__all__ = [
    "block_on_channel",
    "deliver_message",
    "enrich_conversation",
    "forget_unsent_pictures",
    "mark_read_on_channel",
    "release_talks",
    "remove_stray_pictures",
    "send_scheduled",
    "show_in_other_conversations",
    "wake_conversation",
]
