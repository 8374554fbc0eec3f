"""What identity takes and gives over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from besedka.core.settings import checked_time_zone, get_settings
from besedka.core.text import FilledText, StorableText
from besedka.identity.models import Invite, Role, User, Workspace
from besedka.identity.preferences import Preferences, PreferencesUpdate, read_preferences

Name = Annotated[FilledText, StringConstraints(max_length=200)]
Email = Annotated[
    StorableText,
    # Whether a letter arrives there, no pattern tells; this one catches slips of the hand.
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$"
    ),
]
NewPassword = Annotated[str, StringConstraints(max_length=1000)]
"""Checked by `refuse_weak_password`, which has words for what is wrong."""
TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(checked_time_zone)]


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


class ColleagueRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    role: Role


class WorkspaceRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    time_zone: str


class WorkspaceUpdate(BaseModel):
    """What is left out stays as it is."""

    name: Name | None = None
    time_zone: TimeZone | None = None


class MeRead(BaseModel):
    user: UserRead
    workspace: WorkspaceRead
    role: Role
    preferences: Preferences
    dev_mode: bool
    """Whether the acts of development are there: see `/dev`."""

    @classmethod
    def of(cls, user: User, workspace: Workspace, role: Role) -> "MeRead":
        return cls(
            user=UserRead.model_validate(user),
            workspace=WorkspaceRead.model_validate(workspace),
            role=role,
            preferences=read_preferences(user.preferences),
            dev_mode=get_settings().dev_mode,
        )


class MeUpdate(BaseModel):
    """What is left out stays as it is."""

    name: Name | None = None
    preferences: PreferencesUpdate | None = None


class PasswordChange(BaseModel):
    old: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    new: NewPassword


class SessionRead(BaseModel):
    """A browser that is logged in."""

    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


class MemberRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    email: str
    role: Role
    last_seen_at: datetime | None


class MemberUpdate(BaseModel):
    role: Role


class InviteCreate(BaseModel):
    role: Role
    name: Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    email: Email | None = None


class InviteRead(BaseModel):
    id: UUID
    role: Role
    name: str
    email: str
    invited_by: str
    """The name of who made the link."""
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, invite: Invite, *, invited_by: str) -> "InviteRead":
        return cls(
            id=invite.id,
            role=invite.role,
            name=invite.name,
            email=invite.email,
            invited_by=invited_by,
            created_at=invite.created_at,
            expires_at=invite.expires_at,
        )


class InviteCreated(InviteRead):
    url: str
    """Shown this once: we keep only a fingerprint of the token behind the #, which no browser sends
    to a server by itself."""


class InviteToken(BaseModel):
    token: Annotated[str, StringConstraints(max_length=200)]


class InviteOpen(BaseModel):
    """What the invited person sees before joining."""

    workspace: str
    role: Role
    name: str
    email: str
    expires_at: datetime


class InviteAccept(InviteToken):
    name: Name
    email: Email
    password: NewPassword


class SetupRead(BaseModel):
    is_needed: bool
    """There is no owner yet: whoever has the set-up code makes the owner."""


class SetupCreate(BaseModel):
    code: Annotated[str, StringConstraints(max_length=100)]
    name: Name
    email: Email
    password: NewPassword
    workspace: Name
    time_zone: TimeZone
