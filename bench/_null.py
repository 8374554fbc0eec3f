"""The least that FastAPI can do with a webhook, served exactly as the product is served."""

import sys

import uvicorn
from fastapi import FastAPI

from besedka.app.server import config_for, listen, run_in_loop

app = FastAPI()


@app.post("/hooks/{kind}/{secret}")
async def take_webhook(kind: str, secret: str) -> dict[str, bool]:  # noqa: ARG001
    return {"ok": True}


if __name__ == "__main__":
    listener = listen("127.0.0.1", int(sys.argv[1]))
    run_in_loop(uvicorn.Server(config_for(app)).serve(sockets=[listener]))
