"""What opening a network can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class NetworkClosed(Problem):
    code, status = "network-closed", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Projects of this tenant are not opened to this network"
    advice = (
        "Addresses of machines themselves, of what clouds tell their machines, and of a cluster's API server are opened to "
        "nobody. Of the rest a tenant may open what is public, or else what an administrator of the platform lists for it: "
        "ask one of them, with the addresses and what they are for."
    )


class RegistryClosed(Problem):
    code, status = "registry-closed", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Images of this tenant do not come from this registry"
    advice = (
        "An administrator of the platform lists the registries from which the tenant may run images; an image without one "
        "is of `docker.io`, and one of a single word of `docker.io/library`. Copy the image to a registry that is listed, "
        "or ask for this one."
    )


class TooManyExceptions(Problem):
    code, status = "too-many-exceptions", HTTPStatus.CONFLICT
    title = "This project has as many network exceptions as there may be"
    advice = "Remove one that is needed no more, or give several ports in one."
