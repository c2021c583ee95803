"""Submits the demonstration job as any program would, through the REST API, and shows what becomes of it."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

import httpx
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from demonstration.people import ANN, OTTO, Login
from demonstration.templates import (
    DIGITS,
    DIGITS_APP,
    counting_job,
    digits_app,
    faulty_job,
    keeping_job,
    large_job,
    publishing_code,
    publishing_job,
    report_job,
    unwanted_job,
)

ENDED = frozenset({"succeeded", "failed", "cancelled"})
_PERMISSIONS = [
    "tenants.view",
    "projects.view",
    "templates.view",
    "jobs.view",
    "jobs.submit",
    "datasets.view",
    "volumes.view",
    "volumes.write",
    "jobs.cancel",
    "quotas.view",
    "secrets.manage",
    "apps.view",
    "apps.deploy",
]
_PAUSE_SECONDS = 0.4
_LONGEST_SECONDS = 600
_COPIED_WITHIN_SECONDS = 20


class DemonstrationFailed(Exception):
    """The job did not succeed, or the portal did not answer; the message says what was seen last."""


@dataclass(frozen=True)
class Result:
    job_id: str
    accuracy: float


def run_demonstration(*, address: str, password: str, console: Console, with_company: bool = False) -> Result:
    """Sign in as Ann, make a token, submit the job with it, follow it to its end, revoke the token.

    `with_company`: unless they are there, other jobs are submitted beside it: one that fails, one that waits, ...
    Raises DemonstrationFailed.
    """
    try:
        with httpx.Client(base_url=address, timeout=20, headers={"Origin": address}) as browser:
            sign_in(browser, ANN, password)
            token = _checked(
                browser.post(
                    "/api/v1/me/tokens/",
                    json={"name": f"make run {uuid4().hex[:8]}", "permissions": _PERMISSIONS, "expires_at": _in_a_day()},
                    headers=csrf(browser),
                )
            )
            try:
                with httpx.Client(
                    base_url=f"{address}/api/v1", timeout=20, headers={"Authorization": f"Bearer {token['token']}"}
                ) as api:
                    if with_company:
                        _fill_bucket(address, password)
                    return _submit_and_follow(api, address, console, with_company)
            finally:
                browser.delete(f"/api/v1/me/tokens/{token['id']}/", headers=csrf(browser))
    except httpx.HTTPError as problem:
        raise DemonstrationFailed(f"the portal at {address} does not answer: {problem!r}") from problem


def _fill_bucket(address: str, password: str) -> None:
    """As Otto, for whoever develops makes no buckets."""
    # It takes two seconds to load, which nobody should wait for who waits for the portal.
    from demonstration.pictures import fill_bucket

    with httpx.Client(base_url=address, timeout=20, headers={"Origin": address}) as browser:
        sign_in(browser, OTTO, password)
        project = _project(_checked(browser.get("/api/v1/me/")))["id"]
        _make_volume(browser, project, headers=csrf(browser))
        fill_bucket(browser, project, headers=csrf(browser))


def sign_in(browser: httpx.Client, who: Login, password: str) -> None:
    browser.get("/")  # sets the CSRF cookie
    _checked(
        browser.post(
            "/_allauth/browser/v1/auth/login", json={"email": who.email, "password": password}, headers=csrf(browser)
        )
    )


def csrf(browser: httpx.Client) -> dict[str, str]:
    return {"X-CSRFToken": browser.cookies.get("hanse_csrf") or ""}


def _in_a_day() -> str:
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


def _submit_and_follow(api: httpx.Client, address: str, console: Console, with_company: bool) -> Result:
    me = _checked(api.get("/me/"))
    project = _project(me)
    tenant = next(tenant for tenant in me["tenants"] if tenant["slug"] == ANN.tenant)
    jobs = f"/projects/{project['id']}/jobs/"
    templates = _checked(api.get("/templates/"))["results"]
    template = next(template for template in templates if template["name"] == DIGITS)
    name = f"digits-{uuid4().hex[:6]}"
    alone = not _checked(api.get(jobs, params={"q": faulty_job()["name"], "limit": 1}))["results"]
    job = _submit(api, jobs, {**template["spec"], "name": name, "description": "Submitted by make run."})
    console.print(f"Job [bold]{name}[/] is submitted: {address}/t/aurora/p/vision/jobs/{job['id']}", soft_wrap=True)
    if with_company and alone:
        _submit_company(api, jobs, tenant["id"])
    result = _Follower(api, f"{jobs}{job['id']}/", console).to_the_end()
    if with_company:
        _deploy(api, jobs, job["id"], console)
    return result


def _deploy(api: httpx.Client, jobs: str, job_id: str, console: Console) -> None:
    """The network that was trained, as an app that reads images; once."""
    apps = jobs.removesuffix("jobs/") + "apps/"
    if _checked(api.get(apps, params={"q": DIGITS_APP}))["results"]:
        return
    left = _checked(api.get(f"{jobs}{job_id}/artifacts/"))["results"]
    example = next((one["id"] for one in left if one["name"] == "example.json"), None)
    body = api.get(f"{jobs}{job_id}/artifacts/{example}/download/").text if example else ""
    app = _checked(api.post(apps, json=digits_app(job_id, body), headers={"Idempotency-Key": uuid4().hex}))
    console.print(f"App [bold]{app['name']}[/] serves what it learned: {app['address']}", soft_wrap=True)


def _project(me: Any) -> Any:
    """Where the demonstration works."""
    tenant = next(tenant for tenant in me["tenants"] if tenant["slug"] == ANN.tenant)
    return next(project for project in tenant["projects"] if project["slug"] == "vision")


def _submit(api: httpx.Client, jobs: str, spec: dict[str, Any]) -> Any:
    return _checked(api.post(jobs, json=spec, headers={"Idempotency-Key": uuid4().hex}))


def _submit_company(api: httpx.Client, jobs: str, tenant_id: str) -> None:
    """Jobs of every kind beside the first, so that no page is empty."""
    _submit(api, jobs, report_job())
    _submit(api, jobs, faulty_job())
    _submit_with_inputs(api, jobs)
    _submit_with_data(api, jobs)
    _submit(api, jobs, keeping_job())
    unwanted = _submit(api, jobs, unwanted_job())
    _checked(api.post(f"{jobs}{unwanted['id']}/cancel/", headers={"Idempotency-Key": uuid4().hex}))
    lines = _checked(api.get(f"/tenants/{tenant_id}/quotas/"))["results"]
    processors = next(line for line in lines if (line["flavor"], line["resource"]) == ("cpu", "cpu"))
    # Nine tenths of all that it could ever have: it waits for whatever runs now.
    _submit(api, jobs, large_job(max(processors["nominal"], processors["available"]) * 9 // 10))


def _submit_with_inputs(api: httpx.Client, jobs: str) -> None:
    """A secret that nobody knows, an archive of code, and a job that uses both."""
    project = jobs.removesuffix("jobs/")
    secret = {"name": "tracker", "description": "The key of the experiment tracker.", "data": {"token": token_urlsafe(24)}}
    _checked(api.post(f"{project}secrets/", json=secret, headers={"Idempotency-Key": uuid4().hex}))
    archive = api.post(
        f"{project}code/",
        params={"name": "publish.tar.gz"},
        content=publishing_code(),
        headers={"Content-Type": "application/gzip"},
    )
    _submit(api, jobs, publishing_job(_checked(archive)["id"]))


def _submit_with_data(api: httpx.Client, jobs: str) -> None:
    """A job that reads a version of a dataset, once that is copied."""
    datasets = f"{jobs.removesuffix('jobs/')}datasets/"
    digits = next((one for one in _checked(api.get(datasets))["results"] if one["name"] == "digits"), None)
    if digits is None:  # the bucket was filled by a run that was interrupted before it registered one
        return
    deadline = time.monotonic() + _COPIED_WITHIN_SECONDS
    while _checked(api.get(f"{datasets}{digits['id']}/versions/1/"))["phase"] != "ready":
        if time.monotonic() > deadline:
            return
        time.sleep(_PAUSE_SECONDS)
    _submit(api, jobs, counting_job())


def _make_volume(browser: httpx.Client, project: str, *, headers: dict[str, str]) -> None:
    """What outlives jobs, on this machine; once."""
    base = f"/api/v1/projects/{project}/"
    if _checked(browser.get(f"{base}volumes/"))["results"]:
        return
    places = _checked(browser.get(f"{base}volume-places/"))["places"]
    here = next((place["cluster"] for place in places if place["kind"] == "local"), None)
    if here is not None:
        body = {"name": "notes", "cluster": here, "size_bytes": 2**30}
        _checked(browser.post(f"{base}volumes/", json=body, headers=headers | {"Idempotency-Key": uuid4().hex}))


class _Follower:
    def __init__(self, api: httpx.Client, path: str, console: Console) -> None:
        self._api, self._path, self._console = api, path, console
        self._said: tuple[str, str | None] | None = None
        self._line_after: dict[tuple[int, int], int] = {}

    def to_the_end(self) -> Result:
        deadline = time.monotonic() + _LONGEST_SECONDS
        columns = (
            TextColumn("{task.description}"),
            BarColumn(40),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, TimeElapsedColumn(), console=self._console, transient=True) as progress:
            bar = progress.add_task("queued", total=1.0)
            while True:
                job = _checked(self._api.get(self._path))
                self._say_state(job)
                self._say_lines()
                progress.update(bar, description=job["phase"], completed=job["progress"] or 0.0)
                if job["phase"] in ENDED:
                    break
                if time.monotonic() > deadline:
                    raise DemonstrationFailed(f"job {job['id']} is still {job['phase']} after {_LONGEST_SECONDS} s")
                time.sleep(_PAUSE_SECONDS)
        return self._result(job)

    def _say_state(self, job: dict[str, Any]) -> None:
        state = (job["phase"], job["why"])
        if state != self._said:
            position = f", position {job['queue_position']}" if job["queue_position"] else ""
            sentence = f": {job['why']}" if job["why"] else ""
            self._console.print(f"  [cyan]{job['phase']}[/]{position}{escape(sentence)}")
            self._said = state

    def _say_lines(self) -> None:
        for known in _checked(self._api.get(f"{self._path}log-ranks/")):
            source = (known["attempt"], known["rank"])
            if known["last_number"] <= self._line_after.get(source, 0):
                continue
            page = _checked(
                self._api.get(
                    f"{self._path}logs/",
                    params={"attempt": source[0], "rank": source[1], "after": self._line_after.get(source, 0), "limit": 500},
                )
            )
            for number, _at, stream, text in page["lines"]:
                self._line_after[source] = number
                if stream != "hanse" and not text.startswith("{"):
                    self._console.print(f"  [dim]rank {source[1]} │[/] {escape(text)}")

    def _result(self, job: dict[str, Any]) -> Result:
        self._say_lines()
        accuracy = job["metrics"].get("accuracy")
        if job["phase"] != "succeeded" or accuracy is None:
            failure = job.get("failure") or {}
            because = failure.get("phrase") or job["message"] or "no accuracy was reported"
            raise DemonstrationFailed(f"job {job['id']} {job['phase']}: {because}")
        return Result(job["id"], accuracy)


def _checked(answer: httpx.Response) -> Any:
    """The answer's document. Raises DemonstrationFailed with the problem that it tells."""
    if answer.is_error:
        raise DemonstrationFailed(
            f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:500]}"
        )
    return answer.json()
