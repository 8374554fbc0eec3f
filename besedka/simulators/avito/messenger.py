"""The thirteen Messenger methods."""

from starlette.datastructures import UploadFile
from starlette.responses import Response

from besedka.simulators.avito import pictures, talks
from besedka.simulators.avito.content import image_sizes
from besedka.simulators.avito.gateway import Call, Operation
from besedka.simulators.avito.media import voice_url
from besedka.simulators.avito.replies import invalid, json_reply, messenger_error
from besedka.simulators.avito.shapes import chat_json, message_json, messages_json
from besedka.simulators.avito.state import Chat, JsonObject, Message, StoredImage, Via
from besedka.simulators.avito.webhooks import Webhooks

MAX_TEXT = 1000
MAX_IMAGE_BYTES = 24 * 2**20
CHAT_TYPES = frozenset({"u2i", "u2u", "a2u"})
REASONS = frozenset({1, 2, 3, 4})


def whole_number(call: Call, name: str, default: int, low: int, high: int) -> int:
    raw = call.query.get(name)
    if raw is None:
        return default
    if not raw.lstrip("-").isdecimal() or not low <= int(raw) <= high:
        raise invalid(**{name: f"must be an integer from {low} to {high}"})
    return int(raw)


def int64(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


# Reading.


async def get_chats(call: Call) -> Response:
    limit = whole_number(call, "limit", 100, 1, 100)
    offset = whole_number(call, "offset", 0, 0, 1000)
    unread_only = call.query.get("unread_only", "false")
    if unread_only not in {"true", "false"}:
        raise invalid(unread_only="must be true or false")
    types = set(call.query.get("chat_types", "u2i").split(","))
    if not types <= CHAT_TYPES:
        raise invalid(chat_types="must be of u2i, u2u, a2u")
    account = call.account
    shelf = account.unread if unread_only == "true" else account.chats
    wanted = item_ids(call)
    if wanted is None:
        newest_first = reversed(shelf.values())
    else:
        found = [
            chat
            for item_id in wanted
            for chat in account.chats_by_item.get(item_id, {}).values()
            if chat.id in shelf
        ]
        newest_first = iter(sorted(found, key=lambda chat: chat.updated, reverse=True))
    page: list[Chat] = []
    skipped = 0
    for chat in newest_first:
        if chat.type not in types:
            continue
        if skipped < offset:
            skipped += 1
            continue
        page.append(chat)
        if len(page) > limit:
            break
    chats = [chat_json(call.world, account, chat) for chat in page[:limit]]
    return json_reply({"chats": chats, "meta": {"has_more": len(page) > limit}})


def item_ids(call: Call) -> list[int] | None:
    raw = call.query.get("item_ids")
    if raw is None:
        return None
    parts = raw.split(",")
    if not all(part.isdecimal() and int64(int(part)) for part in parts):
        raise invalid(item_ids="must be integers separated by commas")
    return [int(part) for part in parts]


async def get_chat(call: Call) -> Response:
    return json_reply(chat_json(call.world, call.account, call.chat()))


async def get_messages(call: Call) -> Response:
    chat = call.chat()
    limit = whole_number(call, "limit", 100, 1, 100)
    offset = whole_number(call, "offset", 0, 0, 1000)
    end = len(chat.messages) - offset
    page = chat.messages[max(0, end - limit) : max(0, end)][::-1]
    call.world.truth.history_read(
        chat.id,
        call.world.clock(),
        newest=page[0].id if page else None,
        oldest=page[-1].id if page else None,
        offset=offset,
        count=len(page),
    )
    return json_reply(messages_json(call.world, call.account, page))


async def read_chat(call: Call) -> Response:
    talks.seller_reads(call.world, call.chat())
    return json_reply({"ok": True})


async def get_voice_files(call: Call) -> Response:
    raw = call.request.query_params.getlist("voice_ids")
    voice_ids = [part for each in raw for part in each.split(",") if part]
    if not voice_ids:
        raise invalid(voice_ids="required")
    urls = {
        voice_id: voice_url(call.world, voice_id)
        for voice_id in voice_ids
        if call.world.voices.get(voice_id) in call.account.chats
    }
    return json_reply({"voices_urls": urls})


# Writing.


async def send_message(call: Call, webhooks: Webhooks) -> Response:
    chat = call.chat()
    body = await call.body()
    if body.get("type") != "text":
        raise invalid(type="only text is supported")
    message = body.get("message")
    text = message.get("text") if isinstance(message, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise invalid(**{"message.text": "required"})
    if len(text) > MAX_TEXT:
        raise invalid(**{"message.text": f"must be at most {MAX_TEXT} characters"})
    sent = talks.write(call.world, chat, Via.API, fields={"text": text}, at=call.at)
    await echo_first(call, webhooks, sent)
    return json_reply(
        {
            "id": sent.id,
            "created": sent.created,
            "type": "text",
            "direction": "out",
            "content": {"text": text},
        }
    )


async def send_image(call: Call, webhooks: Webhooks) -> Response:
    chat = call.chat()
    image_id = (await call.body()).get("image_id")
    if not isinstance(image_id, str) or image_id not in call.world.images:
        raise invalid(image_id="unknown image")
    fields: JsonObject = {"image_id": image_id}
    sent = talks.write(call.world, chat, Via.API, "image", fields=fields, at=call.at)
    await echo_first(call, webhooks, sent)
    rendered = message_json(call.world, call.account, sent)
    names = ("id", "author_id", "created", "direction", "type", "content")
    return json_reply({name: rendered[name] for name in names})


async def echo_first(call: Call, webhooks: Webhooks, sent: Message) -> None:
    if call.account.faults.echo_first:
        call.fault = "echo_first"
        await webhooks.wait_for(sent.id)


async def upload_images(call: Call) -> Response:
    if int(call.request.headers.get("content-length", "0")) > MAX_IMAGE_BYTES + 4096:
        raise invalid(**{"uploadfile[]": "must be at most 24 MB"})
    if not call.request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise messenger_error(400, "Bad Request")
    async with call.request.form() as form:
        files = [each for each in form.getlist("uploadfile[]") if isinstance(each, UploadFile)]
        if len(files) != 1:
            raise invalid(**{"uploadfile[]": "exactly one file is required"})
        data = await files[0].read()
    if len(data) > MAX_IMAGE_BYTES:
        raise invalid(**{"uploadfile[]": "must be at most 24 MB"})
    media_type = pictures.media_type_of(data)
    if call.account.faults.refuse_images:
        call.fault = "refuse_images"
        media_type = None
    if media_type is None:
        raise invalid(**{"uploadfile[]": "must be JPEG, HEIC, GIF, BMP or PNG"})
    if pictures.pixels_of(data) > pictures.MAX_PIXELS:
        raise invalid(**{"uploadfile[]": "must be at most 75 megapixels"})
    image_id = f"{call.world.number()}.{call.world.hex_id()}"
    call.world.images[image_id] = StoredImage(data, media_type)
    return json_reply({image_id: image_sizes(call.world, image_id)})


async def delete_message(call: Call) -> Response:
    chat = call.chat()
    message = call.world.messages.get(call.request.path_params["message_id"])
    if message is None or message.chat_id != chat.id:
        raise messenger_error(404, "Message not found")
    if not message.is_own:
        raise messenger_error(403, "Forbidden")
    try:
        talks.recall(call.world, chat, message)
    except talks.Refused:
        raise messenger_error(400, "Message can be deleted within one hour only") from None
    return json_reply({})


async def add_to_blacklist(call: Call) -> Response:
    users = (await call.body()).get("users")
    if not isinstance(users, list) or not users:
        raise invalid(users="required")
    blocked: dict[int, int] = {}
    for user in users:
        user_id = user.get("user_id") if isinstance(user, dict) else None
        context = user.get("context") or {} if isinstance(user, dict) else {}
        reason = context.get("reason_id", 4) if isinstance(context, dict) else None
        if not isinstance(user_id, int) or not int64(user_id):
            raise invalid(user_id="must be an integer")
        if not isinstance(reason, int) or reason not in REASONS:
            raise invalid(reason_id="must be 1, 2, 3 or 4")
        blocked[user_id] = reason
    call.account.blacklist.update(blocked)
    return Response(b"")


# Webhooks.


async def subscribe(call: Call) -> Response:
    call.account.subscriptions[await _url(call)] = "3"
    return json_reply({"ok": True})


async def unsubscribe(call: Call) -> Response:
    call.account.subscriptions.pop(await _url(call), None)
    return json_reply({"ok": True})


async def get_subscriptions(call: Call) -> Response:
    rows = [{"url": url, "version": v} for url, v in call.account.subscriptions.items()]
    return json_reply({"subscriptions": rows})


async def _url(call: Call) -> str:
    url = (await call.body()).get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise invalid(url="must be an http address")
    return url


def operations(webhooks: Webhooks) -> list[Operation]:
    async def post_text(call: Call) -> Response:
        return await send_message(call, webhooks)

    async def post_image(call: Call) -> Response:
        return await send_image(call, webhooks)

    v1, v2, v3 = (f"/messenger/{version}/accounts/{{user_id}}" for version in ("v1", "v2", "v3"))
    chat, messages = f"{v1}/chats/{{chat_id}}", f"{v1}/chats/{{chat_id}}/messages"
    history = f"{v3}/chats/{{chat_id}}/messages"
    return [
        Operation("postSendMessage", "POST", messages, post_text, "partial", may_hang=True),
        Operation(
            "postSendImageMessage",
            "POST",
            f"{messages}/image",
            post_image,
            "partial",
            may_hang=True,
        ),
        Operation("deleteMessage", "POST", f"{messages}/{{message_id}}", delete_message, "partial"),
        Operation("chatRead", "POST", f"{chat}/read", read_chat, "partial"),
        Operation("uploadImages", "POST", f"{v1}/uploadImages", upload_images, "partial"),
        Operation("getVoiceFiles", "GET", f"{v1}/getVoiceFiles", get_voice_files, "partial"),
        Operation("getChatsV2", "GET", f"{v2}/chats", get_chats, "full"),
        Operation("getChatByIdV2", "GET", f"{v2}/chats/{{chat_id}}", get_chat, "full"),
        Operation("getMessagesV3", "GET", f"{history}/", get_messages, "partial"),
        Operation("getMessagesV3", "GET", history, get_messages, "partial"),
        Operation("postBlacklistV2", "POST", f"{v2}/blacklist", add_to_blacklist, "partial"),
        Operation("postWebhookV3", "POST", "/messenger/v3/webhook", subscribe, "full"),
        Operation(
            "getSubscriptions", "POST", "/messenger/v1/subscriptions", get_subscriptions, "full"
        ),
        Operation(
            "postWebhookUnsubscribe",
            "POST",
            "/messenger/v1/webhook/unsubscribe",
            unsubscribe,
            "full",
        ),
    ]
