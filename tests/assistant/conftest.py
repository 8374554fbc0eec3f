"""A scripted model for talks with the agent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from besedka.assistant import gateway

Decide: TypeAlias = Callable[[list[ModelMessage]], dict[str, Any]]


def decision(action: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"action": action, "text": text, **more}


@contextmanager
def scripted(decide: Decide) -> Iterator[None]:
    """Let a function play the model, whatever model is set up."""

    async def answer(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, decide(messages))])

    with gateway.agent().override(model=FunctionModel(answer)):
        yield
