import configparser
import shlex
from pathlib import Path

import pytest

from embedded.layout import Layout
from embedded.processes import Process, TooManyConnections, check_connections, portal_processes, program_section


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "var")


class TestConnections:
    def test_of_the_portal_fit_into_what_the_database_grants_by_default(self, layout: Layout):
        check_connections(portal_processes(layout, web_database_url=""), granted=100)

    def test_beyond_what_is_granted_are_refused_by_name(self, layout: Layout):
        with pytest.raises(TooManyConnections, match=r"web 16.*grants 20"):
            check_connections(portal_processes(layout, web_database_url=""), granted=20)


class TestProgramSection:
    def section(self, process: Process) -> configparser.SectionProxy:
        parser = configparser.RawConfigParser()
        parser.read_string(program_section(process, logs=Path("/logs"), mark="HANSE_STACK=/var"))
        return parser[f"program:{process.name}"]

    def test_keeps_arguments_whole(self):
        section = self.section(Process("p", ["/a b/program", "log_line_prefix=%m [%p] ", "it's"]))

        assert shlex.split(section["command"].replace("%%", "%")) == ["/a b/program", "log_line_prefix=%m [%p] ", "it's"]

    def test_gives_servers_nothing_of_the_environment_but_the_mark(self):
        section = self.section(Process("p", ["/bin/server"], clean_environment=True))

        assert shlex.split(section["command"])[:2] == ["/usr/bin/env", "-i"]
        assert "HANSE_STACK=/var" in section["command"]

    def test_restarts_what_ends_and_names_the_system_user(self):
        section = self.section(Process("p", ["/bin/server"], system_user="hanse_postgres"))

        assert section["autorestart"] == "true"
        assert section["user"] == "hanse_postgres"

    def test_shows_no_secret(self, layout: Layout):
        processes = portal_processes(layout, web_database_url="postgresql://hanse_web:password@127.0.0.1/hanse")
        commands = " ".join(part for process in processes for part in process.command)

        assert "password" not in commands.lower()
        assert "://" not in commands

    def test_gives_only_web_and_live_the_role_behind_the_wall(self, layout: Layout):
        processes = portal_processes(layout, web_database_url="postgresql://hanse_web:p%20w@127.0.0.1/hanse")

        behind = {process.name for process in processes if "environment" in self.section(process)}
        assert behind == {"web", "live"}
        environment = self.section(processes[0])["environment"].replace("%%", "%")
        assert environment == 'HANSE_DATABASE_URL="postgresql://hanse_web:p%20w@127.0.0.1/hanse"'
