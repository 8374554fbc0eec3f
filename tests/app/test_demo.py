"""What the demo takes from the environment, and what it must not."""

from pathlib import Path

from pydantic import SecretStr

from besedka.app import demo
from besedka.core.settings import Settings


def test_the_demo_touches_no_real_data_and_its_login_works() -> None:
    real = Settings(
        data_dir=Path("/srv/besedka"),
        database_url="postgresql://besedka:word@db/besedka",
        secret_key=SecretStr("the key of the real data"),
        owner_email="owner@example.com",
        owner_password=SecretStr("the owner's word"),
    )

    settings = demo.demo_settings(
        real, product_url="http://127.0.0.1:1", avito_url="http://127.0.0.1:2"
    )

    assert settings.database == "sqlite+aiosqlite:////srv/besedka/demo/besedka.db"
    assert settings.secret_key is None
    assert settings.owner_password is not None
    login = f"{settings.owner_email}, пароль {settings.owner_password.get_secret_value()}"
    assert any(login in line for line in demo.greeting(settings))
