"""How the inbox takes what channels bring: it registers itself as their receiver."""

from besedka.channels.receiver import register_receiver
from besedka.inbox import service

# A module is a fine implementation of a protocol of functions.
register_receiver(service)
