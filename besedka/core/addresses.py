"""Which addresses can be reached from where."""

import ipaddress
from urllib.parse import urlsplit


def is_of_this_machine(url: str) -> bool:
    """Whether the address leads back to whoever asks, so that nobody outside can reach it."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
