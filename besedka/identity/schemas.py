"""What identity takes and gives over HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from besedka.core.text import StorableText
from besedka.identity.models import Role, User, Workspace


class LoginCreate(BaseModel):
    email: Annotated[
        StorableText, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)
    ]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class UserRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    email: str


class WorkspaceRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    time_zone: str


class MeRead(BaseModel):
    user: UserRead
    workspace: WorkspaceRead
    role: Role

    @classmethod
    def of(cls, user: User, workspace: Workspace, role: Role) -> "MeRead":
        return cls(
            user=UserRead.model_validate(user),
            workspace=WorkspaceRead.model_validate(workspace),
            role=role,
        )
