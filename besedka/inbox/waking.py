"""Bringing back into sight what was put off."""

from besedka.inbox.models import Conversation, ConversationStatus


def wake(conversation: Conversation) -> bool:
    """Whether the talk was put off: it is open from here on. Nothing is announced."""
    if conversation.status is not ConversationStatus.SNOOZED:
        return False
    conversation.status = ConversationStatus.OPEN
    conversation.snoozed_until = None
    return True
