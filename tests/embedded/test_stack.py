import json
from pathlib import Path

from embedded.layout import Layout
from embedded.stack import Stack


class TestStack:
    def test_that_an_earlier_version_started_without_a_store_is_known_to_the_next(self, tmp_path: Path):
        layout = Layout(tmp_path / "var")
        layout.make()
        earlier = {"port": 8000, "postgres_port": 15432, "redis_port": 16379, "supervisor": 4711}
        (layout.run / "stack.json").write_text(json.dumps(earlier))

        stack = Stack(layout)

        assert stack.environment()["HANSE_PUBLIC_URL"] == "http://127.0.0.1:8000"
