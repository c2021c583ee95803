"""Pure functions from what is wanted to what Kubernetes is told, one module a kind. Nothing here asks anybody."""
