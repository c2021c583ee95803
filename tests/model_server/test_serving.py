"""The stock server of models: what it loads, and how it answers."""

import base64
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from model_server.models import Unloadable, load
from model_server.server import MOST_BYTES, Server
from tests.eventually import eventually
from tests.testbed.ports import own_port

# y = x @ [[2], [3]] of any number of rows, as `onnx.helper` wrote it.
ONNX = base64.b64decode(
    "CAg6VwoRCgF4CgF3EgF5IgZNYXRNdWwSAWcqEwgCCAEQAUIBd0oIAAAAQAAAQEBaFAoBeBIPCg0IARIJCgMSAW4KAggCYhQKAXkSDwoNCAESCQoDEgFu"
    "CgIIAUIECgAQDQ=="
)


def line(directory: Path, **more: Any) -> Path:
    """A linear model: x + 2y + 1."""
    path = directory / "line.npz"
    np.savez(path, weights_0=np.array([[1.0], [2.0]]), bias_0=np.array([1.0]), **more)
    return path


def colours(directory: Path) -> Path:
    """Two layers that tell red from blue: whichever input is larger."""
    path = directory / "colours.npz"
    eye, zero = np.eye(2), np.zeros(2)
    np.savez(path, weights_0=eye, bias_0=zero, weights_1=eye, bias_1=zero, classes=np.array(["red", "blue"]))
    return path


def boosted(directory: Path, suffix: str) -> Path:
    xgboost = pytest.importorskip("xgboost")
    inputs = np.arange(40, dtype=np.float32).reshape(20, 2)
    booster = xgboost.train({"max_depth": 2}, xgboost.DMatrix(inputs, inputs[:, 0] > 19), num_boost_round=5)
    path = directory / f"boosted{suffix}"
    booster.save_model(path)
    return path


def client(path: Path) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(Server(load(path), name="m")), base_url="http://model")


def tensor(name: str, data: Any, shape: list[int], datatype: str = "FP64") -> dict[str, Any]:
    return {"name": name, "shape": shape, "datatype": datatype, "data": data}


