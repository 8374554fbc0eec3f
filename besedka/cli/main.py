"""The command `besedka`. Everything heavy is imported by the command that needs it."""

import typer

from besedka.cli import (
    demo,
    doctor,
    jobs,
    migrate,
    openapi,
    serve,
    setup_code,
    simulate,
    trial,
    user,
    worker,
)

app = typer.Typer(
    name="besedka",
    help="Беседка: CRM с ИИ-ассистентом для продавцов на Авито.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("setup-code")(setup_code.setup_code)
app.command("worker")(worker.worker)
app.command("migrate")(migrate.migrate)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
app.command("trial")(trial.trial)
app.command("openapi")(openapi.openapi)
app.add_typer(user.app, name="user")
app.add_typer(jobs.app, name="jobs")
app.add_typer(simulate.app, name="simulate")

if __name__ == "__main__":
    app()
