"""A server of models, which any app may run as its command: `python -m model_server`.

It speaks the Open Inference Protocol, version 2, over REST (https://github.com/kserve/open-inference-protocol), and loads
only what cannot run code: ONNX graphs, XGBoost's JSON and UBJ, and dense networks as NumPy arrays. Nothing of Hanse is
imported: an app is a program like any other.
"""
