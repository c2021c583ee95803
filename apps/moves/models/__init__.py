"""Moving virtual machines from host to host: what is known of moves that were."""

from apps.moves.models.records import Place, Record

__all__ = ["Place", "Record"]
