"""Cleaning up."""

from besedka import jobs
from besedka.core import db
from besedka.identity import invites, service


@jobs.periodic(lambda: 3600)
@jobs.job("identity.forget_expired_logins")
async def forget_expired_logins() -> None:
    async with db.transaction() as session:
        await service.forget_expired_logins(session)
        await invites.forget_old_invites(session)
        await jobs.finish(session)
