"""Devices of the demonstration, which few machines have: simulated, so that quotas and needs can be seen with them.

Plain data: whoever starts the portal reads it before there is one.
"""

from typing import Any

NOT_HERE = "Simulated, for the demonstration: jobs that ask for it are placed and counted, and find no such device."
# flavor -> (how many of them this machine is said to have, what one is)
DEVICES: dict[str, tuple[int, dict[str, Any]]] = {
    "a100": (
        8,
        {
            "kind": "gpu",
            "model": "NVIDIA A100-SXM4-80GB",
            "unit_memory_bytes": 80 * 2**30,
            "device_resource": "nvidia.com/gpu",
        },
    ),
    "l40s": (
        16,
        {
            "kind": "gpu",
            "model": "NVIDIA L40S",
            "unit_memory_bytes": 48 * 2**30,
            "device_resource": "nvidia.com/gpu",
        },
    ),
    "alveo": (4, {"kind": "fpga", "model": "AMD Alveo U280", "device_resource": "amd.com/xilinx_u280"}),
    "infiniband": (8, {"kind": "rdma", "model": "NVIDIA ConnectX-7 NDR", "device_resource": "rdma/hca"}),
}
# As HANSE_SIMULATED_DEVICES says it.
SIMULATED = ",".join(f"{flavor}={count}" for flavor, (count, _) in DEVICES.items())
