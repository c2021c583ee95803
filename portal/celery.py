"""The Celery application. Its settings are portal/settings/celery.py, its tasks celery_workers/tasks/."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("hanse")
app.config_from_object("django.conf:settings", namespace="CELERY")
