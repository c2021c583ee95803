import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from embedded.layout import REPOSITORY


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone in which everything was installed, and no Python is left to install it again."""
    for name in ("embedded/install.sh", "requirements.txt", "requirements-dev.txt", "sdk/pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / name, tmp_path / name)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    shutil.copy("/bin/true", programs / "python")
    locked = b"".join((tmp_path / name).read_bytes() for name in ("requirements.txt", "sdk/pyproject.toml"))
    digest = hashlib.sha256(locked + (tmp_path / "embedded" / "install.sh").read_bytes()).hexdigest()[:16]
    (tmp_path / ".venv" / ".hanse-installed").write_text(f"run {digest}\n")
    return tmp_path


def install(clone: Path) -> subprocess.CompletedProcess[str]:
    nothing = {"PATH": "/usr/bin:/bin", "PYTHON": "/bin/false"}
    return subprocess.run([clone / "embedded/install.sh"], env=nothing, capture_output=True, text=True, check=False)


class TestInstall:
    def test_does_nothing_when_everything_is_there(self, clone: Path):
        result = install(clone)

        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")

    def test_begins_anew_when_it_was_interrupted(self, clone: Path):
        (clone / ".venv" / ".hanse-unfinished").touch()

        result = install(clone)

        assert "interrupted; beginning anew" in result.stdout
        assert result.returncode == 1  # for want of a Python, not by trusting what is there
        assert not (clone / ".venv").exists()
