"""How letters between parties travel (apps/federation/services/post.py)."""

from portal.settings.environment import environment

LETTERS_WITHIN = environment().letters_within
