from celery_workers.mail import deliver
from portal.celery import app


@app.task(name="mail.deliver", acks_late=True)
def deliver_mail(**_newer_arguments: object) -> None:
    """Send the mails that are due."""
    deliver.deliver_due()
