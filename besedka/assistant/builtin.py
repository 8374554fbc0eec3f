"""The built-in model: a Pydantic AI model without a network, in front of `extractive.decide`."""

from pydantic_ai.exceptions import UnexpectedModelBehavior
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from besedka.assistant import extractive, prompts

NAME = "builtin"


class BuiltinModel(Model[None]):
    """Reads the same prompt as any other model, and answers in under twenty milliseconds."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        _, parameters = self.prepare_request(model_settings, model_request_parameters)
        briefing, objection = prompts.parse(_last_prompt(messages))
        decision = extractive.decide(briefing, objection=objection)
        call = ToolCallPart(
            tool_name=parameters.output_tools[0].name, args=decision.model_dump(mode="json")
        )
        return ModelResponse(parts=[call], usage=RequestUsage(), model_name=self.model_name)

    @property
    def model_name(self) -> str:
        return NAME

    @property
    def system(self) -> str:
        return NAME


def _last_prompt(messages: list[ModelMessage]) -> str:
    for message in reversed(messages):
        if not isinstance(message, ModelRequest):
            continue
        for part in reversed(message.parts):
            if isinstance(part, UserPromptPart) and isinstance(part.content, str):
                return part.content
    raise UnexpectedModelBehavior("no prompt to answer")
