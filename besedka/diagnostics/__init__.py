"""Looking over an installation: what works, what does not, and how to mend it."""

from besedka.diagnostics.finding import Finding, State
from besedka.diagnostics.service import examine

__all__ = ["Finding", "State", "examine"]
