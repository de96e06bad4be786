#!/usr/bin/python3
"""Trains small networks with PyTorch and differentiates its losses, for others to do the same and compare.

usage: reference.py FOLDER

Each network leaves in FOLDER/NAME/
    initial.safetensors   the weights before the first step, named as in nn.Sequential
    inputs.npy            320 samples; step k takes the 16 samples from 16 k on; inputs1.npy where there is a second input
    targets.npy           int32 classes, or float32 values
    outputs.npy           what the network says of the first 16 samples before the first step, as when predicting
    losses.npy            the mean loss of each of the 20 batches, before its step
    final.safetensors     the weights after the last step, and the running statistics

Each loss leaves in FOLDER/losses/NAME/, after one layer and for a single batch
    initial.safetensors, inputs.npy, targets.npy    as above
    loss.npy                                        the loss
    gradients.safetensors                           its gradients, named as the weights are

Each network over a graph leaves in FOLDER/graphs/NAME/, its nodes being one batch in every step
    initial.safetensors, inputs.npy, targets.npy, losses.npy, final.safetensors    as above; a target of -1 is none
    edges.npy                                                                      pairs of nodes
    owners.npy                                                                     where graphs are classified, the graph of each node

Weights and data are float32 numbers; everything else is done in double precision, so that what differs from it is the error of
the other side alone. The printed lines say how far PyTorch's own float32 computation is from that.
Needs python3-torch 1.13 or later and nothing else; without it the exit code is 77.
"""

import copy
import json
import math
import os
import struct
import sys

try:
    import numpy
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed (apt-get install python3-torch python3-numpy)")
    sys.exit(77)

import attention
import sequences

STEPS = 20
BATCH = 16
CLASSES = 10


class Residual(nn.Sequential):
    """x + layers(x): a sequence, so that the names stay plain."""

    def forward(self, x):
        return x + super().forward(x)


class Pair(nn.Module):
    """Two outputs of one input."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.left = nn.Linear(inputs, outputs)
        self.right = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.left(x), self.right(x)


class GlobalAveragePool(nn.Module):
    """The mean of each channel, as one layer."""

    def forward(self, x):
        return x.mean((2, 3))


def whole(kind):
    """A recurrent layer, batch first, with the states of every step for its output."""

    class Whole(kind):
        def __init__(self, *sizes, **options):
            super().__init__(*sizes, batch_first=True, **options)

        def forward(self, x):
            return super().forward(x)[0]

    return Whole


def last(kind):
    """The same with the last layer's states after the last step, those of both directions one after the other."""

    class Last(kind):
        def __init__(self, *sizes, **options):
            super().__init__(*sizes, batch_first=True, **options)

        def forward(self, x):
            h = super().forward(x)[1]
            h = h[0] if isinstance(h, tuple) else h
            return h[-2:].transpose(0, 1).flatten(1) if self.bidirectional else h[-1]

    return Last


class SmallUNet(nn.Module):
    """Down once and up again, with a way across."""

    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(conv(1, 8), nn.ReLU(), conv(8, 8), nn.ReLU())
        self.middle = nn.Sequential(conv(8, 16), nn.ReLU(), conv(16, 16), nn.ReLU())
        self.up = nn.ConvTranspose2d(16, 8, 2, stride=2)
        self.end = nn.Sequential(conv(16, 8), nn.ReLU(), nn.Conv2d(8, 3, 1))

    def forward(self, x):
        fine = self.down(x)
        return self.end(torch.cat([self.up(self.middle(functional.max_pool2d(fine, 2))), fine], 1))


class CausalConv1d(nn.Conv1d):
    """A convolution that sees nothing that comes later."""

    def forward(self, x):
        return super().forward(functional.pad(x, (self.dilation[0] * (self.kernel_size[0] - 1), 0)))


def conv(inputs, outputs, kernel=3, **options):
    return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, **options)


def norm(channels):
    """A normalisation whose weights are not those of the identity, so that mixing them up shows."""
    layer = nn.BatchNorm2d(channels)
    nn.init.uniform_(layer.weight, 0.5, 1.5)
    nn.init.uniform_(layer.bias, -0.2, 0.2)
    return layer


def cross_entropy(**options):
    def loss(output, target):
        weight = options.get("weight")
        return functional.cross_entropy(
            output, target, weight=None if weight is None else torch.tensor(weight, dtype=output.dtype),
            label_smoothing=options.get("label_smoothing", 0.0))

    return loss


