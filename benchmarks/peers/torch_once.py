"""PyTorch as a program that makes one prediction and ends: torch_once.py FOLDER. Prints the first output, and the milliseconds since
it began, importing included. With --export it writes the models of PyTorch and ONNX Runtime from the weights in the folder."""

import sys
import time

START = time.perf_counter()

import os

import numpy
import torch

folder = sys.argv[1]
model = os.path.join(folder, "model.pt")
x = torch.from_numpy(numpy.fromfile(os.path.join(folder, "input.f32"), dtype="<f4")).reshape(1, 784)
torch.set_num_threads(1)
if "--export" in sys.argv:
    import safetensors
    from networks import NETWORKS

    network = NETWORKS["mlp"]().eval()
    network.load_state_dict(safetensors.read(os.path.join(folder, "weights.safetensors")))
    torch.jit.trace(network, x).save(model)
    torch.onnx.export(network, x, os.path.join(folder, "model.onnx"), opset_version=14, input_names=["input"], output_names=["output"])
else:
    with torch.no_grad():
        output = torch.jit.load(model)(x)
    print(f"{output[0, 0]:.6f} {1e3 * (time.perf_counter() - START):.3f}")
