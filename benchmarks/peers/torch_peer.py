"""PyTorch as a peer: answers the driver's lines, see peer.h for the protocol. Started with the number of threads.

prepare HANDLE predict VARIANT NETWORK BATCH FOLDER 0       variants: eager, channels_last, freeze, optimize
prepare HANDLE sgd|adam|adamw VARIANT NETWORK BATCH FOLDER RATE   variants: eager, channels_last; over a graph: coo, csr, csr and dense words
export NETWORK BATCH FOLDER                                 writes FOLDER/model.onnx for ONNX Runtime
networks FILE                                               takes more networks from a Python file
"""

import gc
import os
import runpy
import sys
import time
import warnings

import numpy
import torch
from torch.nn import functional

import safetensors
from networks import NETWORKS

warnings.filterwarnings("ignore")


def load(network, folder):
    made = NETWORKS[network]()
    weights = safetensors.read(os.path.join(folder, "weights.safetensors"))
    missing = [name for name, tensor in made.state_dict().items() if tensor.is_floating_point() and name not in weights]
    unknown = [name for name in weights if name not in made.state_dict()]
    if missing or unknown:
        raise ValueError(f"weights of {network}: missing {missing}, unknown {unknown}")
    made.load_state_dict(weights, strict=False)
    return made


def numbers(folder, name, shape, kind="<f4"):
    # Copied, for PyTorch aligns better than NumPy does.
    return torch.from_numpy(numpy.fromfile(os.path.join(folder, name), dtype=kind)).reshape(shape).clone()


def read_input(batch, folder):
    with open(os.path.join(folder, "input.shape"), encoding="ascii") as file:
        shape = [int(size) for size in file.read().split()]
    if os.path.exists(os.path.join(folder, "input.i64")):
        return numbers(folder, "input.i64", [batch, *shape], "<i8")
    return numbers(folder, "input.f32", [batch, *shape])


def formatted(value, variant):
    return value.to(memory_format=torch.channels_last) if variant == "channels_last" else value


class Prediction:
    def __init__(self, variant, network, batch, folder):
        model = formatted(load(network, folder).eval(), variant)
        self.input = formatted(read_input(batch, folder), variant)
        if variant in ("freeze", "optimize"):
            with torch.no_grad():
                traced = torch.jit.trace(model, self.input)
                model = torch.jit.freeze(traced) if variant == "freeze" else torch.jit.optimize_for_inference(traced)
        self.model = model
        # A traced model does not run in inference mode; for the others that is the faster one.
        self.mode = torch.no_grad if variant in ("freeze", "optimize") else torch.inference_mode

    def repeat(self, count):
        model, x = self.model, self.input
        with self.mode():
            start = time.perf_counter_ns()
            for _ in range(count):
                model(x)
            return time.perf_counter_ns() - start

    def result(self, path, _):
        with self.mode():
            self.model(self.input).contiguous().numpy().astype("<f4").tofile(path)


class Training:
    def __init__(self, optimizer, variant, network, batch, folder, rate):
        self.model = formatted(load(network, folder).train(), variant)
        self.input = formatted(read_input(batch, folder), variant)
        if os.path.exists(os.path.join(folder, "target.i32")):
            self.target = numbers(folder, "target.i32", [-1], "<i4").long()
            # Classes lie along the last axis; a sequence has a target for each position.
            self.loss = lambda output, target: functional.cross_entropy(output.flatten(0, -2), target)
        else:
            with torch.no_grad():
                shape = self.model.eval()(self.input).shape
            self.model.train()
            self.target = formatted(numbers(folder, "target.f32", shape), variant if len(shape) == 4 else "eager")
            self.loss = functional.mse_loss
        # The epsilons are DeepGen's too: with the usual one, gradients that are rounding alone would move weights apart.
        make, options = {"sgd": (torch.optim.SGD, {}), "adam": (torch.optim.Adam, {"eps": 1e-6}), "adamw": (torch.optim.AdamW, {"eps": 1e-5})}[optimizer]
        self.optimizer = make(self.model.parameters(), lr=rate, foreach=True, **options)

    def repeat(self, count):
        start = time.perf_counter_ns()
        for _ in range(count):
            self.optimizer.zero_grad(set_to_none=True)
            self.loss(self.model(self.input), self.target).backward()
            self.optimizer.step()
        return time.perf_counter_ns() - start

    def result(self, path, steps):
        self.repeat(steps)
        safetensors.write(path, {name: t for name, t in self.model.state_dict().items() if t.is_floating_point()})


