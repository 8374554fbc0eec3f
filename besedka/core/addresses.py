"""Which addresses can be reached from where."""

import ipaddress
from urllib.parse import urlsplit


def is_of_this_machine(url: str) -> bool:
    """Whether the address leads back to whoever asks, so that nobody outside can reach it."""
    return is_loopback(urlsplit(url).hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a server that listens on the host is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
