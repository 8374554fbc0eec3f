"""Pictures that a person of ours sends: kept, delivered once, and shown."""

import asyncio
import errno
import os
import shutil
from collections.abc import MutableMapping, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from PIL import Image
from sqlalchemy import delete, select

from besedka.core import db
from besedka.core.settings import Settings
from besedka.core.time import now
from besedka.inbox.attachments import queries
from besedka.inbox.attachments.jobs import forget_unsent_pictures, remove_stray_pictures
from besedka.inbox.models import Attachment
from besedka.jobs import JobDefinition, enqueue
from tests.conftest import Client, Clock, JsonObject, LogIn
from tests.factories import Make, picture
from tests.inbox.desk import Desk, Talk

SEND = ["postSendImageMessage"]
UPLOAD = ["uploadImages"]


async def attach(talk: Talk, data: bytes | None = None, name: str = "двор.jpg") -> JsonObject:
    data = picture("JPEG", (800, 600)) if data is None else data
    answer = await talk.desk.client.post(f"{talk.url}/attachments", files={"file": (name, data)})
    assert answer.status_code == 201, answer.text
    attached: JsonObject = answer.json()
    return attached


async def send(
    talk: Talk, *attached: JsonObject, text: str = "", key: str | None = None, deliver: bool = True
) -> list[JsonObject]:
    answer = await talk.desk.client.post(
        f"{talk.url}/messages",
        json={"text": text, "attachment_ids": [each["id"] for each in attached]},
        headers={"Idempotency-Key": key} if key else {},
    )
    assert answer.status_code == 201, answer.text
    if deliver:
        await talk.desk.exchange()
    items: list[JsonObject] = answer.json()["items"]
    return items


def arrived(talk: Talk) -> list[str]:
    """What the buyer got from us, in order."""
    ours = [each for each in talk.desk.avito.sent if each.chat_id == talk.chat.id]
    return [each.text if each.type == "text" else each.type for each in ours]


def uploads(desk: Desk) -> int:
    return len([each for each in desk.avito.world.truth.requests if each.operation == UPLOAD[0]])


def kept_files(settings: Settings) -> set[str]:
    found = Path(settings.data_dir, "files").rglob("*")
    return {path.name for path in found if path.is_file()}


def lose_files(settings: Settings) -> None:
    shutil.rmtree(Path(settings.data_dir, "files"))


def leave_stray_file(settings: Settings, *, days_ago: int = 0) -> str:
    """As a process killed between the file and its row does."""
    path = Path(settings.data_dir, "files", "attachments", str(uuid4()), str(uuid4()))
    path.parent.mkdir()
    path.write_bytes(b"x")
    put_at = (now() - timedelta(days=days_ago)).timestamp()
    os.utime(path, (put_at, put_at))
    return path.name


async def ours(talk: Talk) -> list[JsonObject]:
    return [each for each in await talk.messages() if each["direction"] == "out"]


# Bringing


async def test_a_picture_is_kept_and_shown_only_to_its_company(
    desk: Desk, make: Make, log_in: LogIn, viewer: Client
) -> None:
    talk = await desk.talk()

    attached = await attach(talk, picture("JPEG", (3000, 1500)), "C:\\Фото\\двор.jpg")

    assert (attached["name"], attached["media_type"]) == ("двор.jpg", "image/jpeg")
    assert (attached["width"], attached["height"]) == (2048, 1024)
    url = f"/api/v1/attachments/{attached['id']}"
    shown = await viewer.get(url)
    assert len(shown.content) == attached["size"]
    headers = shown.headers
    assert (headers["content-type"], headers["x-content-type-options"]) == ("image/jpeg", "nosniff")
    assert "private" in headers["cache-control"]
    assert "sandbox" in headers["content-security-policy"]
    with Image.open(BytesIO((await viewer.get(f"{url}?preview=true")).content)) as preview:
        assert preview.size == (640, 320)
    others = await make.workspace()
    stranger = await log_in(await make.user(others), others)
    assert (await stranger.get(url)).status_code == 404


