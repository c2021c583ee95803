import socket

import pytest

from embedded.ports import is_free, next_free
from embedded.up import PortBusy, choose_port


@pytest.fixture
def busy():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


class TestPorts:
    def test_in_use_are_passed_over(self, busy: int):
        assert not is_free(busy)
        assert next_free(busy) > busy

    def test_promised_to_others_are_passed_over(self, busy: int):
        first = next_free(busy)

        assert next_free(busy, taken=frozenset({first})) > first


class TestChoosePort:
    def test_takes_the_one_that_was_asked_for(self, busy: int):
        free = next_free(busy)

        assert choose_port(str(free)) == free

    def test_refuses_the_one_that_was_asked_for_when_it_is_busy_and_says_who_has_it(self, busy: int):
        with pytest.raises(PortBusy, match=rf"Port {busy} is in use by python"):
            choose_port(str(busy))

    def test_goes_on_from_a_busy_default(self, busy: int):
        assert choose_port("", default=busy) > busy

    @pytest.mark.parametrize("nonsense", ["http", "-1", "80 00", "0", "70000"])
    def test_refuses_what_is_no_port(self, nonsense: str):
        with pytest.raises(PortBusy, match="no port"):
            choose_port(nonsense)
