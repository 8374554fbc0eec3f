"""What becomes of the talks of somebody who is removed from the company."""

from tests.conftest import Client
from tests.inbox.desk import Desk


async def test_talks_of_the_removed_become_nobodys_and_say_so_to_every_screen(
    desk: Desk, owner: Client, admin: Client
) -> None:
    talk, closed, other = [await desk.talk(f"Здравствуйте, {number}") for number in range(3)]
    await talk.act("take-over")
    await closed.act("take-over")
    await closed.act("close")
    await admin.post(f"{other.url}/take-over")
    before = await talk.read()
    irina = before["assignee"]["id"]

    await owner.delete(f"/api/v1/users/{irina}")
    await desk.exchange()

    async def assignee(url: str) -> str | None:
        found = (await owner.get(url)).json()["assignee"]
        return found and str(found["name"])

    assert [await assignee(each.url) for each in (talk, closed, other)] == [None, None, "Анна"]
    now = (await owner.get(talk.url)).json()
    assert (now["mode"], now["version"] > before["version"]) == ("manager", True)
