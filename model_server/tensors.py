"""Tensors of the protocol from and to NumPy arrays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

DATATYPES: dict[str, type] = {
    "BOOL": np.bool_,
    **{f"{sign}INT{bits}": getattr(np, f"{sign.lower()}int{bits}") for sign in ("", "U") for bits in (8, 16, 32, 64)},
    "FP16": np.float16,
    "FP32": np.float32,
    "FP64": np.float64,
    "BYTES": np.object_,
}


class Refused(Exception):
    """What was sent is no request that this model answers; the text says what is wrong with it."""


@dataclass(frozen=True)
class Tensor:
    """An input or output; -1 in the shape stands for any number."""

    name: str
    datatype: str
    shape: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "datatype": self.datatype, "shape": list(self.shape)}

    def example(self) -> np.ndarray:
        """The smallest that the shape allows, of zeros."""
        array: np.ndarray = np.zeros([max(1, size) for size in self.shape], DATATYPES[self.datatype])
        if self.datatype == "BYTES":
            array[...] = ""
        return array


def arrays_of(document: Any, wanted: Sequence[Tensor]) -> dict[str, np.ndarray]:
    """The inputs of a request, by name, as the model wants them. Raises Refused."""
    given = document.get("inputs") if isinstance(document, dict) else None
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Refused("A request is an object with a list of tensors as `inputs`.")
    by_name = {str(one.get("name")): one for one in given}
    names = [tensor.name for tensor in wanted]
    if len(by_name) != len(given) or set(by_name) != set(names):
        raise Refused(f"The inputs of this model are {', '.join(names)}, each once.")
    return {tensor.name: _array(by_name[tensor.name], tensor) for tensor in wanted}


def _array(given: dict[str, Any], wanted: Tensor) -> np.ndarray:
    shape, datatype, data = given.get("shape"), given.get("datatype"), given.get("data")
    if datatype not in DATATYPES:
        raise Refused(f"{wanted.name}: `datatype` is one of {', '.join(DATATYPES)}.")
    if (datatype == "BYTES") != (wanted.datatype == "BYTES"):
        raise Refused(f"{wanted.name}: this model takes {wanted.datatype}.")
    if not isinstance(shape, list) or not all(type(size) is int and size > 0 for size in shape):
        raise Refused(f"{wanted.name}: `shape` is a list of sizes.")
    fits = len(shape) == len(wanted.shape) and all(
        size in (-1, have) for size, have in zip(wanted.shape, shape, strict=True)
    )
    if not fits:
        raise Refused(f"{wanted.name}: the shape is {list(wanted.shape)}, where -1 stands for any number; {shape} came.")
    try:
        array = _values(data, wanted.datatype)
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused(f"{wanted.name}: `data` is no array of {wanted.datatype}.") from error
    if array.size != math.prod(shape):
        raise Refused(f"{wanted.name}: {math.prod(shape)} values fit the shape {shape}; {array.size} came.")
    return array.reshape(shape)


def _values(data: Any, datatype: str) -> np.ndarray:
    """All values, flat. Raises TypeError, ValueError or OverflowError for what is no list, or another kind of value."""
    if not isinstance(data, list):
        raise TypeError
    if datatype.startswith("FP"):
        return np.asarray(data, DATATYPES[datatype]).ravel()
    # Not by NumPy's own rules: 1.5 would become the integer 1, and one long text make all others as long.
    kind = {"BYTES": str, "BOOL": bool}.get(datatype, int)
    values = np.asarray(data, object).ravel()
    if not all(type(value) is kind for value in values):
        raise TypeError
    return values.astype(DATATYPES[datatype])


def as_json(tensor: Tensor, array: np.ndarray) -> dict[str, Any]:
    """An output as it is sent: flat, in row-major order; what is no number is null, as JSON has none."""
    flat: np.ndarray = array.astype(DATATYPES[tensor.datatype]).ravel()
    if array.dtype.kind == "f" and not np.isfinite(flat).all():
        data = [value if math.isfinite(value) else None for value in flat.tolist()]
    else:
        data = flat.tolist()
    return {"name": tensor.name, "datatype": tensor.datatype, "shape": list(array.shape), "data": data}
