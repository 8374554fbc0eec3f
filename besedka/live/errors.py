from besedka.core.errors import NotFound


class TopicNotFound(NotFound):
    code = "topic_not_found"
    title = "Такого потока событий нет"
