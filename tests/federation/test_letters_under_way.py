"""A letter whose worker is cut off between signing it and handing it over."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import DatabaseError, connection, transaction

from apps.core.models import OutboxHint
from apps.federation.models import Party
from celery_workers.tasks import federation as tasks
from portal.celery import app


@pytest.fixture
def at_once():
    """Tasks that a task asks for are carried out in its place."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.mark.django_db(transaction=True)
def test_it_arrives_by_the_next_sweep_though_its_hint_is_gone(make_side, at_once):
    aurora, borealis = make_side(10000), make_side(20000)
    aurora.invite(number=20000)
    letter = OutboxHint.objects.get(task="federation.send").arguments
    OutboxHint.objects.all().delete()
    held, over = Event(), Event()

    def read_another_letter() -> None:
        """As a worker does that has the reader's party in hand and does not come to an end."""
        try:
            with transaction.atomic():
                Party.objects.select_for_update().get(number=20000)
                held.set()
                over.wait(60)
        finally:
            connection.close()

    with ThreadPoolExecutor() as other:
        waiting = other.submit(read_another_letter)
        assert held.wait(30)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        with pytest.raises(DatabaseError):
            tasks.send(**letter)
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
        over.set()
        waiting.result()
    assert not borealis.party.partners.exists()

    tasks.sweep()

    assert borealis.partner["phase"] == "asked"
    assert [one["state"] for one in aurora.partner["letters"]] == ["delivered"]
