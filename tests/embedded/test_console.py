import subprocess

import pytest

from embedded.console import is_new_enough, node_programs


class TestNode:
    @pytest.mark.parametrize(
        ("version", "enough"),
        [
            ("v20.19.0", True),
            ("v20.18.1", False),
            ("v18.20.4", False),
            ("v21.7.0", False),
            ("v22.11.0", False),
            ("v22.12.0", True),
            ("v24.1.0", True),
            ("", False),
            ("nonsense", False),
        ],
    )
    def test_of_the_machine_is_used_when_it_is_new_enough(self, version: str, enough: bool):
        assert is_new_enough(version) is enough

    def test_without_one_on_the_machine_the_wheel_brings_it(self, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path))

        programs = node_programs()

        assert programs.joinpath("npm").exists()
        version = subprocess.run([programs / "node", "--version"], capture_output=True, text=True, check=True).stdout
        assert is_new_enough(version.strip())
