"""Tokens: client credentials, and the code flow of partner applications."""

from secrets import compare_digest
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from besedka.simulators.avito.replies import ApiError, json_reply, messenger_error
from besedka.simulators.avito.state import Account, Token, TokenKind, World

TOKEN_EXPIRED = {"result": {"status": False, "message": "access token expired"}}
SCOPE = "messenger:read,messenger:write,user:read,items:info"


def account_of_token(world: World, authorization: str) -> Account:
    scheme, _, value = authorization.partition(" ")
    token = world.tokens.get(value.strip())
    if scheme.lower() != "bearer" or token is None:
        raise messenger_error(401, "Unauthorized")
    account = world.accounts[token.user_id]
    if token.is_expired or token.expires_at <= world.clock():
        raise ApiError(account.faults.expired_status, TOKEN_EXPIRED)
    return account


def expire_tokens(world: World, account: Account) -> None:
    for token in world.tokens.values():
        if token.user_id == account.user_id:
            token.is_expired = True


def issue_code(world: World, account: Account) -> str:
    """What a seller's browser would bring back from Avito's consent page."""
    code = world.hex_id()
    account.codes.add(code)
    return code


def token_routes(world: World) -> list[Route]:
    async def endpoint(request: Request) -> Response:
        at = world.clock()
        try:
            response = json_reply(await _grant(world, request))
        except ApiError as error:
            response = error.as_response()
        world.truth.request(
            "POST",
            request.url.path,
            "getAccessToken",
            status=response.status_code,
            at=at,
            finished=world.clock(),
            fault=None,
        )
        return response

    return [Route(path, endpoint, methods=["POST"]) for path in ("/token", "/token/")]


def _refuse(status: int, error: str, description: str) -> ApiError:
    return ApiError(status, {"error": error, "error_description": description})


async def _grant(world: World, request: Request) -> dict[str, object]:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip()
    if media_type != "application/x-www-form-urlencoded":
        raise _refuse(400, "invalid_request", "form-encoded body expected")
    form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    account = world.accounts_by_client.get(form.get("client_id", ""))
    secret = form.get("client_secret", "")
    if account is None or not compare_digest(account.client_secret.encode(), secret.encode()):
        raise _refuse(401, "invalid_client", "client authentication failed")
    grant = form.get("grant_type", "")
    if grant == "client_credentials":
        return _issue(world, account, TokenKind.CLIENT_CREDENTIALS)
    proofs = {
        "authorization_code": (account.codes, form.get("code", "")),
        "refresh_token": (account.refresh_tokens, form.get("refresh_token", "")),
    }
    if grant not in proofs:
        raise _refuse(400, "unsupported_grant_type", "grant type is not supported")
    known, proof = proofs[grant]
    if proof not in known:
        raise _refuse(400, "invalid_grant", "code or refresh token is invalid")
    known.remove(proof)
    return _issue(world, account, TokenKind.AUTHORIZATION_CODE)


def _issue(world: World, account: Account, kind: TokenKind) -> dict[str, object]:
    now, lifetime = world.clock(), account.habits.token_ttl_s
    if len(world.tokens) > 1000:
        for value in [each.value for each in world.tokens.values() if each.expires_at < now]:
            del world.tokens[value]
    token = Token(world.hex_id(), account.user_id, kind, expires_at=now + lifetime)
    world.tokens[token.value] = token
    answer: dict[str, object] = {
        "access_token": token.value,
        "expires_in": lifetime,
        "token_type": "Bearer",
    }
    if kind is TokenKind.AUTHORIZATION_CODE:
        refresh = world.hex_id()
        account.refresh_tokens.add(refresh)
        answer |= {"refresh_token": refresh, "scope": SCOPE}
    return answer
