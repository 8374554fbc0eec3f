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
from besedka.developer import routes as developer_routes
from besedka.diagnostics import routes as diagnostics_routes
from besedka.events import models as events_models
from besedka.identity import jobs as identity_jobs
from besedka.identity import models as identity_models
from besedka.identity import routes as identity_routes
from besedka.identity import setup_routes as identity_setup_routes
from besedka.identity import team_routes as identity_team_routes
from besedka.inbox import jobs as inbox_jobs
from besedka.inbox import models as inbox_models
from besedka.inbox import routes as inbox_routes
from besedka.inbox import subscribers as inbox_subscribers
from besedka.inbox.bulk import routes as bulk_routes
from besedka.inbox.cards import routes as cards_routes
from besedka.inbox.own_listings import routes as listings_routes
from besedka.inbox.reply_drafts import models as reply_drafts_models
from besedka.inbox.reply_drafts import routes as reply_drafts_routes
from besedka.inbox.scheduled import models as scheduled_models
from besedka.inbox.scheduled import routes as scheduled_routes
from besedka.inbox.tags import jobs as tags_jobs
from besedka.inbox.tags import models as tags_models
from besedka.inbox.tags import routes as tags_routes
from besedka.inbox.templates import models as templates_models
from besedka.inbox.templates import routes as templates_routes
from besedka.jobs import models as jobs_models
from besedka.knowledge import models as knowledge_models
from besedka.knowledge import routes as knowledge_routes
from besedka.live import jobs as live_jobs
from besedka.live import routes as live_routes
from besedka.search import models as search_models
from besedka.search import routes as search_routes

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
    tags_models,
    tags_jobs,
    reply_drafts_models,
    scheduled_models,
    templates_models,
    jobs_models,
    knowledge_models,
    live_jobs,
    search_models,
)

API_ROUTERS: tuple[APIRouter, ...] = (
    identity_routes.router,
    identity_setup_routes.router,
    identity_team_routes.router,
    channels_routes.router,
    bulk_routes.router,
    inbox_routes.router,
    listings_routes.router,
    tags_routes.router,
    reply_drafts_routes.router,
    templates_routes.router,
    scheduled_routes.router,
    cards_routes.router,
    knowledge_routes.router,
    assistant_routes.router,
    search_routes.router,
    live_routes.router,
    diagnostics_routes.router,
)
"""Served under /api/v1."""

DEVELOPER_ROUTERS: tuple[APIRouter, ...] = (developer_routes.router,)
"""Served there too, but only with BESEDKA_DEV_MODE."""
