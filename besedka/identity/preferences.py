"""What each person chose for their own screens."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class Language(StrEnum):
    RU = "ru"
    EN = "en"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Preferences(BaseModel):
    model_config = ConfigDict(extra="ignore")

    sound: bool = True
    """A sound for what needs a person."""
    notifications: bool = False
    """Notifications of the desktop, once the browser was allowed to show them."""
    language: Language | None = None
    """None: nothing chosen, the browser keeps what it has."""
    theme: Theme | None = None


class PreferencesUpdate(BaseModel):
    """What is left out stays as it is; what is unknown here is passed over."""

    model_config = ConfigDict(extra="ignore")

    sound: bool | None = None
    notifications: bool | None = None
    language: Language | None = None
    theme: Theme | None = None


def read_preferences(stored: dict[str, Any]) -> Preferences:
    """What is stored, with the default in place of each value that this version does not know."""
    try:
        return Preferences.model_validate(stored)
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors()}
        known = {key: value for key, value in stored.items() if key not in wrong}
        return Preferences.model_validate(known)


def changed_preferences(stored: dict[str, Any], update: PreferencesUpdate) -> dict[str, Any]:
    """What is to be stored from now on."""
    return stored | update.model_dump(mode="json", exclude_none=True)
