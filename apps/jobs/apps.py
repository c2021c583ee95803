from functools import partial

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "apps.jobs"

    def ready(self) -> None:
        from apps.core import live, registries, sentences
        from apps.core.notifications import register
        from apps.jobs import documents, notifications, registrations
        from apps.jobs.models import Job
        from apps.jobs.services.admission import JobsWorkload

        live.register("job", documents.render_jobs)
        live.register("template", documents.render_templates)
        live.register("schedule", documents.render_schedules)
        register(*notifications.KINDS)
        registries.workload_subjects.register("job", JobsWorkload())
        registries.subject_scopes.register("job", registrations.scope)
        registries.subject_holds.register("job", partial(registries.is_held, Job))
        registries.log_states.register("job", registrations.log_state)
        registries.searches.register("job", registrations.search)
        registries.secret_uses.register("job", registrations.secret_uses)
        registries.artifacts.register("job", registrations.artifacts_of)
        registries.version_readers.register("job", registrations.readers_of_version)
        registries.volume_users.register("job", registrations.users_of_volume)
        registries.tolls.register("job", registrations.toll)
        sentences.register(registrations.WORDS)
        registries.tenant_changes.register("job", registrations.carry_out)
        registries.searches.register("schedule", registrations.search_schedules)
        registries.tolls.register("schedule", registrations.schedule_toll)
        registries.belongings.register("job", registrations.jobs_of)
        registries.shares.register("job", registrations.jobs_shared_with)
        registries.belongings.register("template", registrations.templates_of)
        registries.transfers.register("job", registrations.transfer_jobs)
        registries.transfers.register("template", registrations.transfer_templates)
