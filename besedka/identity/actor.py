"""Who acts: a user in a workspace, or the product itself."""

from dataclasses import dataclass
from uuid import UUID

from besedka.identity.errors import NotAllowed
from besedka.identity.models import Role


@dataclass(frozen=True, slots=True)
class Actor:
    user_id: UUID | None
    """None when the product acts by itself."""
    workspace_id: UUID
    role: Role
    name: str

    @classmethod
    def system(cls, workspace_id: UUID) -> "Actor":
        """The product itself, in jobs and commands: sees one workspace and may everything there."""
        return cls(user_id=None, workspace_id=workspace_id, role=Role.OWNER, name="")

    @property
    def is_system(self) -> bool:
        return self.user_id is None

    def may(self, role: Role) -> bool:
        return self.role.includes(role)

    def must_be(self, role: Role) -> None:
        """Raises NotAllowed unless the actor's role includes `role`."""
        if not self.may(role):
            raise NotAllowed(needed_role=role)
