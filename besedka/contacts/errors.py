"""What can be refused around contacts."""

from besedka.core.errors import NotFound


class ContactNotFound(NotFound):
    code = "contact_not_found"
    title = "Такого клиента нет"
