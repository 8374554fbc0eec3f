"""The pages of the channel accounts and of the diagnostics."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from scripts.stage import Demo
from tests.browser.test_main_path import log_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
async def test_an_account_is_renamed_rekeyed_disconnected_told_of_and_connected_again(
    demo: Demo, browser: Browser, width: int
) -> None:
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    admin = await context.new_page()
    faults: list[str] = []
    admin.on("pageerror", lambda error: faults.append(str(error)))
    await log_in(admin, demo)
    await admin.get_by_role("link", name="Настройки").click()
    await admin.get_by_role("link", name="Аккаунты каналов").click()
    account = admin.get_by_role("main").get_by_role("region", name="Автодвор")
    await expect(account.get_by_text("На связи")).to_be_visible()

    await account.get_by_role("button", name="Действия с аккаунтом").click()
    await admin.get_by_role("menuitem", name="Переименовать").click()
    await admin.get_by_role("textbox", name="Название").fill("Автодвор Юг")
    await admin.get_by_role("button", name="Сохранить").click()
    account = admin.get_by_role("main").get_by_role("region", name="Автодвор Юг")

    await account.get_by_role("button", name="Действия с аккаунтом").click()
    await admin.get_by_role("menuitem", name="Заменить ключи").click()
    keys = admin.get_by_role("dialog")
    await keys.get_by_label("client_id").fill("demo-client")
    await keys.get_by_label("client_secret", exact=True).fill("чужой")
    await keys.get_by_role("button", name="Проверить и заменить").click()
    await expect(keys.get_by_role("alert")).to_contain_text("не принял ключи")
    await keys.get_by_label("client_secret", exact=True).fill("demo-secret")
    await keys.get_by_role("button", name="Проверить и заменить").click()
    await expect(admin.get_by_text("Ключи подошли и заменены.")).to_be_visible()

    await account.get_by_role("switch").click()
    await expect(account.get_by_role("switch")).not_to_be_checked()
    await account.get_by_role("button", name="Отключить").click()
    await expect(account.get_by_text("Чаты и история останутся")).to_be_visible()
    await account.get_by_role("button", name="Отключить").click()
    await expect(account.get_by_text("Отключён")).to_be_visible()

    if width < 700:
        await admin.get_by_role("main").locator("..").get_by_role("link", name="Настройки").click()
    await admin.get_by_role("link", name="Диагностика").click()
    report = admin.get_by_role("main")
    await report.get_by_role("button", name="Проверить сейчас").click()
    await expect(report.get_by_text("Ни один аккаунт канала не подключён")).to_be_visible()
    await expect(admin.get_by_role("button", name="1 замечание")).to_be_visible()

    await report.get_by_role("link", name="Открыть аккаунты каналов").click()
    await account.get_by_role("button", name="Подключить снова").click()
    await expect(account.get_by_text("На связи")).to_be_visible()
    await account.get_by_role("button", name="Проверить").click()

    await admin.get_by_role("button", name="1 замечание").click()
    await report.get_by_role("button", name="Проверить сейчас").click()
    await expect(report.get_by_text("Замечаний нет")).to_be_visible()
    await expect(admin.get_by_role("button", name=re.compile("замечани"))).to_have_count(0)
    assert faults == []
    await context.close()


async def test_the_top_bar_shows_each_accounts_webhook_and_switches_its_agent(
    demo: Demo, browser: Browser
) -> None:
    context = await browser.new_context(
        viewport={"width": 1440, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    admin = await context.new_page()
    await log_in(admin, demo)
    await admin.get_by_role("button", name="Авито: 1 аккаунт").click()
    account = admin.get_by_role("region", name="Автодвор")
    await expect(account).to_contain_text("подключён")

    await account.get_by_role("switch").click()
    await expect(account.get_by_role("switch")).not_to_be_checked()
    await account.get_by_role("button", name="Отключить").click()
    await account.get_by_role("button", name="Отключить").click()
    await expect(account.get_by_text("не подключён")).to_be_visible()

    await account.get_by_role("button", name="Подключить снова").click()
    await expect(account.get_by_text("На связи")).to_be_visible()
    await context.close()


def leave_dead_jobs(folder: Path, count: int) -> None:
    """As the runner leaves work that failed too often."""
    [database] = folder.rglob("besedka.db")
    with closing(sqlite3.connect(database)) as connection, connection:
        workspace, account, moment = connection.execute(
            "SELECT workspace_id, id, created_at FROM channel_accounts"
        ).fetchone()
        connection.executemany(
            "INSERT INTO jobs (name, queue, args, workspace_id, state, run_at, attempts, error,"
            " created_at, died_at) VALUES ('channels.sweep_account', 'sweep',"
            " json_object('account_id', ?), ?, 'dead', ?, 8, 'ChannelUnavailable: 503', ?, ?)",
            [(account, workspace, moment, moment, moment)] * count,
        )


@pytest.mark.parametrize("width", [1440, 390])
async def test_jobs_that_stopped_are_told_of_and_run_again(
    demo: Demo, browser: Browser, width: int, tmp_path: Path
) -> None:
    demo.stop()
    leave_dead_jobs(tmp_path, 3)
    demo.start()
    context = await browser.new_context(
        viewport={"width": width, "height": 860}, locale="ru-RU", reduced_motion="reduce"
    )
    page = await context.new_page()
    await log_in(page, demo)
    await page.goto(f"{demo.product}/settings/diagnostics")
    stopped = page.get_by_role("list", name="Остановленные задания").get_by_role("listitem")
    await expect(stopped).to_have_count(3)
    await expect(stopped.first).to_contain_text("ChannelUnavailable")

    await stopped.first.get_by_role("button").click()
    await expect(stopped).to_have_count(2)
    await page.get_by_role("button", name="Запустить все ещё раз").click()

    await expect(page.get_by_text("Остановленных заданий нет.")).to_be_visible()
    dead = await context.request.get(f"{demo.product}/api/v1/jobs/dead")
    assert await dead.json() == []
    await context.close()
