"""The account itself and its listings."""

from datetime import date

from starlette.responses import Response

from besedka.simulators.avito.content import item_url
from besedka.simulators.avito.gateway import Call, Operation
from besedka.simulators.avito.replies import ApiError, items_error, json_reply
from besedka.simulators.avito.shapes import rfc3339
from besedka.simulators.avito.state import JsonObject, Listing, World

STATUSES = frozenset({"active", "removed", "old", "blocked", "rejected"})


async def get_self(call: Call) -> Response:
    account = call.account
    return json_reply(
        {
            "id": account.user_id,
            "name": account.name,
            "email": account.email,
            "phone": account.phone,
            "phones": [account.phone],
            "profile_url": f"{call.world.public_url}/user/{account.user_id:032x}/profile",
        }
    )


async def get_items(call: Call) -> Response:
    headers = _count_in_minute(call)
    per_page = _positive(call, "per_page", 25, 100)
    page = _positive(call, "page", 1, 1_000_000)
    statuses = set(call.query.get("status", "active").split(","))
    if not statuses <= STATUSES:
        raise items_error(400, "unknown status")
    rows = [each for each in call.account.listings if each.status in statuses]
    updated_from = call.query.get("updatedAtFrom")
    if updated_from is not None:
        try:
            day = date.fromisoformat(updated_from)
        except ValueError:
            raise items_error(400, "updatedAtFrom must be YYYY-MM-DD") from None
        rows = [each for each in rows if rfc3339(each.created)[:10] >= day.isoformat()]
    category = call.query.get("category")
    if category is not None:
        rows = [each for each in rows if str(each.category_id) == category]
    ids = call.query.get("ids")
    if ids is not None:
        wanted = set(ids.split(","))
        rows = [each for each in rows if str(each.id) in wanted]
    start = (page - 1) * per_page
    resources = [item_json(call.world, each) for each in rows[start : start + per_page]]
    meta = {"page": page, "per_page": per_page}
    return json_reply({"meta": meta, "resources": resources}, headers=headers)


def item_json(world: World, listing: Listing) -> JsonObject:
    return {
        "id": listing.id,
        "title": listing.title,
        "price": listing.price,
        "status": listing.status,
        "url": item_url(world, listing),
        "address": listing.address,
        "category": {"id": listing.category_id, "name": listing.category},
    }


async def get_item(call: Call) -> Response:
    raw = call.request.path_params["item_id"]
    if not raw.isdecimal():
        raise items_error(400, "item_id must be an integer")
    listing = call.world.listings.get(int(raw))
    nothing: JsonObject = {"url": None, "start_time": None, "finish_time": None, "vas": None}
    if listing is None:
        return json_reply({"status": "not_found", "autoload_item_id": None, **nothing})
    if listing.user_id != call.account.user_id:
        return json_reply({"status": "another_user", "autoload_item_id": None, **nothing})
    return json_reply(
        {
            "autoload_item_id": None,
            "status": listing.status,
            "url": item_url(call.world, listing),
            "start_time": rfc3339(listing.created),
            "finish_time": rfc3339(listing.finish) if listing.finish is not None else None,
            "vas": [],
        }
    )


def _positive(call: Call, name: str, default: int, high: int) -> int:
    raw = call.query.get(name)
    if raw is None:
        return default
    if not raw.isdecimal() or not 1 <= int(raw) <= high:
        raise items_error(400, f"{name} must be from 1 to {high}")
    return int(raw)


def _count_in_minute(call: Call) -> dict[str, str]:
    limit = call.account.habits.items_per_minute
    if not limit:
        return {}
    minute = int(call.at // 60)
    known, used = call.account.items_window
    used = used + 1 if known == minute else 1
    call.account.items_window = (minute, used)
    headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(max(0, limit - used))}
    if used > limit:
        raise ApiError(429, None, headers)
    return headers


def operations() -> list[Operation]:
    return [
        Operation("getUserInfoSelf", "GET", "/core/v1/accounts/self", get_self),
        Operation("getItemsInfo", "GET", "/core/v1/items", get_items),
        Operation("getItemInfo", "GET", "/core/v1/accounts/{user_id}/items/{item_id}/", get_item),
    ]