async def test_a_viewer_attaches_nothing(desk: Desk, viewer: Client) -> None:
    talk = await desk.talk()

    answer = await viewer.post(f"{talk.url}/attachments", files={"file": ("a.png", picture())})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nnot a header\r\n\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n1\r\n' * 2
            + b"--x--\r\n",
        ),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused_in_plain_words(
    kind: str, body: bytes, desk: Desk
) -> None:
    talk = await desk.talk()

    answer = await desk.client.post(
        f"{talk.url}/attachments", content=body, headers={"content-type": kind}
    )

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "upload_unreadable")
    assert problem["title"] == "Не удалось прочитать файл из запроса"


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"MZ not a picture", 422, "not_a_picture"),
        (picture("JPEG", (200, 200))[:300], 422, "picture_damaged"),
        (picture("PNG", (12_000, 12_000), "1"), 422, "too_many_pixels"),
        (bytes(24 * 2**20 + 1), 413, "picture_too_large"),
        (bytes(26 * 2**20), 413, "body_too_large"),
    ],
)
async def test_what_is_no_picture_to_send_is_refused_whatever_its_name(
    desk: Desk, settings: Settings, data: bytes, status: int, code: str
) -> None:
    talk = await desk.talk()

    answer = await desk.client.post(
        f"{talk.url}/attachments", files={"file": ("двор.jpg", data, "image/jpeg")}
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert kept_files(settings) == set()


async def test_other_requests_keep_their_own_smaller_limit(desk: Desk) -> None:
    talk = await desk.talk()

    answer = await desk.client.post(f"{talk.url}/notes", content=bytes(5 * 2**20))

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_an_upload_that_breaks_off_keeps_nothing(
    desk: Desk, app: FastAPI, settings: Settings
) -> None:
    talk = await desk.talk()
    form = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    coming: list[JsonObject] = [
        {"type": "http.request", "body": form + picture("JPEG")[:200], "more_body": True},
        {"type": "http.disconnect"},
    ]
    answers: list[JsonObject] = []

    async def receive() -> JsonObject:
        return coming.pop(0)

    async def answer(message: MutableMapping[str, Any]) -> None:
        answers.append(dict(message))

    request = desk.client.build_request(
        "POST",
        f"{talk.url}/attachments",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": "http",
        "root_path": "",
        "client": ("127.0.0.1", 50000),
        "server": ("testserver", 80),
    }
    await app(scope, receive, answer)

    assert answers[0]["status"] == 400
    assert b"upload_interrupted" in answers[1]["body"]
    assert kept_files(settings) == set()


async def test_a_full_disk_refuses_the_picture_plainly_and_keeps_no_row(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await desk.talk()

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    answer = await desk.client.post(f"{talk.url}/attachments", files={"file": ("a", picture())})

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert "место" in answer.json()["detail"].lower()
    async with db.reading() as session:
        assert (await session.scalars(select(Attachment))).all() == []


# Sending


async def test_a_text_and_pictures_become_messages_in_their_order(desk: Desk) -> None:
    talk = await desk.talk()
    first = await attach(talk, picture("JPEG", (800, 600)))
    second = await attach(talk, picture("PNG", (40, 30)))

    queued = await send(talk, first, second, text="Вот двор и гараж")

    assert [each["type"] for each in queued] == ["text", "image", "image"]
    assert arrived(talk) == ["Вот двор и гараж", "image", "image"]
    messages = await ours(talk)
    assert [each["status"] for each in messages] == ["sent"] * 3
    assert [each["external_id"] for each in messages] == [each.id for each in desk.avito.sent]
    assert messages[1]["content"]["sizes"] == {
        "640x480": f"/api/v1/attachments/{first['id']}?preview=true",
        "800x600": f"/api/v1/attachments/{first['id']}",
    }
    conversation = await talk.read()
    assert (conversation["mode"], conversation["last_message"]["type"]) == ("manager", "image")
    stored = [each.data for each in desk.avito.world.images.values()]
    assert [len(data) for data in stored] == [first["size"], second["size"]]


async def test_a_picture_needs_no_text(desk: Desk) -> None:
    talk = await desk.talk()

    await send(talk, await attach(talk))

    assert arrived(talk) == ["image"]
    assert await talk.activities() == ["taken_over"], "the echo is known as ours"


async def test_nothing_at_all_is_not_sent(desk: Desk) -> None:
    talk = await desk.talk()

    answer = await desk.client.post(f"{talk.url}/messages", json={"attachment_ids": []})

    assert answer.status_code == 422
    assert arrived(talk) == []


async def test_one_key_sends_once(desk: Desk) -> None:
    talk = await desk.talk()
    attached = await attach(talk)

    first, second = await asyncio.gather(
        send(talk, attached, text="Вот", key="k", deliver=False),
        send(talk, attached, text="Вот", key="k", deliver=False),
    )
    await desk.exchange()

    assert [each["id"] for each in first] == [each["id"] for each in second]
    assert arrived(talk) == ["Вот", "image"]


async def test_a_picture_of_another_talk_or_one_already_sent_is_refused(desk: Desk) -> None:
    talk, other = await desk.talk(), await desk.talk()
    attached = await attach(talk)
    await send(talk, attached)

    codes = []
    for place, attachment_id in ((talk, attached["id"]), (other, attached["id"]), (talk, uuid4())):
        answer = await desk.client.post(
            f"{place.url}/messages", json={"text": "Вот", "attachment_ids": [str(attachment_id)]}
        )
        codes.append((answer.status_code, answer.json()["code"]))

    assert codes == [
        (409, "attachment_already_sent"),
        (404, "attachment_not_found"),
        (404, "attachment_not_found"),
    ]
    assert (arrived(talk), arrived(other)) == (["image"], []), "and the text stays with its author"


# Trouble on the way


async def test_a_send_that_fails_is_tried_again_without_a_second_upload(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, max_hits=1, operations=SEND)
    await send(talk, await attach(talk))
    assert arrived(talk) == []

    clock.advance(60)
    await desk.exchange()

    assert (arrived(talk), uploads(desk)) == (["image"], 1)


@pytest.mark.parametrize("is_echo_lost", [True, False])
async def test_a_picture_that_arrived_although_its_answer_was_lost_is_not_sent_twice(
    is_echo_lost: bool, desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(accept_then_timeout=1, max_hits=1, drop=1 if is_echo_lost else 0)

    await send(talk, await attach(talk))
    clock.advance(10)
    await desk.exchange()

    assert (arrived(talk), uploads(desk)) == (["image"], 1)
    [message] = await ours(talk)
    assert (message["status"], message["external_id"]) == ("sent", desk.avito.sent[0].id)
    assert await talk.activities() == ["taken_over"]


async def test_a_picture_whose_echo_is_faster_than_its_answer_is_known_as_ours(desk: Desk) -> None:
    talk = await desk.talk()
    first, second = await attach(talk), await attach(talk)
    desk.avito.faults(echo_first=True)

    await send(talk, first, second)

    assert [each["status"] for each in await ours(talk)] == ["sent", "sent"]
    assert await talk.activities() == ["taken_over"]


async def test_an_upload_that_fails_is_repeated_and_another_persons_picture_is_not_taken_for_ours(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, max_hits=1, operations=UPLOAD)
    await send(talk, await attach(talk))

    await desk.avito.seller_writes(talk.chat, type="image")
    clock.advance(60)
    await desk.exchange()

    assert arrived(talk) == ["image"]
    from_the_app, from_us = await ours(talk)
    assert from_the_app["author"]["kind"] == "elsewhere"
    assert (from_us["status"], from_us["external_id"]) == ("sent", desk.avito.sent[0].id)


async def give_up(desk: Desk, clock: Clock) -> None:
    """Let the time of all attempts pass."""
    for _ in range(12):
        clock.advance(400)
        await desk.exchange()


async def test_a_picture_from_the_app_is_not_taken_for_one_that_has_failed(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, operations=SEND)
    await send(talk, await attach(talk))
    await give_up(desk, clock)
    assert (await talk.last("image"))["status"] == "failed"
    desk.avito.clear_faults()

    await desk.avito.seller_writes(talk.chat, type="image")
    await desk.exchange()

    failed, from_the_app = await ours(talk)
    assert (failed["status"], failed["external_id"]) == ("failed", None)
    assert from_the_app["author"]["kind"] == "elsewhere"


async def test_a_picture_from_the_app_is_not_taken_for_one_that_is_long_under_way(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(status_500=1, operations=SEND)
    await send(talk, await attach(talk))
    clock.advance(400)
    await desk.exchange()

    await desk.avito.seller_writes(talk.chat, type="image")
    await desk.exchange()
    desk.avito.clear_faults()
    clock.advance(400)
    await desk.exchange()

    by_author = {each["author"]["kind"]: each["status"] for each in await ours(talk)}
    assert by_author == {"user": "sent", "elsewhere": "sent"}
    assert arrived(talk) == ["image"]


async def test_a_failed_picture_is_found_to_have_arrived_by_its_address(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    desk.avito.faults(accept_then_timeout=1, max_hits=1, delay_s=3600)
    await send(talk, await attach(talk))
    desk.avito.faults(accept_then_timeout=0, status_500=1, max_hits=None, delay_s=0)
    for _ in range(8):
        clock.advance(200)
        await desk.exchange()
    assert (await talk.last("image"))["status"] == "failed"
    desk.avito.clear_faults()

    clock.advance(2500)
    await desk.exchange()

    assert [each["status"] for each in await ours(talk)] == ["sent"]


async def test_a_picture_that_avito_refuses_fails_is_kept_and_may_be_sent_again(
    desk: Desk,
) -> None:
    talk = await desk.talk()
    desk.avito.faults(refuse_images=True)
    attached = await attach(talk)
    await send(talk, attached, text="Вот")

    message = await talk.last("image")
    assert (message["status"], message["failure"]["title"]) == (
        "failed",
        "Авито не принял картинку",
    )
    assert (await desk.client.get(f"/api/v1/attachments/{attached['id']}")).status_code == 200
    desk.avito.clear_faults()
    await desk.client.post(f"/api/v1/messages/{message['id']}/retry")
    await desk.exchange()

    assert arrived(talk) == ["Вот", "image"]


async def test_a_token_that_expires_before_the_upload_is_renewed(desk: Desk) -> None:
    talk = await desk.talk()
    attached = await attach(talk)

    desk.avito.faults(expire_token=True)
    await send(talk, attached)

    assert arrived(talk) == ["image"]


async def test_a_tariff_that_is_not_paid_fails_the_picture(desk: Desk) -> None:
    talk = await desk.talk()
    attached = await attach(talk)
    desk.avito.faults(payment_required=True)

    await send(talk, attached)

    assert (await talk.last("image"))["failure"]["code"] == "payment_required"


async def test_a_picture_whose_file_is_gone_fails_and_says_so(
    desk: Desk, settings: Settings
) -> None:
    talk = await desk.talk()
    attached = await attach(talk)
    lose_files(settings)

    await send(talk, attached)

    assert (await talk.last("image"))["failure"]["code"] == "file_lost"
    assert (await desk.client.get(f"/api/v1/attachments/{attached['id']}")).status_code == 410


async def test_a_picture_without_its_row_fails_and_sends_no_words_instead(desk: Desk) -> None:
    talk = await desk.talk()
    await send(talk, await attach(talk), deliver=False)
    async with db.transaction() as session:
        await session.execute(delete(Attachment))

    await desk.exchange()

    assert (await talk.last("image"))["failure"]["code"] == "file_lost"
    assert arrived(talk) == []


async def test_a_sent_picture_can_be_taken_back(desk: Desk) -> None:
    talk = await desk.talk()
    await send(talk, await attach(talk))

    answer = await desk.client.post(f"/api/v1/messages/{(await talk.last('image'))['id']}/recall")

    assert answer.status_code == 200
    assert desk.avito.sent[0].deleted_at is not None


async def test_the_pictures_of_a_cancelled_reply_can_be_sent_with_another(desk: Desk) -> None:
    talk = await desk.talk()
    attached = await attach(talk)
    body = {"text": "Вот", "attachment_ids": [attached["id"]], "hold_s": 5}
    held = (await desk.client.post(f"{talk.url}/messages", json=body)).json()["items"]

    cancelled = await desk.client.post(f"/api/v1/messages/{held[0]['id']}/cancel")
    await send(talk, attached)

    assert [each["status"] for each in cancelled.json()["items"]] == ["discarded", "discarded"]
    assert arrived(talk) == ["image"]


# Cleaning up


async def clean_up(desk: Desk, job: JobDefinition = forget_unsent_pictures) -> None:
    async with db.transaction() as session:
        await enqueue(session, job)
    await desk.exchange()


async def test_pictures_that_nobody_sent_are_removed_after_a_day_and_the_others_stay(
    desk: Desk, settings: Settings, clock: Clock
) -> None:
    talk = await desk.talk()
    sent, forgotten = await attach(talk), await attach(talk)
    await send(talk, sent)

    async def shown() -> list[int]:
        urls = [f"/api/v1/attachments/{each['id']}" for each in (sent, forgotten)]
        return [(await desk.client.get(url)).status_code for url in urls]

    await clean_up(desk)
    assert await shown() == [200, 200]
    clock.advance(25 * 3600)
    await clean_up(desk)

    assert await shown() == [200, 404]
    assert kept_files(settings) == {sent["id"], f"{sent['id']}-preview"}


async def test_files_that_no_row_speaks_of_are_removed_by_a_daily_walk_over_the_latest(
    desk: Desk, settings: Settings, clock: Clock
) -> None:
    talk = await desk.talk()
    sent = await attach(talk)
    await send(talk, sent)
    stray, old_stray = leave_stray_file(settings), leave_stray_file(settings, days_ago=5)
    clock.advance(25 * 3600)

    await clean_up(desk)
    assert {stray, old_stray} < kept_files(settings), "the hourly clean-up walks over nothing"
    await clean_up(desk, remove_stray_pictures)

    assert kept_files(settings) == {sent["id"], f"{sent['id']}-preview", old_stray}


async def test_a_picture_that_is_sent_while_others_are_cleaned_up_stays(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await desk.talk()
    attached = await attach(talk)
    clock.advance(25 * 3600)
    list_unsent = queries.unsent_attachments

    async def meanwhile_it_is_sent(*given: Any, **wanted: Any) -> Sequence[Attachment]:
        """The moment between looking and deleting, which no test hits by chance."""
        found = await list_unsent(*given, **wanted)
        if found:
            await send(talk, attached, deliver=False)
        return found

    monkeypatch.setattr(queries, "unsent_attachments", meanwhile_it_is_sent)
    await clean_up(desk)

    assert arrived(talk) == ["image"]
