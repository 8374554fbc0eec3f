"""besedka worker"""

from besedka.cli.console import load_settings_to_serve, telling_failures


def worker() -> None:
    """Выполнять только фоновые задания; приложение запускает besedka serve --no-worker."""
    settings = load_settings_to_serve()

    from besedka.app.server import run_in_loop
    from besedka.worker.main import run_worker

    with telling_failures():
        run_in_loop(run_worker(settings))
