"""Every path of Avito's API that we call. Avito renames versions without redirects: mend here."""

from dataclasses import dataclass
from urllib.parse import quote

from besedka.channels.adapters.base import ChatNotFound


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    method: str
    path: str
    is_repeatable: bool = False
    """Asking again after any failure does no harm."""
    is_delivery: bool = False
    """A customer sees the result, so an attempt without an answer must not be repeated."""
    is_scarce: bool = False
    """Under the narrow limit of the items API, apart from the messenger's."""

    def url(self, **ids: str) -> str:
        for value in ids.values():
            if value in ("", ".", ".."):  # these would lead to another path of the API
                raise ChatNotFound(reason="not an Avito id")
        return self.path.format(**{name: quote(value, safe="") for name, value in ids.items()})


_ACCOUNT = "/accounts/{user_id}"
_CHAT = _ACCOUNT + "/chats/{chat_id}"

TOKEN = Operation("token", "POST", "/token", is_repeatable=True)
SELF = Operation("self", "GET", "/core/v1/accounts/self", is_repeatable=True)

SEND_TEXT = Operation("send_text", "POST", f"/messenger/v1{_CHAT}/messages", is_delivery=True)
SEND_IMAGE = Operation(
    "send_image", "POST", f"/messenger/v1{_CHAT}/messages/image", is_delivery=True
)
UPLOAD_IMAGE = Operation("upload_image", "POST", f"/messenger/v1{_ACCOUNT}/uploadImages")
DELETE_MESSAGE = Operation(
    "delete_message", "POST", f"/messenger/v1{_CHAT}/messages/{{message_id}}"
)
READ_CHAT = Operation("read_chat", "POST", f"/messenger/v1{_CHAT}/read", is_repeatable=True)
CHATS = Operation("chats", "GET", f"/messenger/v2{_ACCOUNT}/chats", is_repeatable=True)
CHAT = Operation("chat", "GET", f"/messenger/v2{_CHAT}", is_repeatable=True)
MESSAGES = Operation("messages", "GET", f"/messenger/v3{_CHAT}/messages/", is_repeatable=True)
VOICE_FILES = Operation(
    "voice_files", "GET", f"/messenger/v1{_ACCOUNT}/getVoiceFiles", is_repeatable=True
)
BLACKLIST = Operation("blacklist", "POST", f"/messenger/v2{_ACCOUNT}/blacklist", is_repeatable=True)
SUBSCRIBE = Operation("subscribe", "POST", "/messenger/v3/webhook", is_repeatable=True)
# A POST, though it only reads: with GET it answers 404.
SUBSCRIPTIONS = Operation(
    "subscriptions", "POST", "/messenger/v1/subscriptions", is_repeatable=True
)
UNSUBSCRIBE = Operation(
    "unsubscribe", "POST", "/messenger/v1/webhook/unsubscribe", is_repeatable=True
)

ITEMS = Operation("items", "GET", "/core/v1/items", is_repeatable=True, is_scarce=True)
ITEM = Operation("item", "GET", "/core/v1/accounts/{user_id}/items/{item_id}/", is_repeatable=True)
