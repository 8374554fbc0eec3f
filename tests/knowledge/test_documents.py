"""Documents over HTTP, and the index that follows them."""

import asyncio
from uuid import UUID

from besedka.identity import Workspace
from besedka.knowledge import indexes
from besedka.knowledge.indexes import IndexCache
from tests.conftest import Client
from tests.factories import Make

DELIVERY = {"title": "Доставка", "text": "# Сроки\n\nСДЭК за 3 дня."}


async def test_a_document_is_added_read_changed_and_deleted(admin: Client) -> None:
    created = await admin.post("/api/v1/documents", json=DELIVERY)
    assert created.status_code == 201
    address = f"/api/v1/documents/{created.json()['id']}"
    assert (await admin.get(address)).json() == created.json()

    changed = await admin.put(address, json={**DELIVERY, "text": "СДЭК.", "enabled": False})

    assert (changed.json()["text"], changed.json()["enabled"]) == ("СДЭК.", False)
    (row,) = (await admin.get("/api/v1/documents")).json()["items"]
    assert (row["title"], row["enabled"], "text" in row) == ("Доставка", False, False)

    assert (await admin.delete(address)).status_code == 204
    missing = await admin.get(address)
    assert (missing.status_code, missing.json()["code"]) == (404, "document_not_found")


async def test_a_document_without_a_title_is_refused(admin: Client) -> None:
    response = await admin.post("/api/v1/documents", json={**DELIVERY, "title": "  "})

    assert response.status_code == 422


async def test_documents_are_listed_newest_first_page_by_page(admin: Client) -> None:
    for number in range(3):
        await admin.post("/api/v1/documents", json={"title": f"Документ {number}", "text": "Да."})

    first = (await admin.get("/api/v1/documents?limit=2")).json()
    second = (await admin.get(f"/api/v1/documents?limit=2&cursor={first['next_cursor']}")).json()

    titles = [row["title"] for row in first["items"] + second["items"]]
    assert titles == ["Документ 2", "Документ 1", "Документ 0"]
    assert second["next_cursor"] is None


async def test_a_list_shows_the_first_words_of_each_text(admin: Client) -> None:
    await admin.post("/api/v1/documents", json={"title": "Прайс", "text": "Ш" * 5000})
    await admin.post("/api/v1/documents", json=DELIVERY)

    rows = (await admin.get("/api/v1/documents")).json()["items"]

    assert [row["opening"] for row in rows] == [DELIVERY["text"], "Ш" * 200]


async def test_a_manager_reads_documents_but_does_not_change_them(
    admin: Client, operator: Client
) -> None:
    created = (await admin.post("/api/v1/documents", json=DELIVERY)).json()
    address = f"/api/v1/documents/{created['id']}"

    assert (await operator.get(address)).status_code == 200
    for response in (
        await operator.post("/api/v1/documents", json=DELIVERY),
        await operator.put(address, json={**DELIVERY, "enabled": True}),
        await operator.delete(address),
    ):
        assert response.status_code == 403


async def test_the_search_follows_every_change(admin: Client, workspace: Workspace) -> None:
    created = (await admin.post("/api/v1/documents", json=DELIVERY)).json()
    address = f"/api/v1/documents/{created['id']}"
    assert await found(workspace.id, "сдэк") == ["СДЭК за 3 дня."]

    await admin.put(address, json={**DELIVERY, "text": "СДЭК за 5 дней.", "enabled": True})
    assert await found(workspace.id, "сдэк") == ["СДЭК за 5 дней."]

    await admin.put(address, json={**DELIVERY, "enabled": False})
    assert await found(workspace.id, "сдэк") == []

    await admin.put(address, json={**DELIVERY, "enabled": True})
    await admin.delete(address)
    assert await found(workspace.id, "сдэк") == []


async def test_another_process_sees_the_change_too(admin: Client, workspace: Workspace) -> None:
    other = IndexCache()
    assert (await other.index_of(workspace.id)).passages == ()

    await admin.post("/api/v1/documents", json=DELIVERY)

    assert len((await other.index_of(workspace.id)).passages) == 1


async def test_an_index_is_built_once_for_all_who_wait(admin: Client, workspace: Workspace) -> None:
    await admin.post("/api/v1/documents", json=DELIVERY)
    cache = IndexCache()

    built = await asyncio.gather(*(cache.index_of(workspace.id) for _ in range(5)))

    assert all(index is built[0] for index in built)


async def test_indexes_that_nobody_uses_are_let_go(make: Make) -> None:
    cache = IndexCache(capacity=1)
    first, second = await make.workspace(), await make.workspace()
    kept = await cache.index_of(first.id)
    await cache.index_of(second.id)

    assert await cache.index_of(first.id) is not kept


async def test_another_companys_documents_are_never_found(admin: Client, make: Make) -> None:
    await admin.post("/api/v1/documents", json=DELIVERY)
    other = await make.workspace()

    assert await found(other.id, "сдэк") == []


async def found(workspace_id: UUID, question: str) -> list[str]:
    index = await indexes.index_of(workspace_id)
    hits = index.search_all([question], limit=5)
    return [hit.passage.text for hit in hits]