# Name, shape of a sample, layers, optimiser, loss. Networks are made after the seed is set, hence the functions.
NETWORKS = [
    ("mlp_relu_sgd", (20,),
     lambda: [nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.1), cross_entropy()),

    ("mlp_tanh_adam", (20,),
     lambda: [nn.Linear(20, 32), nn.Tanh(), nn.Linear(32, 16), nn.Tanh(), nn.Linear(16, CLASSES)],
     lambda p: torch.optim.Adam(p, lr=0.003), cross_entropy()),

    ("cnn_maxpool_momentum", (1, 12, 12),
     lambda: [conv(1, 8), nn.ReLU(), nn.MaxPool2d(2), conv(8, 16), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(144, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9), cross_entropy()),

    ("residual_batchnorm_momentum", (3, 8, 8),
     lambda: [conv(3, 8, bias=False), norm(8), nn.ReLU(),
              Residual(conv(8, 8, bias=False), norm(8), nn.ReLU(), conv(8, 8, bias=False), norm(8)),
              nn.ReLU(), GlobalAveragePool(), nn.Linear(8, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), cross_entropy()),

    ("depthwise_separable_adam", (4, 8, 8),
     lambda: [conv(4, 4, groups=4), nn.ReLU(), conv(4, 16, kernel=1), nn.ReLU(),
              conv(16, 16, groups=16), nn.ReLU(), conv(16, 24, kernel=1), nn.ReLU(), GlobalAveragePool(), nn.Linear(24, CLASSES)],
     lambda p: torch.optim.Adam(p, lr=0.002, amsgrad=True), cross_entropy()),

    ("groupnorm_adagrad", (3, 8, 8),
     lambda: [conv(3, 16), nn.GroupNorm(4, 16), nn.SiLU(), conv(16, 16, stride=2), nn.GroupNorm(4, 16), nn.SiLU(), nn.Flatten(),
              nn.Linear(256, CLASSES)],
     lambda p: torch.optim.Adagrad(p, lr=0.01, initial_accumulator_value=0.01), cross_entropy()),

    ("layernorm_mlp_adamw", (24,),
     lambda: [nn.Linear(24, 32), nn.LayerNorm(32), nn.GELU(), nn.Linear(32, CLASSES)],
     lambda p: torch.optim.AdamW(p, lr=0.003, weight_decay=0.05), cross_entropy()),

    ("strided_avgpool_rmsprop", (2, 12, 12),
     lambda: [conv(2, 8, stride=2), nn.ReLU(), nn.AvgPool2d(2), conv(8, 16), nn.ReLU(), nn.Flatten(), nn.Linear(144, CLASSES)],
     lambda p: torch.optim.RMSprop(p, lr=0.001, alpha=0.95, momentum=0.5), cross_entropy()),

    ("wide_smoothed_weighted", (20,),
     lambda: [nn.Linear(20, 128), nn.ReLU(), nn.Linear(128, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.1),
     cross_entropy(label_smoothing=0.1, weight=[0.5 + (0.25 * i) for i in range(CLASSES)])),

    ("regression_huber_nesterov", (16,),
     lambda: [nn.Linear(16, 32), nn.ELU(), nn.Linear(32, 3)],
     lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
     lambda output, target: functional.huber_loss(output, target, delta=1.0)),

    ("rnn_sgd", (9, 6),
     lambda: [whole(nn.RNN)(6, 16), last(nn.RNN)(16, 12, nonlinearity="relu"), nn.Linear(12, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.1), cross_entropy()),

    ("gru_stacked_momentum", (11, 5),
     lambda: [whole(nn.GRU)(5, 20, num_layers=2), nn.Flatten(), nn.Linear(220, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), cross_entropy()),

    ("lstm_adam", (12, 7),
     lambda: [last(nn.LSTM)(7, 32), nn.Linear(32, CLASSES)],
     lambda p: torch.optim.Adam(p, lr=0.003), cross_entropy()),

    ("lstm_both_ways_stacked_adam", (8, 6),
     lambda: [last(nn.LSTM)(6, 16, num_layers=2, bidirectional=True), nn.Linear(32, CLASSES)],
     lambda p: torch.optim.Adam(p, lr=0.003), cross_entropy()),
    ("unet_momentum", (1, 16, 12), SmallUNet, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), cross_entropy()),

    ("transposed_sgd", (4, 5, 6),
     lambda: [nn.ConvTranspose2d(4, 6, 4, stride=2, padding=1), nn.ReLU6(),
              nn.ConvTranspose2d(6, 8, 3, stride=2, padding=1, output_padding=1, groups=2, bias=False), nn.InstanceNorm2d(8, affine=True), nn.ReLU(),
              conv(8, 8, stride=2), nn.PixelShuffle(2), nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False),
              nn.Conv2d(2, 6, 3), GlobalAveragePool(), nn.Linear(6, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.05), cross_entropy()),

    ("signals_adam", (3, 20),
     lambda: [CausalConv1d(3, 8, 3, dilation=2), nn.ReLU(), nn.Conv1d(8, 8, 3, padding=2, padding_mode="reflect"), nn.ReLU(), nn.MaxPool1d(2),
              nn.ConvTranspose1d(8, 6, 4, stride=2, padding=1), nn.Tanh(), nn.Conv1d(6, 4, 5, stride=2, groups=2), nn.Flatten(),
              nn.Linear(36, CLASSES)],
     lambda p: torch.optim.Adam(p, lr=0.003), cross_entropy()),

    ("inverted_residual_momentum", (3, 9, 8),
     lambda: [conv(3, 8, padding_mode="circular", bias=False), norm(8), nn.ReLU6(),
              Residual(conv(8, 32, kernel=1, bias=False), norm(32), nn.ReLU6(),
                       conv(32, 32, groups=32, padding_mode="replicate", bias=False), norm(32), nn.ReLU6(),
                       conv(32, 8, kernel=1, bias=False), norm(8)),
              GlobalAveragePool(), nn.Linear(8, CLASSES)],
     lambda p: torch.optim.SGD(p, lr=0.06, momentum=0.9), cross_entropy()),
]


INPUTS = 7
CLASS_WEIGHTS = [0.5, 2.0, 0.0, 1.25, 3.0]


def numbers(*shape):
    return lambda: 2 * torch.randn(BATCH, *shape)


def classes(*places):
    return lambda: torch.randint(5, (BATCH, *places))


def probabilities():
    return torch.randn(BATCH, 5).softmax(1)


def sparse_probabilities():
    """Some of them zero, the logarithm of which must not matter."""
    some = torch.rand(BATCH, 5) * (torch.rand(BATCH, 5) < 0.6) + 0.1 * torch.eye(5)[torch.randint(5, (BATCH,))]
    return some / some.sum(1, keepdim=True)


def signs():
    return torch.where(torch.rand(BATCH) < 0.5, 1.0, -1.0)


def scores():
    return nn.Sequential(nn.Linear(INPUTS, 5))


def gaussian(output, target):
    mean, raw = output.chunk(2, 1)
    return nn.GaussianNLLLoss()(mean, target, functional.softplus(raw) + 1e-6)


def alike(output, target):
    return nn.CosineEmbeddingLoss()(output, target, torch.ones(len(target), dtype=output.dtype))


# Name, the one layer, targets, loss.
LOSSES = [
    ("cross_entropy", scores, classes(), cross_entropy()),
    ("cross_entropy_smoothed", scores, classes(), cross_entropy(label_smoothing=0.2)),
    ("cross_entropy_weighted", scores, classes(), cross_entropy(weight=CLASS_WEIGHTS)),
    ("cross_entropy_weighted_smoothed", scores, classes(), cross_entropy(weight=CLASS_WEIGHTS, label_smoothing=0.2)),
    ("cross_entropy_soft", scores, probabilities, cross_entropy()),
    ("cross_entropy_soft_smoothed", scores, probabilities, cross_entropy(label_smoothing=0.2)),
    ("cross_entropy_soft_weighted_smoothed", scores, probabilities, cross_entropy(weight=CLASS_WEIGHTS, label_smoothing=0.2)),
    ("cross_entropy_of_pixels", lambda: nn.Sequential(nn.Conv2d(2, 5, 1)), classes(3, 4), cross_entropy()),
    ("cross_entropy_of_pixels_weighted_smoothed", lambda: nn.Sequential(nn.Conv2d(2, 5, 1)), classes(3, 4),
     cross_entropy(weight=CLASS_WEIGHTS, label_smoothing=0.2)),
    ("binary_cross_entropy", scores, lambda: torch.rand(BATCH, 5).round(), nn.BCEWithLogitsLoss()),
    ("binary_cross_entropy_soft", scores, lambda: torch.rand(BATCH, 5), nn.BCEWithLogitsLoss()),
    ("mean_squared_error", scores, numbers(5), nn.MSELoss()),
    ("l1", scores, numbers(5), nn.L1Loss()),
    ("huber", scores, numbers(5), nn.HuberLoss()),
    ("huber_delta", scores, numbers(5), nn.HuberLoss(delta=0.6)),
    ("kullback_leibler", lambda: nn.Sequential(nn.Linear(INPUTS, 5), nn.LogSoftmax(1)), probabilities, nn.KLDivLoss(reduction="batchmean")),
    ("kullback_leibler_sparse", lambda: nn.Sequential(nn.Linear(INPUTS, 5), nn.LogSoftmax(1)), sparse_probabilities,
     nn.KLDivLoss(reduction="batchmean")),
    ("gaussian_nll", lambda: nn.Sequential(nn.Linear(INPUTS, 6)), numbers(3), gaussian),
    ("cosine_embedding", scores, numbers(5), alike),
    ("cosine_embedding_pair", lambda: Pair(INPUTS, 5), signs, lambda output, target: nn.CosineEmbeddingLoss()(*output, target)),
    ("cosine_embedding_pair_margin", lambda: Pair(INPUTS, 5), signs,
     lambda output, target: nn.CosineEmbeddingLoss(margin=0.3)(*output, target)),
]


def make(layers):
    """A sequence of layers, or a module of its own kind."""
    made = layers()
    return made if isinstance(made, nn.Module) else nn.Sequential(*made)


def make_data(name, shape, layers):
    """Inputs, and targets that can be learnt: what another network of the same kind says, and some noise."""
    inputs = shape(STEPS * BATCH) if callable(shape) else (torch.randn(STEPS * BATCH, *shape),)
    teacher = make(layers).eval()
    with torch.no_grad():
        said = teacher(*inputs)
        said = (said - said.mean(0)) / said.std(0)
        said = said + 0.3 * torch.randn(said.shape)
    # Some targets of the regression are far off, where its loss is linear.
    # Classes are the last axis, but for images, whose rows and columns come after them.
    return inputs, 1.5 * said if name.startswith("regression") else said.argmax(1 if said.dim() == 4 else -1)


def in_precision(inputs, dtype):
    """Numbers in a precision; ids stay what they are."""
    return [i.to(dtype) if i.is_floating_point() else i for i in inputs]


def train(network, inputs, targets, make_optimizer, loss, dtype):
    network = copy.deepcopy(network).to(dtype).train()
    inputs = in_precision(inputs, dtype)
    targets = targets.to(dtype) if targets.is_floating_point() else targets
    optimizer = make_optimizer(network.parameters())
    losses = []
    for step in range(STEPS):
        batch = slice(step * BATCH, (step + 1) * BATCH)
        optimizer.zero_grad()
        value = loss(network(*(i[batch] for i in inputs)), targets[batch])
        value.backward()
        optimizer.step()
        losses.append(float(value))
    return network, losses


def tensors(network):
    """All that is a number with a fraction: the count of batches is none."""
    return {name: t.detach().double() for name, t in network.state_dict().items() if t.is_floating_point()}


def write_safetensors(path, named):
    """Eight bytes: the length of the header; the header as JSON, filled up with spaces; the numbers one after another."""
    header, data = {}, b""
    for name, tensor in named.items():
        raw = tensor.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def distance(a, b):
    """The greatest difference of two sets of tensors, in units of each tensor's greatest number."""
    return max(float((a[name] - b[name]).abs().max() / a[name].abs().max()) for name in a)


def save(here, name, values):
    kind = "<f4" if values.is_floating_point() else "<i4"
    numpy.save(os.path.join(here, name), values.detach().numpy().astype(kind))


def compare_training(folder, name, shape, layers, make_optimizer, loss):
    inputs, targets = make_data(name, shape, layers)
    initial = make(layers)
    final, losses = train(initial, inputs, targets, make_optimizer, loss, torch.float64)
    single, single_losses = train(initial, inputs, targets, make_optimizer, loss, torch.float32)

    here = os.path.join(folder, name)
    os.makedirs(here, exist_ok=True)
    write_safetensors(os.path.join(here, "initial.safetensors"), tensors(initial))
    write_safetensors(os.path.join(here, "final.safetensors"), tensors(final))
    for number, values in enumerate(inputs):
        save(here, f"inputs{number or ''}.npy", values)
    save(here, "targets.npy", targets)
    with torch.no_grad():
        save(here, "outputs.npy", copy.deepcopy(initial).double().eval()(*in_precision([i[:BATCH] for i in inputs], torch.float64)))
    save(here, "losses.npy", torch.tensor(losses))

    by_loss = max(abs(a - b) / abs(a) for a, b in zip(losses, single_losses))
    print(f"{name:28} loss {losses[0]:.4f} to {losses[-1]:.4f}; float32 differs by {by_loss:.1e} in losses, "
          f"{distance(tensors(final), tensors(single)):.1e} in weights", flush=True)


def differentiate(network, inputs, targets, loss, dtype):
    network = copy.deepcopy(network).to(dtype)
    value = loss(network(inputs.to(dtype)), targets.to(dtype) if targets.is_floating_point() else targets)
    value.backward()
    return value, {name: p.grad.double() for name, p in network.named_parameters()}


def compare_loss(folder, name, layer, make_targets, loss):
    network = layer()
    targets = make_targets()
    inputs = 2 * torch.randn(BATCH, *((2, 3, 4) if "pixels" in name else (INPUTS,)))
    value, gradients = differentiate(network, inputs, targets, loss, torch.float64)
    single, single_gradients = differentiate(network, inputs, targets, loss, torch.float32)

    here = os.path.join(folder, "losses", name)
    os.makedirs(here, exist_ok=True)
    write_safetensors(os.path.join(here, "initial.safetensors"), tensors(network))
    write_safetensors(os.path.join(here, "gradients.safetensors"), gradients)
    save(here, "inputs.npy", inputs)
    save(here, "targets.npy", targets)
    save(here, "loss.npy", value)

    print(f"{name:42} loss {float(value):.4f}; float32 differs by {abs(float(value) - float(single)) / abs(float(value)):.1e}, "
          f"{distance(gradients, single_gradients):.1e} in gradients", flush=True)


NODES = 60
GRAPH_COUNT = 40


class GraphConv(nn.Module):
    """D^-1/2 (A + I) D^-1/2 x W + b, with a dense matrix."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) / inputs ** 0.5)
        self.bias = nn.Parameter(0.1 * torch.randn(outputs))

    def forward(self, x, adjacency):
        looped = adjacency + torch.eye(len(adjacency), dtype=x.dtype)
        scale = looped.sum(1).rsqrt()
        return scale[:, None] * looped * scale @ x @ self.weight + self.bias


class GraphSage(nn.Module):
    """The mean of the neighbours times one matrix, plus the node itself times another, as in PyTorch Geometric."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.lin_l = nn.Linear(inputs, outputs)
        self.lin_r = nn.Linear(inputs, outputs, bias=False)

    def forward(self, x, adjacency):
        mean = adjacency / adjacency.sum(1, keepdim=True).clamp(min=1)
        return self.lin_l(mean @ x) + self.lin_r(x)


class Gat(nn.Module):
    """Attention over neighbours with a softmax over a masked dense matrix; parameters as in PyTorch Geometric."""

    def __init__(self, inputs, outputs, heads, concat=True):
        super().__init__()
        self.lin = nn.Linear(inputs, heads * outputs, bias=False)
        self.att_src = nn.Parameter(torch.randn(1, heads, outputs))
        self.att_dst = nn.Parameter(torch.randn(1, heads, outputs))
        self.bias = nn.Parameter(0.1 * torch.randn(heads * outputs if concat else outputs))
        self.concat = concat

    def forward(self, x, adjacency):
        h = self.lin(x).unflatten(1, self.att_src.shape[1:])
        source, own = (h * self.att_src).sum(2), (h * self.att_dst).sum(2)
        scores = functional.leaky_relu(own[:, None] + source, 0.2)
        absent = adjacency + torch.eye(len(adjacency), dtype=x.dtype) == 0
        weights = scores.masked_fill(absent[:, :, None], -math.inf).softmax(1)
        y = torch.einsum("ijh,jhn->ihn", weights, h)
        return (y.flatten(1) if self.concat else y.mean(1)) + self.bias


class OverGraph(nn.Sequential):
    """Layers one after another, those over a graph being given its matrix."""

    def __init__(self, adjacency, *layers):
        super().__init__(*layers)
        self.adjacency = adjacency

    def forward(self, x):
        for layer in self:
            x = layer(x, self.adjacency.to(x.dtype)) if isinstance(layer, (GraphConv, GraphSage, Gat)) else layer(x)
        return x


# Name, layers.
GRAPHS = [
    ("convolutions", lambda: [GraphConv(12, 20), nn.ReLU(), GraphConv(20, 5)]),
    ("means", lambda: [GraphSage(12, 8), nn.Tanh(), GraphSage(8, 5)]),
    ("attention", lambda: [Gat(12, 6, 3), nn.ELU(), Gat(18, 5, 2, concat=False)]),
]


class Pooled(nn.Module):
    """One row a graph, of the rows of its nodes, which follow those of the graph before."""

    def __init__(self, owners, kind):
        super().__init__()
        self.sizes = torch.bincount(owners).tolist()
        self.kind = kind

    def forward(self, x):
        parts = x.split(self.sizes)
        return torch.stack([part.max(0).values if self.kind == "max" else getattr(part, self.kind)(0) for part in parts])


# Name, layers before the pooling, which one, layers after it.
POOLED = [
    ("pooled means", lambda: [GraphConv(12, 20), nn.ReLU(), GraphConv(20, 9), nn.Tanh()], "mean", lambda: [nn.Linear(9, 5)]),
    ("pooled sums", lambda: [GraphSage(12, 8), nn.Tanh()], "sum", lambda: [nn.Linear(8, 6), nn.ReLU(), nn.Linear(6, 5)]),
    ("pooled maxima", lambda: [Gat(12, 6, 3), nn.ELU()], "max", lambda: [nn.Linear(18, 5)]),
]


def compare_pooled(folder, name, before, kind, after):
    owners = torch.arange(GRAPH_COUNT).repeat_interleave(torch.randint(1, 13, (GRAPH_COUNT,)))
    nodes = len(owners)
    pairs = torch.unique(torch.randint(nodes, (30 * nodes, 2)).sort(1).values, dim=0)
    pairs = pairs[(pairs[:, 0] != pairs[:, 1]) & (owners[pairs[:, 0]] == owners[pairs[:, 1]])]
    targets = torch.randint(5, (GRAPH_COUNT,))
    train_over(folder, name, pairs, torch.randn(nodes, 12), targets, lambda adjacency: OverGraph(adjacency, *before(), Pooled(owners, kind), *after()))
    save(os.path.join(folder, "graphs", name), "owners.npy", owners)


def compare_graph(folder, name, layers):
    pairs = torch.unique(torch.randint(NODES - 1, (3 * NODES, 2)).sort(1).values, dim=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    inputs = torch.randn(NODES, 12)
    targets = torch.where(torch.rand(NODES) < 0.4, torch.randint(5, (NODES,)), -1)
    train_over(folder, name, pairs, inputs, targets, lambda adjacency: OverGraph(adjacency, *layers()))


def train_over(folder, name, pairs, inputs, targets, make):
    adjacency = torch.zeros(len(inputs), len(inputs))
    adjacency[pairs[:, 0], pairs[:, 1]] = adjacency[pairs[:, 1], pairs[:, 0]] = 1
    initial = make(adjacency)
    network = copy.deepcopy(initial).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        value = functional.cross_entropy(network(inputs.double()), targets, ignore_index=-1)
        value.backward()
        optimizer.step()
        losses.append(float(value))

    here = os.path.join(folder, "graphs", name)
    os.makedirs(here, exist_ok=True)
    write_safetensors(os.path.join(here, "initial.safetensors"), tensors(initial))
    write_safetensors(os.path.join(here, "final.safetensors"), tensors(network))
    save(here, "inputs.npy", inputs)
    save(here, "targets.npy", targets)
    save(here, "edges.npy", pairs)
    save(here, "losses.npy", torch.tensor(losses))
    print(f"{name:28} loss {losses[0]:.4f} to {losses[-1]:.4f}", flush=True)


def main(folder):
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for seed, network in enumerate(NETWORKS + attention.NETWORKS + sequences.NETWORKS, start=1):
        torch.manual_seed(seed)
        compare_training(folder, *network)
    for seed, loss in enumerate(LOSSES, start=1):
        torch.manual_seed(seed)
        compare_loss(folder, *loss)
    for seed, graph in enumerate(GRAPHS, start=1):
        torch.manual_seed(seed)
        compare_graph(folder, *graph)
    for seed, graph in enumerate(POOLED, start=1):
        torch.manual_seed(seed)
        compare_pooled(folder, *graph)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__)
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else 2)
    main(sys.argv[1])
