"""What can be refused about tags."""

from besedka.core.errors import Conflict, NotFound


class TagNotFound(NotFound):
    code = "tag_not_found"
    title = "Такой метки нет"


class TagNameTaken(Conflict):
    code = "tag_name_taken"
    title = "Метка с таким названием уже есть"


class TooManyTags(Conflict):
    code = "too_many_tags"
    title = "На одном чате может быть до 20 меток"


class TooManyTagsMade(Conflict):
    code = "too_many_tags_made"
    title = "Меток уже 200, больше завести нельзя. Удалите лишние"
