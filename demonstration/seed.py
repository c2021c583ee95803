"""Fills an empty portal with the demonstration: `python -m demonstration.seed`, in the environment of the installation.

The password of the demonstration's logins comes in DEMONSTRATION_PASSWORD. Done twice, it changes nothing.
"""

import os
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from demonstration.world import is_seeded, seed

    if not is_seeded():
        seed(password=os.environ["DEMONSTRATION_PASSWORD"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
