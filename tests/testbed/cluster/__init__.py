"""A real Kubernetes on loopback, with simulated nodes: see docs/how-to/run-a-cluster-here.md."""
