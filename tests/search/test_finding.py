"""What a person types, and the conversations it finds."""

import pytest

from besedka.core.db import Database
from besedka.identity import Role
from tests.conftest import Client, Clock, LogIn
from tests.factories import Make
from tests.inbox.desk import Desk
from tests.inbox.test_lists import counting_queries
from tests.search.finding import URL, Finder


@pytest.mark.parametrize(
    ("said", "asked", "marked"),
    [
        ("Отдадите вместе с зимними колёсами?", "зимние колеса", ["зимними", "колёсами"]),
        ("Отдадите вместе с зимними колёсами?", "КОЛЁСА", ["колёсами"]),
        ("Есть ли холодильники LG?", "холодилник", ["холодильники"]),
        ("Есть ли холодильники LG?", "хлоодильник", ["холодильники"]),
        ("Есть ли холодильники LG?", "холод", ["холодильники"]),
        ("Видел у вас камри", "rfvhb", ["камри"]),
        ("Наберите +7 (916) 123-42-18 вечером", "1234218", ["123-42-18"]),
        ("Наберите +7 (916) 123-42-18 вечером", "42-18", ["42-18"]),
        ("Наберите +7 (916) 123-42-18 вечером", "89161234218", ["916) 123-42-18"]),
        ("Отдам за 480 000, не меньше", "480000", ["480 000"]),
        ("Машина 2019 года", "2019", ["2019"]),
    ],
)
async def test_a_message_is_found(
    desk: Desk, finder: Finder, said: str, asked: str, marked: list[str]
) -> None:
    talk = await desk.talk(said)
    await desk.talk("О другом")

    assert await finder.ids(asked) == [talk.id]
    assert ("message", marked) in await finder.hits(asked)


async def test_a_name_and_a_listing_are_found_before_what_was_said(
    desk: Desk, finder: Finder, clock: Clock
) -> None:
    item = desk.avito.account().listings[1]
    item.title = "Самовар угольный"
    by_name = await desk.talk("Добрый день", buyer_name="Самовар Петрович")
    clock.advance(1)
    by_listing = await desk.talk("Добрый день", item_id=item.id)
    clock.advance(1)
    by_message = await desk.talk("А самовар у вас есть?")

    assert await finder.ids("самовары") == [by_listing.id, by_name.id, by_message.id]
    assert await finder.hits("самовар угольный") == [("listing", ["Самовар", "угольный"])]


async def test_all_words_must_be_there_wherever_they_stand(desk: Desk, finder: Finder) -> None:
    talk = await desk.talk("Нужна доставка", "В Тверь", buyer_name="Игорь Белов")
    await desk.talk("Нужна доставка в Клин", buyer_name="Анна Белова")

    assert await finder.ids("доставка игорю тверь") == [talk.id]
    assert await finder.ids("доставка игорю клин") == []


async def test_what_is_written_exactly_comes_before_what_is_mistyped(
    desk: Desk, finder: Finder, clock: Clock
) -> None:
    exact = await desk.talk("Это холодилник?")
    clock.advance(1)
    meant = await desk.talk("Это холодильник?")

    assert await finder.ids("холодилник") == [exact.id, meant.id]


