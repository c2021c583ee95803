"""The REST API: errors, paging, throttles, the OpenAPI document."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.tenants.api.authentication.TokenAuthentication",
        "apps.tenants.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["apps.core.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.api.parsers.JSONParser", "apps.core.api.parsers.YAMLParser"],
    "DEFAULT_FILTER_BACKENDS": ["apps.core.api.filters.DeclaredFilters"],
    "DEFAULT_PAGINATION_CLASS": "apps.core.api.paging.KeysetPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "apps.core.api.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["apps.core.api.throttles.ActorThrottle"],
    "DEFAULT_THROTTLE_RATES": {"actor": "6000/min", "anonymous": "120/min", "sign-in": "30/min", "report": "240/min"},
    "EXCEPTION_HANDLER": "apps.core.api.errors.problem_handler",
    "UNAUTHENTICATED_USER": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Hanse",
    "DESCRIPTION": "Shared AI compute: tenants, quotas, training jobs, and everything around them. "
    "Errors are RFC 9457 problems; lists are paged by cursor; changes ask for If-Match; POSTs take an Idempotency-Key.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"persistAuthorization": False, "tryItOutEnabled": True},
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "apps.core.api.schema.describe_problems"],
    "ENUM_NAME_OVERRIDES": {
        "TenantPhase": "apps.tenants.models.TenantPhase",
        "JobPhase": "apps.jobs.models.JobPhase",
        "Health": "apps.clusters.models.Health",
        "HealthState": "apps.core.health.STATES",
        "Role": "apps.tenants.permissions.ROLE_NAMES",
        "TenantRole": "apps.tenants.permissions.TENANT_ROLE_NAMES",
        "ProgramRole": "apps.tenants.permissions.PROGRAM_ROLE_NAMES",
        "CodeState": "apps.jobs.models.CodeState",
        "RequestState": "apps.quotas.models.RequestState",
        "ClusterKind": "apps.clusters.models.ClusterKind",
        "FlavorKind": "apps.clusters.models.FlavorKind",
        "SecretKind": "apps.secrets.models.SecretKind",
        "AccountKind": "apps.accounts.models.Kind",
        "InvitationState": "apps.tenants.models.InvitationState",
        "ScheduleState": "apps.jobs.models.ScheduleState",
        "Language": "portal.settings.frame.LANGUAGES",
    },
    "SORT_OPERATIONS": True,
}
