"""What the simulated Avito does wrong, and the habits in which live Avito differs from its spec."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Probability = float


class Faults(BaseModel):
    """Faults of one account. Zero, false or None is off; probabilities are 0..1."""

    model_config = ConfigDict(extra="forbid")

    # Webhooks.
    drop: Probability = Field(0.0, ge=0, le=1)
    duplicate: int = Field(1, ge=1, le=20, description="copies of each webhook; 1 is none extra")
    reorder: bool = False
    reorder_window_s: float = Field(1.5, ge=0, le=60)
    delay_s: float = Field(0.0, ge=0, le=3600)
    webhook_retries: int = Field(0, ge=0, le=10, description="Avito's own policy is undocumented")
    echo_first: bool = Field(False, description="the echo arrives before the answer to the POST")

    # API calls.
    status_429: Probability = Field(0.0, ge=0, le=1)
    retry_after_s: int | None = None
    rate_headers: bool = True
    status_500: Probability = Field(0.0, ge=0, le=1)
    slow_s: float = Field(0.0, ge=0, le=120)
    accept_then_timeout: Probability = Field(0.0, ge=0, le=1)
    hang_s: float = Field(20.0, ge=0, le=300, description="how long such a connection stays open")
    payment_required: bool | Literal["full", "partial"] = False
    payment_shape: Literal["error", "plain"] = "error"
    expire_token: bool = Field(False, description="expires every token issued so far, once")
    expired_status: Literal[401, 403] = 403
    refuse_images: bool = Field(False, description="uploadImages takes no picture")
    operations: list[str] | None = Field(
        None, description="limit 429, 500 and slow answers to these operation ids of the spec"
    )
    max_hits: int | None = Field(None, ge=0, description="stop after so many spoiled API calls")

    @property
    def payment_gate(self) -> str:
        if isinstance(self.payment_required, bool):
            return "full" if self.payment_required else ""
        return self.payment_required

    def touches(self, operation: str) -> bool:
        return self.operations is None or operation in self.operations


class Habits(BaseModel):
    """Where running integrations and the official text disagree; both sides must be survived."""

    model_config = ConfigDict(extra="forbid")

    shape: Literal["object", "array"] = Field("object", description="answer of GET messages")
    read_key: Literal["isRead", "is_read"] = "isRead"
    published_at: bool = True
    location_in_context: bool = True
    system_author_id: int = Field(0, ge=0, le=10)
    webhook_on_delete: bool = True
    token_ttl_s: int = Field(86400, ge=1)
    items_per_minute: int = Field(25, ge=0, description="0 is no limit")
