"""What identity refuses."""

from besedka.core.errors import Conflict, Forbidden, TooManyRequests, Unauthenticated


class LoginNeeded(Unauthenticated):
    code = "login_needed"
    title = "Нужно войти"


class LoginRefused(Unauthenticated):
    code = "login_refused"
    title = "Неверная почта или пароль"


class TooManyLogins(TooManyRequests):
    code = "too_many_logins"
    title = "Слишком много попыток входа. Подождите и попробуйте снова"


class NotAllowed(Forbidden):
    code = "not_allowed"
    title = "Недостаточно прав для этого действия"


class EmailTaken(Conflict):
    code = "email_taken"
    title = "Пользователь с такой почтой уже есть"
