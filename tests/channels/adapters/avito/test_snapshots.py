"""Chats, listings and prices. All payloads here are made up."""

from datetime import UTC, datetime
from typing import Any

import pytest

from besedka.channels.adapters.avito.snapshots import price_in_kopecks, read_chat, read_listing
from besedka.channels.adapters.base import InboundAuthor

OWN = 404_040_404


def chat(**changes: Any) -> dict[str, Any]:
    return {
        "id": "u2i-Qw~er_Ty1-Ui2Op3As4Df5",
        "created": 1_772_000_000,
        "updated": 1_772_443_815,
        "context": {
            "type": "item",
            "value": {
                "id": 3_300_330_033,
                "title": "Лада Веста, 2021",
                "price_string": "1\u00a0050\u00a0000\u00a0₽",
                "status_id": 10,
                "url": "https://avito.test/lada_1",
                "user_id": OWN,
                "images": {"count": 2, "main": {"140x105": "https://i.test/lada"}},
                "location": {"title": "Тула", "lat": 54.1, "lon": 37.6},
            },
        },
        "users": [
            {"id": OWN, "name": "Автодвор"},
            {
                "id": 5_050_505_050,
                "name": "Пётр ",
                "parsing_allowed": True,
                "public_user_profile": {
                    "user_id": 5_050_505_050,
                    "url": "https://avito.test/user/p?id=1&src=messenger",
                    "avatar": {
                        "default": "https://i.test/stub",
                        "images": {
                            "24x24": "https://i.test/24",
                            "128x128": "https://i.test/128",
                            "1024x1024": "https://i.test/1024",
                        },
                    },
                },
            },
        ],
        "last_message": {
            "id": "m9",
            "author_id": 5_050_505_050,
            "created": 1_772_443_815,
            "direction": "in",
            "type": "text",
            "content": {"text": "Торг есть?"},
            "delivered": 1_772_443_816,
        },
    } | changes


def test_a_chat_tells_the_contact_the_listing_and_the_last_words() -> None:
    found = read_chat(chat(), own_id=str(OWN))

    assert found is not None
    assert found.chat_type == "u2i"
    assert (found.contact_external_id, found.contact_name) == ("5050505050", "Пётр")
    assert found.contact_avatar_url == "https://i.test/128"
    assert found.contact_profile_url == "https://avito.test/user/p?id=1&src=messenger"
    assert found.updated_at == datetime.fromtimestamp(1_772_443_815, UTC)
    listing = found.listing
    assert listing is not None
    assert (listing.external_id, listing.title) == ("3300330033", "Лада Веста, 2021")
    assert (listing.price_minor, listing.currency) == (105_000_000, "RUB")
    assert listing.price_text == "1\u00a0050\u00a0000\u00a0₽"
    assert (listing.image_url, listing.url) == ("https://i.test/lada", "https://avito.test/lada_1")
    assert (listing.status, listing.location, listing.is_ours) == ("active", "Тула", True)
    last = found.last_message
    assert last is not None
    assert (last.external_id, last.author, last.text) == (
        "m9",
        InboundAuthor.CUSTOMER,
        "Торг есть?",
    )


def test_the_contact_is_the_other_one_whatever_the_order() -> None:
    found = read_chat(chat(users=chat()["users"][::-1]), own_id=str(OWN))

    assert found is not None
    assert found.contact_external_id == "5050505050"


def test_someone_elses_listing_shows_that_we_are_the_buyer() -> None:
    context = chat()["context"]
    context["value"]["user_id"] = 707
    found = read_chat(chat(context=context), own_id=str(OWN))

    assert found is not None
    assert found.listing is not None
    assert not found.listing.is_ours


def test_a_bare_chat_is_a_chat() -> None:
    found = read_chat({"id": "u2u-x", "updated": "1772443815"}, own_id=str(OWN))

    assert found is not None
    assert (found.chat_type, found.listing, found.last_message) == ("u2u", None, None)
    assert (found.contact_external_id, found.contact_name) == (None, None)


@pytest.mark.parametrize(
    ("status_id", "expected"),
    [(20, "closed"), ("20", "closed"), (10, "active"), (4, "active"), (7, "unknown")],
    ids=repr,
)
def test_only_known_status_numbers_are_read(status_id: object, expected: str) -> None:
    context = {"type": "item", "value": {"id": 1, "title": "Диван", "status_id": status_id}}
    found = read_chat(chat(context=context), own_id=str(OWN))

    assert found is not None
    assert found.listing is not None
    assert found.listing.status == expected


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [
        ("3\u00a0873\u00a0₽", 387_300),
        ("3 873 ₽", 387_300),
        ("3\u202f873 ₽", 387_300),
        ("12\u00a0500\u00a0000\u00a0₽", 1_250_000_000),
        ("500 ₽", 50_000),
        ("99,90 ₽", 9_990),
        ("1500 руб.", 150_000),
        ("Бесплатно", None),
        ("Договорная", None),
        ("Цена не указана", None),
        ("от 3\u00a0873\u00a0₽", None),
        ("3\u00a0873\u00a0₽ за м²", None),
        ("500 – 900 ₽", None),
        ("100 $", None),
        ("38 73 ₽", None),
        ("", None),
    ],
)
def test_only_one_plain_price_becomes_a_number(text: str, kopecks: int | None) -> None:
    assert price_in_kopecks(text) == kopecks


def test_a_row_of_items_prices_in_roubles() -> None:
    found = read_listing(
        {"id": 9, "title": "Шкаф", "price": 35_000, "status": "old", "url": None, "address": "Тула"}
    )

    assert found is not None
    assert (found.price_minor, found.price_text) == (3_500_000, "35\u00a0000\u00a0₽")
    assert (found.status, found.location, found.url) == ("closed", "Тула", None)


def test_a_row_of_items_without_a_price_has_none() -> None:
    found = read_listing({"id": 9, "title": "Продавец", "price": None, "status": "active"})

    assert found is not None
    assert (found.price_minor, found.price_text, found.status) == (None, None, "active")
