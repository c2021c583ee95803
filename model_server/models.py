"""Models that can be loaded without running anything of whoever wrote the file."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np

from model_server.tensors import Tensor

Arrays = Mapping[str, np.ndarray]


class Unloadable(Exception):
    """The file is no model that this server loads; the text says why, and what it could be instead."""


class Model(Protocol):
    """`infer` may be called from several threads at once."""

    @property
    def platform(self) -> str: ...
    @property
    def inputs(self) -> tuple[Tensor, ...]: ...
    @property
    def outputs(self) -> tuple[Tensor, ...]: ...

    def infer(self, given: Arrays) -> Arrays: ...


class Network:
    """A dense network, or with one layer a linear model, as arrays of a .npz file.

    weights_0 (inputs, units), bias_0 (units), weights_1, ...: ReLU between the layers. `classes`, if it is there, names
    what the last layer tells apart: then probabilities and the likeliest class are the answer, else the last layer is.
    """

    platform = "numpy_dense"

    def __init__(self, arrays: Arrays) -> None:
        self._layers: list[tuple[np.ndarray, np.ndarray]] = []
        while (weights := arrays.get(f"weights_{len(self._layers)}")) is not None:
            bias = arrays.get(f"bias_{len(self._layers)}")
            before = self._layers[-1][1].size if self._layers else len(weights)
            if weights.ndim != 2 or weights.shape[0] != before or bias is None or bias.shape != weights.shape[1:]:
                raise Unloadable(f"weights_{len(self._layers)} and its bias do not fit together, or to the layer before.")
            self._layers.append((weights.astype(np.float64), bias.astype(np.float64)))
        if not self._layers:
            raise Unloadable("It has no weights_0 and bias_0.")
        units = self._layers[-1][1].size
        self._classes = arrays.get("classes")
        self.inputs = (Tensor("input", "FP64", (-1, len(self._layers[0][0]))),)
        if self._classes is None:
            self.outputs: tuple[Tensor, ...] = (Tensor("output", "FP64", (-1, units)),)
            return
        if self._classes.shape != (units,) or self._classes.dtype.kind not in "iuU":
            raise Unloadable("`classes` names each unit of the last layer, by integers or by text.")
        datatype = "BYTES" if self._classes.dtype.kind == "U" else "INT64"
        self.outputs = (Tensor("class", datatype, (-1,)), Tensor("probabilities", "FP64", (-1, units)))

    def infer(self, given: Arrays) -> Arrays:
        at = given["input"]
        for number, (weights, bias) in enumerate(self._layers):
            at = (np.maximum(at, 0) if number else at) @ weights + bias
        if self._classes is None:
            return {"output": at}
        exponents = np.exp(at - at.max(axis=1, keepdims=True))
        probabilities = exponents / exponents.sum(axis=1, keepdims=True)
        return {"class": self._classes[at.argmax(axis=1)], "probabilities": probabilities}


class Boosted:
    """What XGBoost saved as .json or .ubj. What is missing of an input is null."""

    platform = "xgboost"

    def __init__(self, path: Path) -> None:
        from xgboost import Booster
        from xgboost.core import XGBoostError

        try:
            self._booster = Booster(model_file=str(path))
        except (XGBoostError, UnicodeDecodeError) as error:  # it decodes its own complaint, which quotes the file
            raise Unloadable(f"XGBoost does not read it: {str(error).splitlines()[0]}") from error
        self.inputs = (Tensor("input", "FP32", (-1, self._booster.num_features())),)
        answer = self.infer({"input": self.inputs[0].example()})["predict"]
        self.outputs = (Tensor("predict", "FP32", (-1, *answer.shape[1:])),)

    def infer(self, given: Arrays) -> Arrays:
        return {"predict": self._booster.inplace_predict(given["input"])}


class Graph:
    """An ONNX graph."""

    platform = "onnx"
    _TYPES = {"bool": "BOOL", "float16": "FP16", "float": "FP32", "double": "FP64", "string": "BYTES"}

    def __init__(self, path: Path) -> None:
        try:
            import onnxruntime as onnx
        except ImportError as error:
            raise Unloadable("onnxruntime is not installed here; an operator installs requirements-serving.txt.") from error
        options = onnx.SessionOptions()
        options.log_severity_level = 3
        try:
            self._session = onnx.InferenceSession(str(path), options, providers=onnx.get_available_providers())
        except Exception as error:
            raise Unloadable(f"onnxruntime does not read it: {error}") from error
        self.inputs = tuple(map(self._tensor, self._session.get_inputs()))
        self.outputs = tuple(map(self._tensor, self._session.get_outputs()))

    def _tensor(self, node: Any) -> Tensor:
        kind = node.type.removeprefix("tensor(").removesuffix(")")
        datatype = self._TYPES.get(kind, kind.upper())
        if not node.type.startswith("tensor(") or datatype.startswith(("BFLOAT", "FLOAT8", "COMPLEX")):
            raise Unloadable(f"{node.name} is a {node.type}, which this protocol has no word for; export it as a tensor.")
        return Tensor(node.name, datatype, tuple(size if isinstance(size, int) else -1 for size in node.shape))

    def infer(self, given: Arrays) -> Arrays:
        names = [tensor.name for tensor in self.outputs]
        return dict(zip(names, self._session.run(names, dict(given)), strict=True))


def _network(path: Path) -> Network:
    try:
        with np.load(path, allow_pickle=False) as saved:
            return Network({name: saved[name] for name in saved.files})
    except (ValueError, OSError, BadZipFile) as error:
        raise Unloadable(f"NumPy does not read it without running what is in it: {error}") from error


_LOADERS: dict[str, Callable[[Path], Model]] = {".onnx": Graph, ".json": Boosted, ".ubj": Boosted, ".npz": _network}


def load(path: Path) -> Model:
    """The model in a file, or the only one in a directory. Raises Unloadable."""
    if path.is_dir():
        found = sorted(one for one in path.rglob("*") if one.suffix in _LOADERS)
        if len(found) != 1:
            names = ", ".join(one.name for one in found) or "none"
            raise Unloadable(f"There must be one model in {path}; there are: {names}. Name one with --model.")
        path = found[0]
    if not path.is_file():
        raise Unloadable(f"There is no file {path}.")
    if path.suffix not in _LOADERS:
        raise Unloadable(
            f"{path.name} is not loaded: it could run code of whoever wrote it, or is no model. "
            f"Export it as one of {', '.join(_LOADERS)}."
        )
    return _LOADERS[path.suffix](path)
