"""A talk is given to a colleague, or to nobody."""

from besedka.identity import Role, Workspace
from tests.conftest import Client
from tests.factories import Make
from tests.inbox.desk import Desk

NOTHING = {"open": 0, "unread": 0, "waiting": 0}
WAITING = {"open": 1, "unread": 1, "waiting": 1}


async def colleague_id(client: Client, name: str) -> str:
    found = (await client.get("/api/v1/colleagues")).json()
    [wanted] = [each["id"] for each in found if each["name"] == name]
    return str(wanted)


async def test_colleagues_are_those_of_the_company_by_name(
    desk: Desk, admin: Client, make: Make
) -> None:
    neighbours = await make.workspace()
    await make.user(neighbours, name="Борис")

    found = (await desk.client.get("/api/v1/colleagues")).json()

    assert [(each["name"], each["role"]) for each in found] == [
        ("Анна", "admin"),
        ("Ирина", "manager"),
    ]


async def test_assigning_gives_the_bots_talk_to_a_colleague_and_silences_the_bot(
    desk: Desk, admin: Client
) -> None:
    talk = await desk.talk()
    await talk.bot_answers("Здравствуйте, чем помочь?")
    await talk.buyer("Есть кто живой?")
    anna = await colleague_id(admin, "Анна")

    conversation = await talk.act("assign", {"assignee_id": anna})
    await desk.exchange()

    assert (conversation["mode"], conversation["assignee"]["name"]) == ("manager", "Анна")
    assert conversation["waiting_since"] is not None, "the customer has no answer yet"
    assert talk.sent == []
    mark = await talk.last("activity")
    assert mark["content"] == {"action": "assigned", "by": "Ирина", "to": "Анна"}
    assert await desk.counts() == {"bot": NOTHING, "manager": WAITING}


async def test_assigning_to_nobody_leaves_the_talk_to_the_people(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("take-over")

    conversation = await talk.act("assign", {"assignee_id": None})

    assert (conversation["mode"], conversation["assignee"]) == ("manager", None)
    assert await talk.activities() == ["taken_over", "unassigned"]


async def test_assigning_whose_it_is_already_says_nothing(desk: Desk) -> None:
    talk = await desk.talk()
    mine = await talk.act("take-over")
    me = mine["assignee"]["id"]

    again = await talk.act("assign", {"assignee_id": me})

    assert again["version"] == mine["version"]


async def test_a_talk_is_given_only_to_who_may_answer_here(
    desk: Desk, make: Make, workspace: Workspace
) -> None:
    talk = await desk.talk()
    viewer = await make.user(workspace, role=Role.VIEWER, name="Вера")
    stranger = await make.user(await make.workspace(), name="Борис")

    for user in (viewer, stranger):
        answer = await desk.client.post(f"{talk.url}/assign", json={"assignee_id": str(user.id)})
        assert (answer.status_code, answer.json()["code"]) == (422, "assignee_not_found")

    assert (await talk.read())["mode"] == "bot"


async def test_a_closed_talk_is_not_assigned(desk: Desk) -> None:
    talk = await desk.talk()
    await talk.act("close")

    answer = await desk.client.post(f"{talk.url}/assign", json={"assignee_id": None})

    assert (answer.status_code, answer.json()["code"]) == (409, "conversation_put_away")
    assert (await talk.read())["mode"] == "bot"
