from dataclasses import astuple
from pathlib import Path

from cryptography.fernet import Fernet

from embedded.keys import Keys


class TestKeys:
    def test_are_made_once(self, tmp_path: Path):
        assert Keys.of(tmp_path) == Keys.of(tmp_path)

    def test_differ_between_installations_and_from_one_another(self, tmp_path: Path):
        (tmp_path / "here").mkdir()
        (tmp_path / "there").mkdir()

        keys = [*astuple(Keys.of(tmp_path / "here")), *astuple(Keys.of(tmp_path / "there"))]

        assert len(set(keys)) == len(keys)

    def test_are_read_by_their_owner_only(self, tmp_path: Path):
        Keys.of(tmp_path)

        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}

    def test_are_as_long_as_production_asks_and_encrypt(self, tmp_path: Path):
        keys = Keys.of(tmp_path)

        assert min(len(keys.secret_key), len(keys.token_key)) >= 32
        assert Fernet(keys.encryption_keys).decrypt(Fernet(keys.encryption_keys).encrypt(b"x")) == b"x"
