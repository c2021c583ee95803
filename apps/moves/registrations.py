"""What core must know of moves."""

from apps.core import live
from apps.moves import documents


def register() -> None:
    live.register("move-place", documents.place_documents, permission="moves.view")
    live.register("move-plan", documents.plan_documents, permission="moves.view")
