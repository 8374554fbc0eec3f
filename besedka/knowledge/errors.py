"""What can go wrong with documents."""

from besedka.core.errors import NotFound


class DocumentNotFound(NotFound):
    code = "document_not_found"
    title = "Документ не найден"
