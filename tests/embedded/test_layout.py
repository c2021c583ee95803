from pathlib import Path

import pytest

from embedded.layout import Layout, open_passage


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


class TestLayout:
    def test_keeps_everything_private_but_the_way_through(self, tmp_path: Path):
        layout = Layout(tmp_path / "var")

        layout.make()

        assert mode(layout.var) in (0o700, 0o711)
        for private in (layout.objects, layout.logs, layout.secrets, layout.run, layout.redis):
            assert mode(private) == 0o700

    def test_may_be_made_again(self, tmp_path: Path):
        layout = Layout(tmp_path / "var")
        layout.make()
        (layout.objects / "kept").write_text("x")

        layout.make()

        assert (layout.objects / "kept").read_text() == "x"

    def test_moves_sockets_to_a_short_path_when_the_clone_lies_deep(self, tmp_path: Path):
        shallow, deep = Layout(Path("/srv/hanse/var")), Layout(tmp_path / ("d" * 60) / ("e" * 60) / "var")

        assert shallow.sockets == shallow.run
        assert len(str(deep.sockets / "control.sock")) < 100
        assert deep.sockets == Layout(deep.var).sockets != Layout(tmp_path / ("f" * 120) / "var").sockets


class TestOpenPassage:
    def test_lets_others_through_without_letting_them_read(self, tmp_path: Path):
        closed = tmp_path / "closed"
        closed.mkdir(0o700)
        (closed / "inner").mkdir(0o755)

        changed = open_passage(closed / "inner")

        assert closed in changed
        assert mode(closed) == 0o701

    @pytest.mark.parametrize("times", [1, 2])
    def test_says_only_what_it_changed(self, tmp_path: Path, times: int):
        (tmp_path / "open").mkdir(0o755)
        for _ in range(times):
            changed = open_passage(tmp_path / "open")

        assert tmp_path / "open" not in changed
