"""`make open`: the console in this machine's browser."""

import sys
import webbrowser

from embedded.layout import Layout
from embedded.stack import Stack


def main() -> int:
    stack = Stack(Layout.of_environment())
    if not stack.was_started() or not stack.ready():
        print("Hanse does not run here; start it with `make run`.", file=sys.stderr)
        return 1
    print(stack.address)
    webbrowser.open(stack.address)
    return 0


if __name__ == "__main__":
    sys.exit(main())
