"""Failed logins, counted in memory: guessing gets slow, a forgetful user does not notice."""

from collections import deque
from datetime import datetime, timedelta

from besedka.core import time
from besedka.identity.errors import TooManyLogins

_WINDOW = timedelta(minutes=15)
_PER_EMAIL_AND_ADDRESS = 5
_PER_ADDRESS = 50
_MOST_KEYS = 10_000


class LoginThrottle:
    def __init__(self) -> None:
        self._failures: dict[tuple[str, ...], deque[datetime]] = {}

    def check(self, email: str, address: str) -> None:
        """Raises TooManyLogins while there were too many failures of late."""
        self._check_one((email, address), _PER_EMAIL_AND_ADDRESS)
        self._check_one((address,), _PER_ADDRESS)

    def failed(self, email: str, address: str) -> None:
        """Count a login as failed until `succeeded` says otherwise."""
        if len(self._failures) > _MOST_KEYS:
            self._forget_old()
        for key in ((email, address), (address,)):
            self._failures.setdefault(key, deque()).append(time.now())

    def succeeded(self, email: str, address: str) -> None:
        self._failures.pop((email, address), None)
        from_address = self._failures.get((address,))
        if from_address:
            from_address.pop()  # the one that `failed` counted for this login

    def _check_one(self, key: tuple[str, ...], allowed: int) -> None:
        failures = self._recent(key)
        if len(failures) >= allowed:
            wait = failures[-allowed] + _WINDOW - time.now()
            raise TooManyLogins(retry_after_s=max(int(wait.total_seconds()), 1))

    def _recent(self, key: tuple[str, ...]) -> deque[datetime]:
        failures = self._failures.get(key, deque())
        while failures and time.now() - failures[0] > _WINDOW:
            failures.popleft()
        return failures

    def _forget_old(self) -> None:
        for key in list(self._failures):
            if not self._recent(key):
                del self._failures[key]
