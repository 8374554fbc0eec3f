"""A small trial of the real product, with everything that can go wrong on the way."""

import asyncio
import os

import asyncpg
import pytest

from besedka.trial.options import TrialOptions
from besedka.trial.run import run_trial
from tests.conftest import POSTGRES_URL, on_server

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def server_url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    try:
        await on_server("SELECT 1")
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        reason = f"no PostgreSQL: {type(error).__name__} (set BESEDKA_TEST_POSTGRES_URL)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return POSTGRES_URL


async def test_nothing_is_lost_doubled_or_said_over_a_person_though_the_server_is_killed(
    server_url: str,
) -> None:
    told: list[str] = []
    options = TrialOptions(
        messages=60,
        conversations=12,
        rate=6,
        drop=0.06,
        duplicate=2,
        reorder=True,
        kill=1,
        takeover=4,
        database=server_url,
    )

    verdict = await run_trial(options, told.append)

    assert verdict.is_clean, (verdict.failed, verdict.details)
    assert (verdict.sent, verdict.stored) == (60, 60)
    assert verdict.answered == verdict.bursts > 0
    assert "SIGKILL" in told


async def test_people_who_find_no_talk_are_told_of_and_not_waited_for() -> None:
    options = TrialOptions(messages=2, conversations=1, rate=2, takeover=9)

    async with asyncio.timeout(120):
        verdict = await run_trial(options)

    assert not verdict.is_clean
    assert "of 9 take-overs found a talk" in " ".join(verdict.failed)
