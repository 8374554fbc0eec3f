"""Secrets at rest: sealed with a key from the environment or from a file in the data folder."""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from besedka.core.errors import AppError
from besedka.core.settings import get_settings

KEY_FILE = "secret.key"
# Without the letters that look like digits or like one another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class SecretUnreadable(AppError):
    code = "secret_unreadable"
    status = 500
    title = "Сохранённый ключ не расшифровать: сменился BESEDKA_SECRET_KEY. Введите ключ заново"


def seal(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text that `seal` was given. Raises SecretUnreadable under another key."""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def new_token() -> str:
    """An unguessable text for URLs and cookies, 256 bits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What the database keeps of a token: enough to find it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_for(purpose: str) -> str:
    """Sixty bits for a person to type, the same for every process that has the secret key."""
    digest = hmac.digest(_secret().encode(), purpose.encode(), "sha256")
    number = int.from_bytes(digest[:8])
    letters = [_ALPHABET[number >> 5 * place & 31] for place in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def is_same_code(typed: str, code: str) -> bool:
    """Whether that code was meant: dashes, spaces and small letters do not matter."""
    meant = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hmac.compare_digest(meant.encode(), code.replace("-", "").encode())


@lru_cache
def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(_secret().encode()).digest()))


def _secret() -> str:
    settings = get_settings()
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    return _key_from_file(settings.data_dir / KEY_FILE)


def _key_from_file(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # mkstemp makes a file that only its owner may read.
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".key-")
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(new_token())
                file.flush()
                os.fsync(file.fileno())
            # The name appears with the whole key behind it, and only for the first process.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            Path(draft).unlink()
    return path.read_text().strip()


def forget_key() -> None:
    """Read the key anew at the next use. For tests."""
    _cipher.cache_clear()
