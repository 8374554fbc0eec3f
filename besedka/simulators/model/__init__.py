"""A small OpenAI-compatible model server: deterministic, offline, able to fail on request."""

from besedka.simulators.model.server import ModelSimulator

__all__ = ["ModelSimulator"]
