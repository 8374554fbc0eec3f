"""Local stand-ins for the outside world, for tests, trials and the demo."""
