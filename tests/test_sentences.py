"""Everything that the server says in sentences, the console says in Chinese too."""

import re
from pathlib import Path

import pytest
from django.apps import apps

import portal.urls  # noqa: F401 (every endpoint, and so every problem that one can meet)
from apps.core.errors import known_problems
from apps.core.models import Live
from apps.core.notifications import known_kinds
from apps.core.sentences import CATALOGUE, Amount, in_english, say
from apps.jobs.failures import DICTIONARY
from apps.tenants.permissions import PERMISSIONS

SOURCE = Path(__file__).parents[1] / "frontend" / "src"


def chinese(path: str, *, below: str = "") -> dict[str, str]:
    """The entries of a dictionary of the console, or of one object in it; `below` is the line that opens it."""
    text = (SOURCE / path).read_text()
    if below:
        text = text.partition(f"\n{below}\n")[2].partition("\n  },\n")[0]
    found = re.findall(r"""^ +'?([\w-]+)'?:\s+(?:'([^']*)'|"([^"]*)"|\{)""", text, re.M)
    return {name: single or double for name, single, double in found}


def names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text.replace("{{", "{").replace("}}", "}")))


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_sentence_has_its_chinese_with_no_argument_that_it_has_not(code):
    said = chinese("shared/i18n/said.zh.ts")

    assert re.search(r"[\u4e00-\u9fff]", said.get(code, "")), f"{code} has no Chinese in shared/i18n/said.zh.ts"
    assert names(said[code]) <= names(CATALOGUE[code])


def test_no_chinese_is_left_of_what_nobody_says():
    known = {f"problem-{code}" for code in known_problems()}

    assert set(chinese("shared/i18n/said.zh.ts")) - known == set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(DICTIONARY))
def test_a_failure_has_its_chinese(code):
    assert code in chinese("features/jobs/locales/zh.failures.ts")


@pytest.mark.parametrize("code", known_problems())
def test_a_problem_has_its_chinese_title(code):
    own = chinese("shared/i18n/zh.ts", below="  problems: {")

    assert code in own or f"problem-{code}" in chinese("shared/i18n/said.zh.ts")


@pytest.mark.parametrize("code", [kind.code for kind in known_kinds()])
def test_a_kind_of_notification_has_its_chinese(code):
    about = chinese("features/notifications/locales/zh.ts", below="  about: {")

    assert re.search(r"[\u4e00-\u9fff]", about.get(code.replace(".", "-"), ""))


def test_every_kind_of_object_in_the_trail_is_named_in_both_languages():
    code = "\n".join(path.read_text() for path in (SOURCE.parents[1] / "apps").glob("*/**/*.py"))
    named = re.findall(r'audit\.record\((?:(?!\n\n).)*?\bkind=(?:"([\w-]+)"|(\w+)\.live_kind)', code, re.S)
    live = {model.__name__: model.live_kind for model in apps.get_models() if issubclass(model, Live)}
    kinds = {kind or live[model] for kind, model in named}

    assert {"member", "node", "quota-request"} <= kinds
    for language in ("en", "zh"):
        assert kinds - chinese(f"shared/i18n/{language}.ts", below="  kind: {").keys() == set(), language


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_permission_and_its_area_is_named(language):
    path = f"shared/i18n/permissions/{language}.ts"
    areas = {permission.partition(".")[0] for permission in PERMISSIONS}

    assert {permission.replace(".", "-") for permission in PERMISSIONS} - chinese(path).keys() == set()
    assert areas - chinese(path, below="  area: {").keys() == set()


def test_every_reason_that_a_job_is_given_has_its_chinese():
    code = "\n".join(path.read_text() for path in (SOURCE.parents[1] / "apps" / "jobs" / "services").glob("*.py"))
    given = set(re.findall(r'reason="([\w-]+)"', code)) | {"InClusterQueue", "InCohortReclamation"}
    known = chinese("features/jobs/locales/zh.ts", below="  reasons: {").keys() | DICTIONARY.keys()

    assert given - known - {"reconciled", "unavailable"} == set()


def test_amounts_are_said_with_their_unit_and_travel_with_their_number():
    said = [say("never-on-nodes", cluster="harbour", asked=Amount("gpu", 2, "a100")), say("waits-place-kept")]

    assert in_english(said).startswith("Cannot start: no nodes of harbour could hold 2 GPUs of a100")
    assert said[0].as_json()["arguments"]["asked"] == {"resource": "gpu", "flavor": "a100", "amount": 2, "plain": False}
