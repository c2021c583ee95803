"""Acts on moves."""

from apps.moves.services.records import MOST_RECORDS, Imported, ask_estimate, delete_record, import_records, keep_learned

__all__ = ["MOST_RECORDS", "Imported", "ask_estimate", "delete_record", "import_records", "keep_learned"]
