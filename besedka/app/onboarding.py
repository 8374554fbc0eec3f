"""What the wizard has to know of this installation to help with the first channel."""

from fastapi import APIRouter
from pydantic import BaseModel

from besedka.core.addresses import is_of_this_machine
from besedka.core.settings import get_settings
from besedka.identity.access import AdminActor
from besedka.simulators.avito.catalogue import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET

router = APIRouter(tags=["onboarding"])


class SimulatorRead(BaseModel):
    """A simulated Avito stands in for the real one; its keys are no secret."""

    url: str
    client_id: str
    client_secret: str


class OnboardingRead(BaseModel):
    public_url: str
    gets_webhooks: bool
    """Whether the channel can reach us at that address."""
    simulator: SimulatorRead | None


@router.get("/onboarding")
async def read_onboarding(_: AdminActor) -> OnboardingRead:
    settings = get_settings()
    # Nobody runs the real Avito on the machine of the shop.
    is_simulated = is_of_this_machine(settings.avito_base_url)
    return OnboardingRead(
        public_url=settings.public_url,
        gets_webhooks=is_simulated or not is_of_this_machine(settings.public_url),
        simulator=SimulatorRead(
            url=settings.avito_base_url,
            client_id=DEMO_CLIENT_ID,
            client_secret=DEMO_CLIENT_SECRET,
        )
        if is_simulated
        else None,
    )
