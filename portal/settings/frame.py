"""The frame: apps, middleware, templates, languages, static files."""

from urllib.parse import urlsplit

from portal.settings.environment import REPOSITORY, Mode, environment

_environment = environment()

VERSION = "0.1.0"
DEBUG = False
DEVELOPMENT = _environment.mode is Mode.DEVELOPMENT
PUBLIC_URL = _environment.public_url.rstrip("/")
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname, *filter(None, _environment.allowed_hosts.split(","))]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "channels",
    "django_filters",
    "django_prometheus",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "guardian",
    "rest_framework",
    "apps.core",
    "apps.audit",
    "apps.accounts",
    "apps.tenants",
    "apps.secrets",
    "apps.clusters",
    "apps.isolation",
    "apps.quotas",
    "apps.storage",
    "apps.monitoring",
    "apps.code",
    "apps.jobs",
    "apps.forecasts",
    "apps.federation",
    "apps.inference",
    "apps.moves",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "apps.core.middleware.RequestId",
    "apps.core.middleware.Traces",
    "django.middleware.security.SecurityMiddleware",
    "apps.core.web.files.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "apps.core.middleware.Walls",
    "apps.accounts.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.tenants.middleware.ViewsChangeNoAccounts",
    "allauth.account.middleware.AccountMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [REPOSITORY / "portal" / "locale"]

CONSOLE_DIRECTORY = REPOSITORY / "frontend" / "dist"
# Of builds before the newest, for tabs that are still open.
CONSOLE_OLDER_ASSETS = REPOSITORY / "frontend" / "dist-older"
STATIC_URL = "/static/"
STATIC_ROOT = REPOSITORY / "var" / "static"
# The console's build: hashed names under /assets/, cached for ever; its index.html is a view (it sets the CSRF cookie).
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[A-Za-z0-9_-]{8,}\.\w+$"
WHITENOISE_INDEX_FILE = False
# In development the files of packages (Swagger UI) are served from where they are; elsewhere they are collected.
WHITENOISE_USE_FINDERS = DEVELOPMENT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Not compressed ahead (20 s of the first start, for pages that few open): the proxy does it on the way.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
CODE_BYTES = _environment.code_bytes
OBJECTS_URL = _environment.objects_url.rstrip("/")
S3_URL = _environment.s3_url.rstrip("/")
S3_PUBLIC_URL = (_environment.s3_public_url or _environment.s3_url).rstrip("/")
# Where apps answer, and the server before them: its administration, and where it listens (docs/how-to/deploy-an-app.md).
APPS_URL = _environment.apps_url.rstrip("/")
GATE_ADMIN, GATE_LISTEN = _environment.gate_admin, _environment.gate_listen
GATE_DOORMAN, GATE_LOG = _environment.gate_doorman, _environment.gate_log
S3_IAM_URL = _environment.s3_iam_url.rstrip("/")
S3_REGION = _environment.s3_region
S3_ACCESS_KEY = _environment.s3_access_key
S3_SECRET_KEY = _environment.s3_secret_key.get_secret_value()
LOCAL_COMPUTE = _environment.local_compute
LOCAL_COMPUTE_USER = _environment.local_compute_user
SHELL_IDLE_SECONDS = _environment.shell_idle_seconds
LOCAL_COMPUTE_DIRECTORY = _environment.local_compute_directory
SIMULATED_DEVICES = {
    flavor: int(count) for flavor, count in (one.split("=") for one in _environment.simulated_devices.split(",") if one)
}
