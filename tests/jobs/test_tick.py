"""What time does to jobs: one that cannot be handled never holds up the others."""

import pytest

from apps.jobs import services
from apps.quotas.models import Workload
from tests.jobs.jobs import bring_to, fresh

pytestmark = pytest.mark.django_db


class TestTick:
    def test_a_job_that_cannot_be_handled_holds_up_no_other(self, as_role):
        client, project = as_role("developer", equipped=True)
        broken, sound = (bring_to("restarting", client, project, name=name) for name in ("broken", "sound"))
        Workload.objects.filter(subject_id=broken.pk).delete()

        services.tick(now=max(broken.restart_at, sound.restart_at))

        assert fresh(sound).phase == "starting"
        assert (fresh(broken).phase, fresh(broken).attempt) == ("restarting", 1)
