"""What becomes of talks from before us."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.models import ChannelAccount
from besedka.core import time
from besedka.inbox import message_queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.events import ConversationUpdated
from besedka.inbox.models import AuthorKind, Conversation, Mode
from besedka.inbox.waking import reopen_for

# A talk found at connecting whose last word is a customer's waits for a person if it is recent.
_HISTORY_WAITS_FOR = timedelta(days=3)


async def settle_history(
    session: AsyncSession, account: ChannelAccount, conversation: Conversation
) -> None:
    """Leave a recent unanswered talk from before us to a person; the agent never answers it."""
    last = await message_queries.last_word(session, conversation.id)
    if last is None or last.author is not AuthorKind.CUSTOMER:
        return
    moment = last.sent_at
    is_history = moment < account.live_since
    if not is_history or time.now() - moment > _HISTORY_WAITS_FOR or conversation.waiting_since:
        return
    await reopen_for(session, conversation, last)
    before = counted_state(conversation)
    conversation.mode = Mode.MANAGER
    conversation.ownership_seq += 1
    conversation.waiting_since = moment
    conversation.unread_count = max(conversation.unread_count, 1)
    await announce(session, ConversationUpdated, conversation, before=before)
