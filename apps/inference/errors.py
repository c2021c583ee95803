"""What an act on an app can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class AppsNotThere(Problem):
    code, status = "apps-not-there", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Apps do not run in this cluster"
    advice = (
        "Name a cluster in which your tenant has quota as `cluster`, or leave it out and Hanse takes one: of the kind "
        "kubernetes for what has an image if it can, else of the kind local. When there is none, a platform admin can give "
        "your tenant a quota there."
    )


class NoSuchRevision(Problem):
    code, status = "no-such-revision", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The app has no such revision"
    advice = "`GET /projects/{id}/apps/{id}/revisions/` lists them. The one that is deployed now cannot be rolled back to."


class AppAccessRefused(Problem):
    code, status = "app-access-refused", HTTPStatus.UNAUTHORIZED
    title = "This app does not answer without a key"
    advice = (
        "Send `Authorization: Bearer ...` with a key of this app, which whoever may deploy it makes on its page; where the "
        "app is open to its tenant, an API token of somebody who may see it does as well. Revoked and expired ones are "
        "refused."
    )


class AppRateExceeded(Problem):
    code, status = "app-rate-exceeded", HTTPStatus.TOO_MANY_REQUESTS
    title = "More requests came with this key than it may send"
    advice = "Wait as long as `Retry-After` says. Whoever may deploy the app can make a key with a higher rate."


class AppTriesExceeded(Problem):
    code, status = "app-tries-exceeded", HTTPStatus.TOO_MANY_REQUESTS
    title = "Too many keys came from this address that are none"
    advice = (
        "Wait as long as `Retry-After` says, and send a key of this app that is neither revoked nor expired. Keys that were "
        "taken before go on working meanwhile."
    )
