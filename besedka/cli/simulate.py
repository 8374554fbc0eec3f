"""besedka simulate"""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Имитации внешних служб.", no_args_is_help=True)

Host = Annotated[str, typer.Option(help="Адрес.")]


@app.command("avito")
def avito(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Порт.")] = 8010,
    data: Annotated[Path | None, typer.Option(help="Файл, в котором хранить чаты.")] = None,
) -> None:
    """Запустить имитацию Авито с окном покупателя."""
    from besedka.simulators.avito.server import run

    typer.echo(f"Имитация Авито и окно покупателя: http://{host}:{port}")
    run(host, port, data_path=data)


@app.command("model")
def model(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Порт.")] = 8020,
    delay: Annotated[float, typer.Option(help="Секунд на ответ.")] = 0,
) -> None:
    """Запустить имитацию модели, которая говорит по протоколу OpenAI."""
    from besedka.simulators.model.server import run

    typer.echo(f"Имитация модели: http://{host}:{port}/v1")
    run(host, port, delay)
