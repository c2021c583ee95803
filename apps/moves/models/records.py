"""Moves that were, and where: what durations and downtimes are learned from."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from apps.core.ids import new_id
from apps.core.models import Live
from apps.tenants.models import SLUG


class Place(Live):
    """Hosts whose moves take alike: a cloud, a zone, a network. What was learned there is of its own records only.

    Too few records: `learned` is empty, and the physics of copying memory speak alone.
    """

    live_kind: ClassVar[str] = "move-place"

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    link_bits_per_second = models.PositiveBigIntegerField(null=True, help_text="The usual link of its records.")
    learned = models.JSONField(null=True, help_text="The numbers of the model; read by workers only.")
    learned_at = models.DateTimeField(null=True)
    moves = models.PositiveIntegerField(default=0, help_text="How many records it was learned from.")
    downtimes = models.PositiveIntegerField(default=0, help_text="How many of them say how long the machine stood still.")
    error = models.FloatField(null=True, help_text="Mean relative error on moves that were not learned from.")
    error_beyond = models.FloatField(null=True, help_text="The same on a size that was not learned from.")
    sizes = models.JSONField(default=list, help_text="Sizes of memory that it knows, in bytes.")

    def __str__(self) -> str:
        return self.slug


class Record(models.Model):
    """One live migration that somebody carried out. `key` is whatever its origin calls it: sent again, it is changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="records", db_index=False)
    key = models.CharField(max_length=100)
    machine = models.CharField(max_length=200, blank=True)
    from_host = models.CharField(max_length=200, blank=True)
    to_host = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    memory_bytes = models.PositiveBigIntegerField()
    disk_bytes = models.PositiveBigIntegerField(default=0)
    local_disk = models.BooleanField(default=False, help_text="The disk was copied too.")
    tunnelled = models.BooleanField(default=False, help_text="Memory went through libvirt's encrypted tunnel.")
    dirty_bytes_per_second = models.PositiveBigIntegerField(default=0, help_text="How fast memory was written meanwhile.")
    concurrent = models.PositiveSmallIntegerField(default=1, help_text="Moves that shared the link, this one among them.")
    link_bits_per_second = models.PositiveBigIntegerField(null=True)
    duration_seconds = models.FloatField()
    downtime_seconds = models.FloatField(null=True, help_text="How long the machine stood still.")
    simulated = models.BooleanField(default=False, help_text="Made up, not measured; nothing is learned from it.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "key"], name="one_move_record_a_key")]
        indexes = [models.Index(fields=["place", "-id"], name="move_records_of_place")]
