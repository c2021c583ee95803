"""What is asked for behind the question mark of an address."""

from rest_framework.request import Request

from apps.core.errors import InvalidRequest


def whole_number(request: Request, name: str, *, most: int, standard: int) -> int:
    """From 1 to `most`; `standard` where nothing is asked. Raises InvalidRequest, also for what takes long to read."""
    given = request.query_params.get(name, str(standard))
    if not given.isdecimal() or len(given) > len(str(most)) or not 1 <= int(given) <= most:
        raise InvalidRequest(errors=[{"pointer": f"?{name}", "detail": f"A whole number from 1 to {most}."}])
    return int(given)
