"""The agent's settings, and why it answered as it did."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from besedka.assistant import queries, service, standing, suggesting
from besedka.assistant.schemas import (
    AgentRead,
    AgentStanding,
    AgentUpdate,
    ModelRead,
    ThoughtRead,
    TryCreate,
    TurnRead,
)
from besedka.core.http import ReadSession, Session, unless_gone
from besedka.identity import AdminActor, CurrentActor, ManagerActor
from besedka.inbox import queries as inbox

router = APIRouter(tags=["assistant"])


@router.get("/agent")
async def read_agent(session: ReadSession, actor: CurrentActor) -> AgentRead:
    return _shown(await queries.agent_of(session, actor.workspace_id))


@router.put("/agent")
async def set_up_agent(data: AgentUpdate, session: Session, actor: AdminActor) -> AgentRead:
    await service.set_up_agent(session, actor, data)
    return _shown(await queries.agent_of(session, actor.workspace_id))


@router.get("/conversations/{conversation_id}/turns")
async def list_turns(
    conversation_id: UUID,
    session: ReadSession,
    actor: CurrentActor,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[TurnRead]:
    conversation = await inbox.conversation_for(session, actor, conversation_id)
    turns = await queries.list_turns(session, conversation.id, limit=limit)
    return [TurnRead.model_validate(turn) for turn in turns]


@router.get("/conversations/{conversation_id}/agent")
async def read_agent_standing(
    conversation_id: UUID, session: ReadSession, actor: CurrentActor
) -> AgentStanding:
    """Whether the agent would answer the customer's next word here, and what it knows."""
    return await standing.standing_in(session, actor, conversation_id)


@router.post("/conversations/{conversation_id}/suggestion")
async def suggest_reply(
    conversation_id: UUID, request: Request, actor: ManagerActor
) -> ThoughtRead:
    """What the agent would answer now, whoever answers this talk. Writes nothing to it."""
    return await unless_gone(request, suggesting.suggest_reply(actor, conversation_id))


@router.post("/agent/try")
async def try_agent(data: TryCreate, request: Request, actor: AdminActor) -> ThoughtRead:
    """What the agent would answer in a talk that is made up here. Keeps nothing of it."""
    return await unless_gone(request, suggesting.try_agent(actor, data))


def _shown(agent: queries.Agent) -> AgentRead:
    return AgentRead(
        enabled=agent.enabled,
        model=ModelRead(
            provider=agent.provider,
            name=agent.model_name,
            base_url=agent.base_url,
            has_key=agent.has_key,
            is_from_environment=agent.is_model_from_environment,
        ),
        instructions=agent.instructions,
        debounce_s=agent.debounce_s,
        reply_cap=agent.reply_cap,
        working_hours=agent.working_hours,
        time_zone=agent.time_zone,
    )
