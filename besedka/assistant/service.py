"""Setting the agent up."""

from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.assistant import queries
from besedka.assistant.errors import ModelMisconfigured
from besedka.assistant.events import AgentChanged
from besedka.assistant.models import AgentSettings
from besedka.assistant.schemas import AgentUpdate, ModelUpdate
from besedka.core import crypto, time
from besedka.core.settings import ModelProvider
from besedka.identity.actor import Actor


async def set_up_agent(session: AsyncSession, actor: Actor, data: AgentUpdate) -> None:
    """Raises ModelMisconfigured when the model could not be called as described."""
    row = await session.get(AgentSettings, actor.workspace_id, with_for_update=True)
    if row is None:
        row = AgentSettings(workspace_id=actor.workspace_id, model_name="", base_url="")
        session.add(row)
    row.enabled = data.enabled
    row.instructions = data.instructions
    row.debounce_s = data.debounce_s
    row.reply_cap = data.reply_cap
    row.updated_at = time.now()
    if "working_hours" in data.model_fields_set:
        hours = data.working_hours
        row.working_hours = hours.model_dump(mode="json") if hours else None
    if data.model is not None and not await _is_model_of_environment(session, actor, data.model):
        _set_model(row, data.model)
    await session.flush()
    await events.publish(
        session,
        AgentChanged(workspace_id=actor.workspace_id, subject=f"agent:{actor.workspace_id}"),
    )


async def _is_model_of_environment(session: AsyncSession, actor: Actor, model: ModelUpdate) -> bool:
    """A form that sends back what it was shown must not turn a setting into the company's own."""
    current = await queries.agent_of(session, actor.workspace_id)
    shown = (current.provider, current.model_name, current.base_url)
    return (
        current.is_model_from_environment
        and model.key is None
        and shown == (model.provider, model.name, model.base_url)
    )


def _set_model(row: AgentSettings, model: ModelUpdate) -> None:
    if model.provider is None:
        row.provider, row.model_name, row.base_url, row.sealed_key = None, "", "", None
        return
    base_url = model.base_url.rstrip("/")
    # A stored key must not travel to an address that its owner did not give it for.
    is_same_place = (row.provider, row.base_url) == (model.provider, base_url)
    if model.key is not None:
        key = model.key.get_secret_value().strip()
        row.sealed_key = crypto.seal(key) if key else None
    elif not is_same_place:
        row.sealed_key = None
    row.provider, row.model_name, row.base_url = model.provider, model.name, base_url
    _refuse_if_incomplete(row)


def _refuse_if_incomplete(row: AgentSettings) -> None:
    if row.provider is None or row.provider is ModelProvider.BUILTIN:
        return
    if not row.model_name:
        raise ModelMisconfigured("Укажите название модели", field="name")
    if row.provider.needs_key and row.sealed_key is None:
        raise ModelMisconfigured("Укажите ключ поставщика модели", field="key")
    if row.provider is ModelProvider.OPENAI_COMPATIBLE and not row.base_url:
        raise ModelMisconfigured("Укажите адрес сервера модели", field="base_url")
    if row.base_url:
        address = urlsplit(row.base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ModelMisconfigured("Адрес начинается с http:// или https://", field="base_url")
