"""The one way to a model, whoever serves it: time-outs, usage, cost and one kind of failure."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from time import perf_counter

import httpx2
from pydantic_ai import Agent, PromptedOutput
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelTimeoutError,
    UnexpectedModelBehavior,
)
from pydantic_ai.models import Model
from pydantic_ai.run import AgentRunResult
from pydantic_ai.settings import ModelSettings

from besedka.assistant import prompts
from besedka.assistant.builtin import BuiltinModel
from besedka.assistant.decisions import Decision
from besedka.assistant.errors import ModelUnavailable
from besedka.assistant.talk import Briefing
from besedka.core.settings import ModelProvider

MAX_OUTPUT_TOKENS = 1200
# A model that repeats itself into invalid output is asked once more by Pydantic AI, so one call
# may take two answers.
_ANSWERS_PER_CALL = 2
_KOPECKS = 100
_without_tools: set[tuple[str, str]] = set()
_SDK_MODULES = {
    ModelProvider.OPENAI: "pydantic_ai.models.openai",
    ModelProvider.OPENAI_COMPATIBLE: "pydantic_ai.models.openai",
    ModelProvider.ANTHROPIC: "pydantic_ai.models.anthropic",
    ModelProvider.GEMINI: "pydantic_ai.models.google",
}


@dataclass(frozen=True, slots=True)
class ModelChoice:
    provider: ModelProvider
    name: str = ""
    key: str = ""
    base_url: str = ""
    timeout_s: float = 30
    usd_rub: float = 90


@dataclass(frozen=True, slots=True)
class ModelReply:
    decision: Decision
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cost_minor: Decimal | None
    """Kopecks; None when the price of the model is not known."""
    seconds: float


async def ask(
    choice: ModelChoice,
    briefing: Briefing,
    *,
    refused: str | None = None,
    objection: str | None = None,
) -> ModelReply:
    """One decision about the burst. Raises ModelUnavailable for whatever goes wrong outside."""
    started = perf_counter()
    prompt = prompts.render(briefing, refused=refused, objection=objection)
    await _import_sdk(choice.provider)
    try:
        async with (
            asyncio.timeout(choice.timeout_s * _ANSWERS_PER_CALL),
            _model(choice) as model,
        ):
            result = await _run(choice, model, prompt, prompts.instructions_for(briefing))
    except TimeoutError as error:
        raise ModelUnavailable("timeout") from error
    except AgentRunError as error:
        raise _unavailable(error) from error
    except httpx2.HTTPError as error:
        raise ModelUnavailable("connection") from error
    usage = result.usage
    return ModelReply(
        decision=result.output,
        provider=choice.provider.value,
        model=choice.name or model.model_name,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_minor=_cost(choice, usage.cost),
        seconds=perf_counter() - started,
    )


def _cost(choice: ModelChoice, usd: Decimal | None) -> Decimal | None:
    if choice.provider is ModelProvider.BUILTIN:
        return Decimal(0)
    if usd is None:
        return None
    return (usd * Decimal(str(choice.usd_rub)) * _KOPECKS).quantize(Decimal("0.0001"))


@lru_cache
def agent() -> Agent[object, Decision]:
    """Tests put a scripted model into it: `with gateway.agent().override(model=...)`."""
    return Agent(name="besedka", output_type=Decision, retries=1)


@lru_cache
def _agent_without_tools() -> Agent[object, Decision]:
    return Agent(name="besedka", output_type=PromptedOutput(Decision), retries=1)


async def _run(
    choice: ModelChoice, model: Model, prompt: str, instructions: str
) -> AgentRunResult[Decision]:
    """Decisions come as a tool call. Servers that know no tools are asked for JSON text instead,
    and remembered."""
    place = (choice.base_url, choice.name)

    async def run(asked: Agent[object, Decision]) -> AgentRunResult[Decision]:
        return await asked.run(
            prompt,
            model=model,
            instructions=instructions,
            model_settings=_settings(choice),
            infer_name=False,
        )

    if place in _without_tools:
        return await run(_agent_without_tools())
    try:
        return await run(agent())
    except (ModelRequestRejectedError, UnexpectedModelBehavior) as error:
        is_refused = isinstance(error, ModelAuthenticationError | ModelNotFoundError)
        if is_refused or choice.provider is not ModelProvider.OPENAI_COMPATIBLE:
            raise
        result = await run(_agent_without_tools())
        _without_tools.add(place)
        return result


def _settings(choice: ModelChoice) -> ModelSettings:
    return ModelSettings(
        timeout=choice.timeout_s,
        request_timeout=choice.timeout_s,
        max_retries=0,  # the job retries, with its own pace and its own record
        max_tokens=MAX_OUTPUT_TOKENS,
        temperature=0.2,
    )


async def _import_sdk(provider: ModelProvider) -> None:
    """The providers' SDKs are imported when first used: each costs tens of megabytes.

    It takes up to a second and a half, and more on a busy machine: neither the event loop nor the
    model's own time is to pay for it.
    """
    if provider is not ModelProvider.BUILTIN:
        await asyncio.to_thread(import_module, _SDK_MODULES[provider])


@asynccontextmanager
async def _model(choice: ModelChoice) -> AsyncIterator[Model]:
    if choice.provider is ModelProvider.BUILTIN:
        yield _builtin()
        return
    if choice.provider.needs_key and not choice.key:
        # Some SDKs would look for a key of their own in the environment, others fail in the call.
        raise ModelUnavailable("key_missing", retryable=False)
    async with httpx2.AsyncClient(verify=_tls(), timeout=choice.timeout_s) as client:
        try:
            model = _remote_model(choice, client)
        except Exception as error:  # each SDK refuses its settings in its own way
            raise ModelUnavailable("misconfigured", retryable=False) from error
        yield model


@lru_cache
def _builtin() -> BuiltinModel:
    return BuiltinModel()


@lru_cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context()


def _remote_model(choice: ModelChoice, client: httpx2.AsyncClient) -> Model:
    base_url = choice.base_url or None
    match choice.provider:
        case ModelProvider.OPENAI:
            from pydantic_ai.models.openai import OpenAIChatModel
            from pydantic_ai.providers.openai import OpenAIProvider

            return OpenAIChatModel(
                choice.name,
                provider=OpenAIProvider(base_url=base_url, api_key=choice.key, http_client=client),
            )
        case ModelProvider.OPENAI_COMPATIBLE:
            from pydantic_ai.models.openai import OpenAIChatModel
            from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

            return OpenAIChatModel(
                choice.name,
                provider=OpenAICompatibleProvider(
                    "openai-compatible",
                    base_url=choice.base_url,
                    api_key=choice.key or "none",
                    http_client=client,
                ),
            )
        case ModelProvider.ANTHROPIC:
            from pydantic_ai.models.anthropic import AnthropicModel
            from pydantic_ai.providers.anthropic import AnthropicProvider

            return AnthropicModel(
                choice.name,
                provider=AnthropicProvider(
                    base_url=base_url, api_key=choice.key, http_client=client
                ),
            )
        case ModelProvider.GEMINI:
            from pydantic_ai.models.google import GoogleModel
            from pydantic_ai.providers.google import GoogleProvider

            return GoogleModel(
                choice.name,
                provider=GoogleProvider(base_url=base_url, api_key=choice.key, http_client=client),
            )
        case ModelProvider.BUILTIN:
            return _builtin()


def _unavailable(error: AgentRunError) -> ModelUnavailable:
    """Named by cause; the provider's own words stay out of logs and traces: they may quote us."""
    match error:
        case ModelAuthenticationError():
            return ModelUnavailable("key_rejected", retryable=False)
        case ModelQuotaExceededError():
            return ModelUnavailable("quota_exceeded", retryable=False)
        case ModelNotFoundError():
            return ModelUnavailable("model_not_found", retryable=False)
        case ModelRateLimitError():
            return ModelUnavailable("rate_limited")
        case ModelTimeoutError() | ModelRequestTimeout():
            return ModelUnavailable("timeout")
        case ModelHTTPError():
            return ModelUnavailable(f"http_{error.status_code}", retryable=error.status_code >= 500)
        case ModelAPIError():
            return ModelUnavailable("connection")
        case UnexpectedModelBehavior():
            return ModelUnavailable("unusable_answer")
        case _:
            return ModelUnavailable("failed")
