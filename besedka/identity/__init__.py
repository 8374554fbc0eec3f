"""Workspaces, users, roles and sessions: who is asking, and what that person may do.

async def close(session: Session, actor: ManagerActor) -> ...   # 403 for a viewer
"""

from besedka.identity.access import (
    AdminActor,
    CurrentActor,
    ManagerActor,
    OwnerActor,
)
from besedka.identity.actor import Actor
from besedka.identity.models import Role, User, Workspace

__all__ = [
    "Actor",
    "AdminActor",
    "CurrentActor",
    "ManagerActor",
    "OwnerActor",
    "Role",
    "User",
    "Workspace",
]
