"""What identity refuses."""

from besedka.core.errors import (
    Conflict,
    Forbidden,
    NotFound,
    TooManyRequests,
    Unauthenticated,
    Unprocessable,
)


class LoginNeeded(Unauthenticated):
    code = "login_needed"
    title = "Нужно войти"


class LoginRefused(Unauthenticated):
    code = "login_refused"
    title = "Неверная почта или пароль"


class TooManyLogins(TooManyRequests):
    code = "too_many_logins"
    title = "Слишком много попыток. Подождите и попробуйте снова"


class NotAllowed(Forbidden):
    code = "not_allowed"
    title = "Недостаточно прав для этого действия. Попросите администратора или владельца"


class EmailTaken(Conflict):
    code = "email_taken"
    title = "Пользователь с такой почтой уже есть. Укажите другую почту"


class PasswordTooWeak(Unprocessable):
    code = "password_too_weak"
    title = "Пароль слишком простой"


class WrongPassword(Unprocessable):
    code = "wrong_password"
    title = "Нынешний пароль не подошёл, новый не сохранён"


class UserNotFound(NotFound):
    code = "user_not_found"
    title = "Пользователя с такой почтой нет. Добавить: besedka user add ПОЧТА"


class MemberNotFound(NotFound):
    code = "member_not_found"
    title = "Такого пользователя в компании нет"


class LastOwner(Conflict):
    code = "last_owner"
    title = "Это последний владелец. Сначала сделайте владельцем кого-нибудь ещё"


class InviteNotFound(NotFound):
    code = "invite_not_found"
    title = "Такого приглашения нет. Попросите новую ссылку"


class InviteExpired(Conflict):
    code = "invite_expired"
    title = "Срок приглашения прошёл. Попросите новую ссылку"


class InviteUsed(Conflict):
    code = "invite_used"
    title = (
        "По этой ссылке уже вошли, она действует один раз. "
        "Войдите с паролем или попросите новую ссылку"
    )


class AlreadyMember(Conflict):
    code = "already_member"
    title = "Пользователь с такой почтой уже есть в компании. Войдите с его паролем"


class OldPasswordNeeded(Conflict):
    code = "old_password_needed"
    title = "С этой почтой здесь уже работали. Введите прежний пароль или укажите другую почту"


class SetupDone(Conflict):
    code = "setup_done"
    title = "Беседка уже настроена. Войдите или попросите приглашение"


class WrongSetupCode(Unprocessable):
    code = "wrong_setup_code"
    title = "Код установки не подошёл. Показать его снова: besedka setup-code"
