"""A server that speaks Avito's official API, with a buyer's window, autopilot buyers and faults."""

from besedka.simulators.avito.simulator import AvitoSimulator

__all__ = ["AvitoSimulator"]
