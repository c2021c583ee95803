"""`make stop`: end the replicas of this machine and everything that `make run` started, wherever it was started from."""

import sys

from embedded.layout import Layout
from embedded.stack import Stack
from embedded.up import end_everything


def main() -> int:
    layout = Layout.of_environment()
    if not Stack(layout).was_started():
        print("Nothing runs here.")
        return 0
    end_everything(Stack(layout))
    print("Hanse is stopped; its data stays under var/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