class GraphTraining(Training):
    """The samples are the nodes of a graph, few of which have a class."""

    def __init__(self, optimizer, variant, network, batch, folder, rate):
        edges = numbers(folder, "edges.i32", [2, -1], "<i4").long()
        starts = numbers(folder, "words.starts.i32", [-1], "<i4").long()
        columns = numbers(folder, "words.columns.i32", [-1], "<i4").long()
        rows = torch.repeat_interleave(torch.arange(batch), starts[1:] - starts[:-1])
        self.model = load(network, folder).train()
        words = torch.sparse_coo_tensor(torch.stack([rows, columns]), numbers(folder, "words.f32", [-1]), [batch, self.model.inputs]).coalesce()
        graph = normalised(edges, batch)
        if variant == "coo":
            self.input = CooProduct(graph), CooProduct(words)
        else:
            self.input = CsrProduct(graph), words.to_dense().matmul if variant.endswith("dense words") else CsrProduct(words)
        target = numbers(folder, "target.i32", [-1], "<i4").long()
        known = (target >= 0).nonzero().flatten()
        self.target = target[known]
        self.loss = lambda output, target: functional.cross_entropy(output[known], target)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=rate, eps=1e-6, foreach=True)


def normalised(edges, nodes):
    """D^-1/2 (A + I) D^-1/2."""
    own = torch.arange(nodes).expand(2, nodes)
    pairs = torch.cat([edges, edges.flip(0), own], 1)
    scale = torch.bincount(pairs[0], minlength=nodes).double().rsqrt()
    return torch.sparse_coo_tensor(pairs, (scale[pairs[0]] * scale[pairs[1]]).float(), [nodes, nodes]).coalesce()


class CooProduct:
    def __init__(self, matrix):
        self.matrix = matrix

    def __call__(self, x):
        return torch.sparse.mm(self.matrix, x)


class CsrProduct:
    """A product with a matrix that has no gradient, whose transpose is made once."""

    class Function(torch.autograd.Function):
        @staticmethod
        def forward(context, x, matrix, transpose):
            context.transpose = transpose
            return matrix @ x

        @staticmethod
        def backward(context, slope):
            return context.transpose @ slope, None, None

    def __init__(self, matrix):
        self.matrix, self.transpose = matrix.to_sparse_csr(), matrix.t().coalesce().to_sparse_csr()

    def __call__(self, x):
        return self.Function.apply(x, self.matrix, self.transpose)


def export(network, batch, folder):
    model = load(network, folder).eval()
    with torch.no_grad():
        past = remember(model, folder)
        torch.onnx.export(model, (read_input(int(batch), folder), *past), os.path.join(folder, "model.onnx"), opset_version=14,
                          input_names=["input", *[f"past{i}" for i in range(len(past))]],
                          output_names=["output", *[f"present{i}" for i in range(len(past))]], do_constant_folding=True)


def remember(model, folder):
    """What a decoder remembers of the ids before, which ONNX Runtime is handed with the next one."""
    if not os.path.exists(os.path.join(folder, "past.i64")):
        return []
    past = model.remember(numbers(folder, "past.i64", [-1], "<i8"))
    for i, tensor in enumerate(past):
        tensor.numpy().astype("<f4").tofile(os.path.join(folder, f"past{i}.f32"))
    return past


def answer(tasks, command, *words):
    if command == "prepare":
        handle, kind, variant, network, batch, folder, rate = words
        tasks[handle] = (Prediction(variant, network, int(batch), folder) if kind == "predict"
                         else (GraphTraining if network == "gcn" else Training)(kind, variant, network, int(batch), folder, float(rate)))
        return ""
    if command == "time":
        return tasks[words[0]].repeat(int(words[1]))
    if command == "result":
        tasks[words[0]].result(words[1], int(words[2]))
    elif command == "drop":
        del tasks[words[0]]
        gc.collect()
    elif command == "export":
        export(*words)
    elif command == "networks":
        NETWORKS.update(runpy.run_path(words[0])["NETWORKS"])
    else:
        raise ValueError(f"unknown command {command}")
    return ""


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    gc.disable()
    # What libraries print must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    tasks = {}
    print(f"ok\tPyTorch {torch.__version__}", file=answers, flush=True)
    for line in sys.stdin:
        words = line.rstrip("\n").split("\t")
        if words == ["quit"]:
            break
        try:
            reply = f"ok\t{answer(tasks, *words)}"
        except Exception as error:  # whatever it is, the driver reports it and goes on without this peer
            reply = "no\t" + " ".join(f"{type(error).__name__}: {error}".split())[:300]
        print(reply, file=answers, flush=True)


main()
