"""Which addresses nobody outside can reach."""

import pytest

from besedka.core.addresses import is_loopback, is_of_this_machine


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.1.2.3", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("https://crm.example.ru", False),
        ("http://10.0.0.5", False),
        ("https://127.example.ru", False),
    ],
)
def test_an_address_of_this_machine_is_known_in_every_spelling(url: str, expected: bool) -> None:
    assert is_of_this_machine(url) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_a_host_that_only_this_machine_reaches_is_known(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
