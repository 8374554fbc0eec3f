"""Webhook v3 deliveries: the captured envelope, two seconds to answer, and faults on the way."""

import asyncio
import hashlib
import hmac
import uuid
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from itertools import takewhile

import httpx
import orjson

from besedka.simulators.avito.shapes import webhook_value
from besedka.simulators.avito.state import Account, Chat, Message, World
from besedka.simulators.avito.truth import Delivery

ANSWER_WITHIN_S = 2.0
SIGNATURE_HEADER = "X-Avito-Messenger-Signature"
MAX_UNDER_WAY = 64

Lane = tuple[str, str]


@dataclass(slots=True)
class Parcel:
    account: Account
    delivery: Delivery
    value: bytes
    due: float


class Webhooks:
    """Sends parcels in the background, or keeps them until `deliver_pending` is asked.

    Without faults the parcels of one chat to one address go one after the other, so a receiver
    sees them in order; delay and reorder let each go its own way.
    """

    def __init__(
        self, world: World, transport: httpx.AsyncBaseTransport | None, *, auto_deliver: bool
    ) -> None:
        self.world = world
        self.auto_deliver = auto_deliver
        self.pending: list[Parcel] = []
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._lanes: dict[Lane, deque[Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiters: dict[str, asyncio.Event] = {}
        self._under_way = asyncio.Semaphore(MAX_UNDER_WAY)

    def on_event(self, what: str, chat: Chat, message: Message | None) -> None:
        if message is None or what not in {"message", "deleted"}:
            return
        account = self.world.accounts[chat.user_id]
        if what == "deleted" and not account.habits.webhook_on_delete:
            return
        value = orjson.dumps(webhook_value(account, chat, message))
        for url in account.subscriptions:
            self._queue(account, message, url, value)

    def _queue(self, account: Account, message: Message, url: str, value: bytes) -> None:
        faults, now, rng = account.faults, self.world.clock(), self.world.rng
        is_dropped = faults.drop > 0 and rng.random() < faults.drop
        copies = 1 if is_dropped else faults.duplicate
        for copy in range(copies):
            due = now + faults.delay_s
            if faults.reorder and self.auto_deliver:
                due += rng.random() * faults.reorder_window_s
            delivery = Delivery(
                seq=self.world.truth.next_seq(),
                message_id=message.id,
                chat_id=message.chat_id,
                url=url,
                type=message.type,
                attempt=1,
                copy=copy + 1,
                queued=now,
                dropped=is_dropped,
            )
            self.world.truth.deliveries.append(delivery)
            if not is_dropped:
                self._hand_in(Parcel(account, delivery, value, due))

    def _hand_in(self, parcel: Parcel) -> None:
        if not self.auto_deliver:
            self.pending.append(parcel)
        elif parcel.due > self.world.clock():
            self._start(self._deliver_later(parcel))
        else:
            lane = (parcel.delivery.url, parcel.delivery.chat_id)
            queue = self._lanes.get(lane)
            if queue is not None:
                queue.append(parcel)
            else:
                self._lanes[lane] = deque([parcel])
                self._start(self._drain(lane))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, lane: Lane) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue.popleft())
        del self._lanes[lane]

    async def _deliver_later(self, parcel: Parcel) -> None:
        await asyncio.sleep(max(0.0, parcel.due - self.world.clock()))
        await self._deliver(parcel)

    async def deliver_pending(self, *, due_only: bool = True) -> int:
        """Deliver what waits; with the `reorder` fault, later messages first.

        With automatic delivery, waits for what is under way instead.
        """
        if self.auto_deliver:
            return await self.settle()
        now = self.world.clock()
        ready = [each for each in self.pending if each.due <= now or not due_only]
        self.pending = [each for each in self.pending if each.due > now and due_only]
        if any(each.account.faults.reorder for each in ready):
            ready.reverse()
        for parcel in ready:
            await self._deliver(parcel)
        return len(ready)

    async def settle(self) -> int:
        done = 0
        while self._tasks:
            tasks = list(self._tasks)
            await asyncio.gather(*tasks)
            done += len(tasks)
        return done

    async def wait_for(self, message_id: str) -> None:
        """Until the parcels of one message are delivered; used to let the echo come first."""
        mine = [each for each in self.pending if each.delivery.message_id == message_id]
        for parcel in mine:
            self.pending.remove(parcel)
            await self._deliver(parcel)
        if self.auto_deliver:
            stored = self.world.messages[message_id].seq
            recent = takewhile(lambda row: row.seq > stored, reversed(self.world.truth.deliveries))
            rows = [row for row in recent if row.message_id == message_id]
            answered = self._waiters.setdefault(message_id, asyncio.Event())
            while any(row.finished is None and not row.dropped for row in rows):
                answered.clear()
                await answered.wait()
            self._waiters.pop(message_id, None)

    async def _deliver(self, parcel: Parcel) -> None:
        row = parcel.delivery
        async with self._under_way:
            row.started = self.world.clock()
            await self._post(parcel)
            row.finished = self.world.clock()
        if row.message_id in self._waiters:
            self._waiters[row.message_id].set()
        is_acknowledged = row.status is not None and 200 <= row.status < 300
        retries = parcel.account.faults.webhook_retries
        if not is_acknowledged and row.attempt <= retries:
            again = Delivery(
                seq=self.world.truth.next_seq(),
                message_id=row.message_id,
                chat_id=row.chat_id,
                url=row.url,
                type=row.type,
                attempt=row.attempt + 1,
                copy=row.copy,
                queued=row.finished,
            )
            self.world.truth.deliveries.append(again)
            due = row.finished + 2.0 ** (row.attempt - 1)
            self._hand_in(Parcel(parcel.account, again, parcel.value, due))

    async def _post(self, parcel: Parcel) -> None:
        row = parcel.delivery
        body = envelope(parcel.value, timestamp=int(self.world.clock()))
        headers = {
            "content-type": "application/json",
            SIGNATURE_HEADER: signature(parcel.account, body),
        }
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                response = await self._http().post(row.url, content=body, headers=headers)
            row.status = response.status_code
        except TimeoutError:
            row.error = "timeout"
        except httpx.HTTPError as error:
            row.error = type(error).__name__
        except Exception as error:  # noqa: BLE001 - an in-process receiver that fails is a 500
            row.status, row.error = 500, type(error).__name__

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=MAX_UNDER_WAY, max_keepalive_connections=16)
            self._client = httpx.AsyncClient(
                transport=self._transport, limits=limits, timeout=ANSWER_WITHIN_S, trust_env=False
            )
        return self._client

    async def aclose(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def envelope(value: bytes, *, timestamp: int) -> bytes:
    head = f'{{"id":"{uuid.uuid4()}","version":"v3.0.0","timestamp":{timestamp},'
    return head.encode() + b'"payload":{"type":"message","value":' + value + b"}}"


def signature(account: Account, body: bytes) -> str:
    """64 hex characters, as captured. The real key and algorithm are unknown: do not rely on it."""
    return hmac.new(account.client_secret.encode(), body, hashlib.sha256).hexdigest()
