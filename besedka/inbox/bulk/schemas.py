"""Bulk acts as the API takes and tells them."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from besedka.inbox.bulk.service import BulkAct, BulkOutcome
from besedka.inbox.snapshots import ConversationRead


class BulkCreate(BaseModel):
    ids: list[UUID] = Field(min_length=1, max_length=200)
    act: BulkAct
    assignee_id: UUID | None = Field(
        default=None, description="For `assign`, which needs it; null is nobody."
    )
    until: AwareDatetime | None = Field(default=None, description="For `snooze`.")
    tag_id: UUID | None = Field(default=None, description="For `tag` and `untag`.")

    @model_validator(mode="after")
    def _has_what_the_act_needs(self) -> "BulkCreate":
        # Left out, it would make the talks nobody's and the bot silent.
        if self.act is BulkAct.ASSIGN and "assignee_id" not in self.model_fields_set:
            raise PydanticCustomError(
                "assignee_missing",
                "Укажите, кому назначить чаты: assignee_id сотрудника или null, чтобы снять "
                "назначение",
            )
        if self.act is BulkAct.SNOOZE and self.until is None:
            raise PydanticCustomError("until_missing", "Укажите, до какого времени отложить чаты")
        if self.act in (BulkAct.TAG, BulkAct.UNTAG) and self.tag_id is None:
            raise PydanticCustomError("tag_missing", "Укажите метку: tag_id")
        return self


class RefusalRead(BaseModel):
    code: str
    title: str


class BulkResult(BaseModel):
    id: UUID
    conversation: ConversationRead | None
    """As it is now; None if the act was refused."""
    refusal: RefusalRead | None

    @classmethod
    def of(cls, outcome: BulkOutcome) -> "BulkResult":
        done, refused = outcome.done, outcome.refused
        return cls(
            id=outcome.conversation_id,
            conversation=ConversationRead.of(done) if done else None,
            refusal=RefusalRead(code=refused.code, title=refused.title) if refused else None,
        )


class BulkRead(BaseModel):
    results: list[BulkResult]
