"""`make doctor`: is this installation in order? Says what to do where it is not."""

import subprocess
import sys

from embedded.layout import REPOSITORY, Layout
from embedded.parties import clusters_of
from embedded.stack import Stack


def main() -> int:
    stack = Stack(Layout.of_environment())
    if not stack.was_started():
        print("Nothing runs here. `make run` starts it.")
        return 1
    pair = clusters_of(stack.layout)
    if pair.was_started():
        print("Pulsar clusters of the parties: " + ("running." if pair.runs() else "stopped; `make run` starts them."))
    return subprocess.run(
        [sys.executable, "manage.py", "doctor"], cwd=REPOSITORY, env=stack.environment(), check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
