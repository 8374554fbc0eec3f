"""What the search refuses."""

from besedka.core.errors import AppError


class NothingToSearchFor(AppError):
    code = "nothing_to_search_for"
    status = 422
    title = "В запросе нет ни слова, ни числа"


class QuestionTooLong(AppError):
    code = "question_too_long"
    status = 422
    title = "Запрос слишком длинный: хватит нескольких слов"