async def test_the_latest_comes_first_and_pages_hold_each_once(
    desk: Desk, finder: Finder, clock: Clock
) -> None:
    talks = []
    for number in range(5):
        talks.append(await desk.talk(f"Прицеп номер {number}"))
        clock.advance(1)
    clock.advance(5)
    await talks[1].buyer("Алло")

    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await finder.page("прицеп", limit=2, **cursor)
        seen += [each["conversation"]["id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}

    assert seen == [talks[number].id for number in (1, 4, 3, 2, 0)]


async def test_open_and_closed_are_found_unless_narrowed(desk: Desk, finder: Finder) -> None:
    closed, mine = await desk.talk("Про велосипед"), await desk.talk("Про велосипед")
    await closed.act("close")
    await mine.act("take-over")

    assert set(await finder.ids("велосипед")) == {closed.id, mine.id}
    assert await finder.ids("велосипед", status="closed") == [closed.id]
    assert await finder.ids("велосипед", assignee="me") == [mine.id]
    assert await finder.ids("велосипед", mode="bot", status="open") == []


async def test_a_note_is_found_and_said_to_be_one(desk: Desk, finder: Finder) -> None:
    talk = await desk.talk()
    await talk.act("notes", {"text": "Торгуется до последнего"})

    assert await finder.hits("последний торгуется") == [("note", ["Торгуется", "последнего"])]


async def test_a_hit_leads_to_its_message(desk: Desk, finder: Finder) -> None:
    talk = await desk.talk("Здравствуйте", "Есть термос?", "Жду ответа")

    [result] = (await finder.page("термос"))["items"]

    [hit] = result["hits"]
    message = next(each for each in await talk.messages() if each["text"] == "Есть термос?")
    assert (hit["message_id"], hit["position"]) == (message["id"], message["position"])
    assert hit["author"] == "customer"


async def test_a_long_message_is_shown_around_what_is_found(desk: Desk, finder: Finder) -> None:
    await desk.talk("слово " * 60 + "канистра" + " слово" * 60)

    [hit] = (await finder.page("канистры"))["items"][0]["hits"]

    assert len(hit["text"]) < 200
    assert hit["text"].startswith("…")
    assert hit["text"].endswith("…")
    [found] = hit["ranges"]
    assert hit["text"][found["start"] : found["end"]] == "канистра"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("", "nothing_to_search_for"),
        (" !? ", "nothing_to_search_for"),
        ("а" * 201, "question_too_long"),
    ],
)
async def test_what_cannot_be_searched_for_is_refused(
    viewer: Client, asked: str, code: str
) -> None:
    response = await viewer.get(URL, params={"q": asked})

    assert (response.status_code, response.json()["code"]) == (422, code)
    assert response.json()["title"]


async def test_a_broken_cursor_is_told_as_such(viewer: Client) -> None:
    for cursor in ("x", "WzEsMl0sMw", "WyJhIiwiYiJd", "Wy0xLDJd"):
        response = await viewer.get(URL, params={"q": "а", "cursor": cursor})
        assert (response.status_code, response.json()["code"]) == (400, "bad_cursor"), cursor


async def test_another_company_finds_nothing_of_ours(
    desk: Desk, finder: Finder, make: Make, log_in: LogIn
) -> None:
    await desk.talk("Секретный примус", buyer_name="Аристарх")
    company = await make.workspace()
    stranger = Finder(await log_in(await make.user(company, role=Role.OWNER), company))

    assert len(await finder.ids("примус")) == 1
    for asked in ("примус", "аристарх", "приммус"):
        assert await stranger.ids(asked) == []


async def test_a_viewer_may_search(desk: Desk, viewer: Client) -> None:
    talk = await desk.talk("Про велосипед")

    assert await Finder(viewer).ids("велосипеды") == [talk.id]


async def test_a_search_costs_the_same_number_of_queries_however_much_it_finds(
    desk: Desk, finder: Finder, database: Database
) -> None:
    await desk.talk("Про велосипед")
    await finder.ids("велосипед")
    with counting_queries(database) as short:
        await finder.client.get(URL, params={"q": "велосипед"})
    for _ in range(6):
        await desk.talk("Про велосипед", "и ещё про велосипед")
    await finder.ids("велосипед")
    with counting_queries(database) as long:
        page = await finder.client.get(URL, params={"q": "велосипед"})

    assert len(page.json()["items"]) == 7
    # The login, the documents, the conversations, their messages; what it is typed like and how
    # far the index is are asked of tables of its own.
    assert len(short) == len(long) <= 4


async def test_a_message_with_nothing_but_a_preposition_is_not_shown(
    desk: Desk, finder: Finder
) -> None:
    await desk.talk("Доставка в Казань?", "Я в пути", "Буду в пять")

    assert await finder.hits("доставку в казань") == [("message", ["Доставка", "в", "Казань"])]
