"""The lock files hold what the short lists ask for."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

REPOSITORY = Path(__file__).parents[2]


def asked_for(file: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (REPOSITORY / file).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pinned(file: str) -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ \\;]+)", (REPOSITORY / file).read_text(), re.MULTILINE)
    return {plain(name): version for name, version in pins}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
class TestLock:
    def test_pins_everything_that_is_asked_for(self, name: str):
        pins = pinned(f"{name}.txt")

        for requirement in asked_for(f"{name}.in"):
            version = pins.get(plain(requirement.name))
            assert version, f"{requirement.name} is not in {name}.txt: make lock"
            assert Version(version) in requirement.specifier, f"{requirement} is locked to {version}: make lock"

    def test_names_every_file_by_its_hash_and_no_place_to_fetch_it_from(self, name: str):
        text = (REPOSITORY / f"{name}.txt").read_text()

        assert text.count("--hash=sha256:") >= len(pinned(f"{name}.txt"))
        assert "://" not in text

    def test_agrees_with_the_other_lock(self, name: str):
        both = pinned("requirements.txt").keys() & pinned("requirements-dev.txt").keys()

        assert {key: pinned("requirements.txt")[key] for key in both} == {
            key: pinned("requirements-dev.txt")[key] for key in both
        }
