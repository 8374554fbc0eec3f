"""besedka trial"""

from typing import Annotated

import typer

from besedka.cli.console import fail, telling_failures


def _tell(line: str) -> None:
    typer.echo(line, err=True)


def trial(
    messages: Annotated[int, typer.Option(help="Сколько сообщений напишут покупатели.")] = 200,
    conversations: Annotated[int, typer.Option(help="В скольких диалогах.")] = 20,
    rate: Annotated[float, typer.Option(help="Сообщений в секунду.")] = 10,
    drop: Annotated[float, typer.Option(help="Доля вебхуков, которые пропадут.")] = 0,
    duplicate: Annotated[int, typer.Option(help="Сколько раз придёт каждый вебхук.")] = 1,
    reorder: Annotated[bool, typer.Option("--reorder", help="Менять порядок.")] = False,
    kill: Annotated[int, typer.Option(help="Сколько раз убить сервер (SIGKILL).")] = 0,
    takeover: Annotated[int, typer.Option(help="Сколько раз напишет человек.")] = 0,
    database: Annotated[str, typer.Option(help="PostgreSQL; иначе SQLite.")] = "",
    seed: Annotated[int, typer.Option(help="Повторить то же испытание.")] = 1,
    keep: Annotated[bool, typer.Option("--keep", help="Оставить базу и журнал.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Только JSON.")] = False,
) -> None:
    """Испытать Беседку: покупатели пишут, сервер падает, люди вмешиваются, ничего не теряется."""
    from besedka.app.server import run_in_loop
    from besedka.trial import report
    from besedka.trial.channel import ChannelDidNotStart
    from besedka.trial.options import TrialOptions
    from besedka.trial.run import SetUpFailed, run_trial
    from besedka.trial.server import ServerDidNotStart

    options = TrialOptions(
        messages=messages,
        conversations=conversations,
        rate=rate,
        drop=drop,
        duplicate=duplicate,
        reorder=reorder,
        kill=kill,
        takeover=takeover,
        database=database,
        seed=seed,
        keep=keep,
    )
    with telling_failures():
        try:
            verdict = run_in_loop(run_trial(options, (lambda _: None) if as_json else _tell))
        except (ChannelDidNotStart, ServerDidNotStart, SetUpFailed) as error:
            fail(f"Испытание не началось: {error}")
    typer.echo(report.as_json(verdict) if as_json else report.as_text(verdict))
    if not verdict.is_clean:
        raise typer.Exit(1)
