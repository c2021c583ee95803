"""With which codes Hanse closes WebSockets (docs/reference/websocket.md)."""

# Of RFC 6455 and its registry.
DONE, POLICY_VIOLATION, SERVICE_RESTART, TRY_LATER = 1000, 1008, 1012, 1013
# Of our own.
NOT_SIGNED_IN, ACCESS_CHANGED = 4401, 4403
