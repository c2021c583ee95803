from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "apps.jobs"

    def ready(self) -> None:
        from apps.core import live, registries
        from apps.jobs import documents, registrations
        from apps.jobs.services.admission import JobsWorkload

        live.register("job", documents.render_jobs)
        live.register("template", documents.render_templates)
        registries.workload_subjects.register("job", JobsWorkload())
        registries.subject_scopes.register("job", registrations.scope)
        registries.searches.register("job", registrations.search)
        registries.casualties.register("job", registrations.casualties)
        registries.tenant_changes.register("job", registrations.carry_out)
