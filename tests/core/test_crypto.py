"""Secrets at rest, and the key they are sealed with."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from besedka.core import crypto
from besedka.core.settings import Settings, use_settings


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path) -> Iterator[None]:
    use_settings(Settings(data_dir=tmp_path / "data"))
    crypto.forget_key()
    yield
    crypto.forget_key()


def test_what_is_sealed_is_unreadable_and_unsealed_whole() -> None:
    sealed = crypto.seal("ключ-клиента")

    assert "ключ" not in sealed
    assert crypto.unseal(sealed) == "ключ-клиента"
    assert crypto.seal("ключ-клиента") != sealed


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    sealed = crypto.seal("x")
    path = tmp_path / "data" / crypto.KEY_FILE

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    crypto.forget_key()  # as if the process started again
    assert crypto.unseal(sealed) == "x"


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "data" / crypto.KEY_FILE

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(crypto._key_from_file, [path] * 64))

    assert len(keys) == 1
    assert keys == {path.read_text()}
    assert [file.name for file in path.parent.iterdir()] == [crypto.KEY_FILE]


def test_a_key_of_the_environment_is_used_and_no_file_is_made(tmp_path: Path) -> None:
    use_settings(Settings(data_dir=tmp_path / "data", secret_key=SecretStr("from-environment")))

    crypto.seal("x")

    assert not (tmp_path / "data").exists()


def test_another_key_does_not_unseal_and_says_what_to_do(tmp_path: Path) -> None:
    sealed = crypto.seal("x")
    use_settings(Settings(data_dir=tmp_path, secret_key=SecretStr("another")))
    crypto.forget_key()

    with pytest.raises(crypto.SecretUnreadable) as refused:
        crypto.unseal(sealed)

    assert "BESEDKA_SECRET_KEY" in refused.value.title


def test_a_fingerprint_finds_a_token_and_does_not_give_it_away() -> None:
    token = crypto.new_token()

    assert len(token) >= 43
    assert crypto.fingerprint(token) == crypto.fingerprint(token)
    assert token not in crypto.fingerprint(token)