async def inferred(path: Path, *inputs: dict[str, Any], **more: Any) -> Any:
    async with client(path) as http:
        answer = await http.post("/v2/models/m/infer", json={"inputs": list(inputs), **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestInference:
    async def test_a_linear_model_answers_each_row_flat_or_nested(self, tmp_path):
        path = line(tmp_path)

        flat = await inferred(path, tensor("input", [1, 1, 0, 10], [2, 2]), id="17")
        nested = await inferred(path, tensor("input", [[1, 1], [0, 10]], [2, 2], "FP32"))

        assert flat == {
            "model_name": "m",
            "model_version": "1",
            "id": "17",
            "outputs": [{"name": "output", "datatype": "FP64", "shape": [2, 1], "data": [4.0, 21.0]}],
        }
        assert nested["outputs"] == flat["outputs"]

    async def test_a_network_names_the_likeliest_class_and_only_what_is_asked_for(self, tmp_path):
        answer = await inferred(colours(tmp_path), tensor("input", [0, 3, 5, 1], [2, 2]), outputs=[{"name": "class"}])

        assert answer["outputs"] == [{"name": "class", "datatype": "BYTES", "shape": [2], "data": ["blue", "red"]}]

    async def test_what_is_no_number_is_null(self, tmp_path):
        answer = await inferred(line(tmp_path), tensor("input", [1e308, 1e308], [1, 2]))

        assert answer["outputs"][0]["data"] == [None]

    @pytest.mark.parametrize("suffix", [".json", ".ubj"])
    async def test_xgboost_s_own_formats(self, tmp_path, suffix):
        answer = await inferred(boosted(tmp_path, suffix), tensor("input", [2, None, 38, 39], [2, 2], "FP32"))

        low, high = answer["outputs"][0]["data"]
        assert low < 0.5 < high

    async def test_an_onnx_graph_under_its_own_names(self, tmp_path):
        pytest.importorskip("onnxruntime")
        path = tmp_path / "graph.onnx"
        path.write_bytes(ONNX)

        answer = await inferred(path, tensor("x", [1, 1, 2, 0], [2, 2], "FP32"))

        assert answer["outputs"] == [{"name": "y", "datatype": "FP32", "shape": [2, 1], "data": [5.0, 4.0]}]

    @pytest.mark.parametrize(
        "body",
        [
            b"{",
            b"[" * 100_000,
            b"[]",
            b"{}",
            {"inputs": []},
            {"inputs": [tensor("other", [1, 1], [1, 2])]},
            {"inputs": [tensor("input", [1, 1], [1, 2])] * 2},
            {"inputs": [tensor("input", [1, 1, 1], [1, 3])]},
            {"inputs": [tensor("input", [1], [1, 2])]},
            {"inputs": [tensor("input", [1, [1]], [1, 2])]},
            {"inputs": [tensor("input", ["a", 1], [1, 2])]},
            {"inputs": [tensor("input", None, [1, 2])]},
            {"inputs": [tensor("input", [1, 1], [-1, 2])]},
            {"inputs": [tensor("input", [1, 1], [True, 2])]},
            {"inputs": [tensor("input", [1, 1], [1, 2], "FP128")]},
            {"inputs": [tensor("input", [1, 1], [1, 2])], "outputs": [{"name": "nothing"}]},
            {"inputs": [tensor("input", [1, 1], [1, 2])], "outputs": [{"name": []}]},
        ],
    )
    async def test_what_is_no_request_of_the_model_is_refused_with_a_sentence(self, tmp_path, body):
        async with client(line(tmp_path)) as http:
            sent = {"content": body} if isinstance(body, bytes) else {"json": body}
            answer = await http.post("/v2/models/m/infer", **sent)

        assert (answer.status_code, list(answer.json())) == (400, ["error"])

    async def test_takes_no_request_that_fills_the_memory(self, tmp_path):
        async with client(line(tmp_path)) as http:
            answer = await http.post("/v2/models/m/infer", content=b" " * (MOST_BYTES + 1))

        assert answer.status_code == 400


class TestMetadata:
    async def test_says_what_the_model_takes_and_gives(self, tmp_path):
        async with client(colours(tmp_path)) as http:
            whole = (await http.get("/v2/models/m")).json()
            ready = [(await http.get(f"/v2/{path}")).json()["ready"] for path in ("health/ready", "models/m/ready")]
            versioned = await http.get("/v2/models/m/versions/1")
            others = [await http.get(f"/v2/{path}") for path in ("models/other", "models/m/versions/2", "nothing")]

        assert whole["platform"] == "numpy_dense"
        assert whole["inputs"] == [{"name": "input", "datatype": "FP64", "shape": [-1, 2]}]
        assert [one["name"] for one in whole["outputs"]] == ["class", "probabilities"]
        assert (ready, versioned.json()) == ([True, True], whole)
        assert [(one.status_code, list(one.json())) for one in others] == [(404, ["error"])] * 3


class Harm:
    def __reduce__(self) -> Any:
        return os.mkdir, ("harmed",)


class TestLoading:
    @pytest.mark.parametrize("name", ["m.pkl", "m.joblib", "m.pt", "m.npy", "m.npz", "m.json", "m.ubj", "m.onnx"])
    def test_nothing_in_a_file_is_run(self, tmp_path, monkeypatch, name):
        monkeypatch.chdir(tmp_path)
        path = tmp_path / name
        path.write_bytes(pickle.dumps(Harm()))
        hidden = tmp_path / "hidden.npz"
        np.savez(hidden, weights_0=np.array([[Harm()]], dtype=object), bias_0=np.zeros(1))

        for harmful in (path, hidden):
            with pytest.raises(Unloadable):
                load(harmful)

        assert not (tmp_path / "harmed").exists()

    def test_a_directory_must_have_one_model(self, tmp_path):
        with pytest.raises(Unloadable, match="none"):
            load(tmp_path)
        path = line(tmp_path)
        assert load(tmp_path).platform == "numpy_dense"
        colours(tmp_path)
        with pytest.raises(Unloadable, match=path.name):
            load(tmp_path)

    @pytest.mark.parametrize(
        "arrays",
        [
            {"weights_0": np.eye(2)},
            {"weights_0": np.eye(2), "bias_0": np.zeros(3)},
            {"weights_0": np.eye(2), "bias_0": np.zeros(2), "weights_1": np.eye(3), "bias_1": np.zeros(3)},
            {"weights_0": np.eye(2), "bias_0": np.zeros(2), "classes": np.array(["one"])},
            {"other": np.eye(2)},
        ],
    )
    def test_layers_that_do_not_fit_are_refused(self, tmp_path, arrays):
        np.savez(tmp_path / "model.npz", **arrays)

        with pytest.raises(Unloadable):
            load(tmp_path)


class TestTheProgram:
    def test_serves_what_it_is_given_where_it_is_told(self, tmp_path):
        port = own_port(37_200)
        line(tmp_path)
        place = {"HANSE_FILES": str(tmp_path), "HOST": "127.0.0.1", "PORT": str(port)}
        server = subprocess.Popen([sys.executable, "-m", "model_server", "--name", "line"], env={**os.environ, **place})
        try:
            eventually(lambda: answers(f"http://127.0.0.1:{port}/v2/health/ready"), within=60, what="the model server")
            sent = {"inputs": [tensor("input", [1, 1], [1, 2])]}
            answer = httpx.post(f"http://127.0.0.1:{port}/v2/models/line/infer", json=sent).json()
        finally:
            server.terminate()
            server.wait()

        assert answer["outputs"][0]["data"] == [4.0]

    def test_ends_with_a_sentence_when_there_is_nothing_to_serve(self, tmp_path):
        ended = subprocess.run(
            [sys.executable, "-m", "model_server", "--model", str(tmp_path / "model.pkl")], capture_output=True, text=True
        )

        assert ended.returncode == 2
        assert "No model is served" in ended.stderr


def answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.HTTPError:
        return False
