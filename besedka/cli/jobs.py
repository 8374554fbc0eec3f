"""besedka jobs"""

from typing import Annotated

import typer

from besedka.cli.console import load_settings, telling_failures

app = typer.Typer(help="Фоновые задания.", no_args_is_help=True)


@app.command("list")
def list_jobs() -> None:
    """Показать, сколько заданий ждёт, и остановленные задания с причиной."""
    settings = load_settings()

    from besedka.app.server import run_in_loop
    from besedka.cli.background import read_jobs

    with telling_failures():
        picture = run_in_loop(read_jobs(settings))
    waiting = ", ".join(f"{state}: {count}" for state, count in picture.counts.items())
    typer.echo(f"Задания: {waiting or 'нет'}.")
    for job in picture.dead:
        typer.echo(f"{job.id}\t{job.died_at:%Y-%m-%d %H:%M}\t{job.name}\t{job.error}")
    if picture.dead:
        typer.echo("Запустить ещё раз: besedka jobs retry НОМЕР")


@app.command("retry")
def retry(job_id: Annotated[int, typer.Argument(help="Номер остановленного задания.")]) -> None:
    """Запустить остановленное задание ещё раз."""
    settings = load_settings()

    from besedka.app.server import run_in_loop
    from besedka.cli.background import retry_job

    with telling_failures():
        run_in_loop(retry_job(settings, job_id))
    typer.echo(f"Задание {job_id} будет выполнено ещё раз.")
