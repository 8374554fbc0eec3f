"""All rooms, in one list: importing this declares every table, job and subscriber."""

from types import ModuleType

from fastapi import APIRouter

from besedka.assistant import jobs as assistant_jobs
from besedka.assistant import models as assistant_models
from besedka.assistant import routes as assistant_routes
from besedka.assistant import subscribers as assistant_subscribers
from besedka.channels import jobs as channels_jobs
from besedka.channels import models as channels_models
from besedka.channels import routes as channels_routes
from besedka.contacts import models as contacts_models
from besedka.events import models as events_models
from besedka.identity import jobs as identity_jobs
from besedka.identity import models as identity_models
from besedka.identity import routes as identity_routes
from besedka.inbox import jobs as inbox_jobs
from besedka.inbox import models as inbox_models
from besedka.inbox import routes as inbox_routes
from besedka.inbox import subscribers as inbox_subscribers
from besedka.jobs import models as jobs_models
from besedka.knowledge import models as knowledge_models
from besedka.knowledge import routes as knowledge_routes
from besedka.live import jobs as live_jobs
from besedka.live import routes as live_routes

DECLARING: tuple[ModuleType, ...] = (
    assistant_jobs,
    assistant_models,
    assistant_subscribers,
    channels_jobs,
    channels_models,
    contacts_models,
    events_models,
    identity_jobs,
    identity_models,
    inbox_jobs,
    inbox_models,
    inbox_subscribers,
    jobs_models,
    knowledge_models,
    live_jobs,
)

API_ROUTERS: tuple[APIRouter, ...] = (
    identity_routes.router,
    channels_routes.router,
    inbox_routes.router,
    knowledge_routes.router,
    assistant_routes.router,
    live_routes.router,
)
"""Served under /api/v1."""
