"""The networks of the benchmarks, as a user of PyTorch writes them; parameters are named as DeepGen names its own."""

import math

import torch
from torch import nn
from torch.nn import functional


class GlobalAveragePool(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def conv_norm(inputs, outputs, kernel, stride=1):
    return [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]


class BasicBlock(nn.Module):
    """Two convolutions and a way around them, which is a projection where the block halves the image."""

    def __init__(self, inputs, outputs):
        super().__init__()
        stride = 1 if inputs == outputs else 2
        self.body = nn.Sequential(*conv_norm(inputs, outputs, 3, stride), nn.ReLU(), *conv_norm(outputs, outputs, 3))
        if stride == 2:
            self.shortcut = nn.Sequential(*conv_norm(inputs, outputs, 1, stride))

    def forward(self, x):
        around = self.shortcut(x) if hasattr(self, "shortcut") else x
        return functional.relu(self.body(x) + around)


def dense(*widths, activation=nn.ReLU):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), activation()]
    return layers


def mlp():
    return nn.Sequential(*dense(784, 256, 128), nn.Linear(128, 10))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))


def resnet20():
    def stack(channels, count):
        return nn.Sequential(*[BasicBlock(channels, channels) for _ in range(count)])

    return nn.Sequential(
        *conv_norm(3, 16, 3), nn.ReLU(), stack(16, 3), BasicBlock(16, 32), stack(32, 2), BasicBlock(32, 64), stack(64, 2),
        GlobalAveragePool(), nn.Linear(64, 10))


class UNet(nn.Module):
    """Down twice and up again, with a way across at each size."""

    def __init__(self):
        super().__init__()

        def pair(inputs, outputs):
            return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.Conv2d(outputs, outputs, 3, padding=1), nn.ReLU())

        self.down1, self.down2, self.middle = pair(1, 16), pair(16, 32), pair(32, 64)
        self.grow2, self.up2 = nn.ConvTranspose2d(64, 32, 2, 2), pair(64, 32)
        self.grow1, self.up1 = nn.ConvTranspose2d(32, 16, 2, 2), pair(32, 16)
        self.last = nn.Conv2d(16, 1, 1)

    def forward(self, x):
        fine = self.down1(x)
        coarse = self.down2(functional.max_pool2d(fine, 2))
        middle = self.middle(functional.max_pool2d(coarse, 2))
        up = self.up2(torch.cat([self.grow2(middle), coarse], 1))
        return self.last(self.up1(torch.cat([self.grow1(up), fine], 1)))


def wide_mlp():
    return nn.Sequential(*dense(1024, 1024, 1024, 1024, 1024))


def tiny_mlp():
    return nn.Sequential(*dense(4, 16, 16, activation=nn.Tanh), nn.Linear(16, 2))


class GraphConvolution(nn.Module):
    def __init__(self, inputs, units):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(inputs, units)), nn.Parameter(torch.empty(units))


class Gcn(nn.ModuleDict):
    """Kipf and Welling's network. Takes two functions: the products with the graph and with the words of all nodes."""

    def __init__(self, inputs=1433, hidden=16, classes=7):
        super().__init__({"0": GraphConvolution(inputs, hidden), "2": GraphConvolution(hidden, classes)})
        self.inputs = inputs

    def forward(self, products):
        graph, words = products
        h = functional.relu(graph(words(self["0"].weight)) + self["0"].bias)
        return graph(h @ self["2"].weight) + self["2"].bias


class LastState(nn.LSTM):
    """The state after the last step."""

    def forward(self, x):
        return super().forward(x)[0][:, -1]


def lstm():
    return nn.Sequential(LastState(32, 128, batch_first=True), nn.Linear(128, 10))


class Attention(nn.Module):
    """Each position looks at itself and those before it; one product makes queries, keys and values."""

    def __init__(self, width, heads, length):
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.empty(3 * width))
        self.out_proj = nn.Linear(width, width)
        self.register_buffer("later", torch.full((length, length), -math.inf).triu(1), persistent=False)

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = (
            t.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for t in functional.linear(x, self.in_proj_weight, self.in_proj_bias).split(width, 2))
        scores = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(width // self.heads)) + self.later
        y = scores.softmax(-1) @ v
        return self.out_proj(y.transpose(1, 2).reshape(batch, length, width))

    def step(self, x, keys, values):
        """The same for one more position, after those whose keys and values are given."""
        batch, _, width = x.shape
        q, k, v = (
            t.view(batch, 1, self.heads, width // self.heads).transpose(1, 2)
            for t in functional.linear(x, self.in_proj_weight, self.in_proj_bias).split(width, 2))
        keys, values = torch.cat([keys, k], 2), torch.cat([values, v], 2)
        scores = (q @ keys.transpose(-2, -1)) * (1 / math.sqrt(width // self.heads))
        y = scores.softmax(-1) @ values
        return self.out_proj(y.transpose(1, 2).reshape(batch, 1, width)), keys, values


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Positions(nn.Module):
    def __init__(self, length, width):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(length, width))

    def forward(self, x):
        return x + self.weight


class Tied(nn.Module):
    """Scores by the weight of the embedding, which owns it."""

    def __init__(self, embedding):
        super().__init__()
        self.embedding = [embedding]

    def forward(self, x):
        return functional.linear(x, self.embedding[0].weight)


def gpt(width=128, heads=4, length=128, vocabulary=65, blocks=4):
    embedding = nn.Embedding(vocabulary, width)
    return nn.Sequential(
        embedding, Positions(length, width),
        nn.Sequential(*[nn.Sequential(
            Residual(nn.LayerNorm(width), Attention(width, heads, length)),
            Residual(nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.GELU(approximate="tanh"), nn.Linear(4 * width, width)))
            for _ in range(blocks)]),
        nn.LayerNorm(width), Tied(embedding))


class Decoder(nn.Sequential):
    """A GPT that takes one id, and keys and values of those before, block after block."""

    def forward(self, token, *past):
        embedding, positions, blocks, last, head = self
        x = embedding(token) + positions.weight[past[0].shape[2]]
        present = []
        for i, (attend, think) in enumerate(blocks):
            norm, attention = attend
            y, keys, values = attention.step(norm(x), past[2 * i], past[2 * i + 1])
            x = think(x + y)
            present += [keys, values]
        return (head(last(x)), *present)

    def remember(self, tokens):
        attention = self[2][0][0][1]
        past = [torch.zeros(1, attention.heads, 0, attention.in_proj_weight.shape[1] // attention.heads)] * (2 * len(self[2]))
        for token in tokens:
            past = self(token.view(1, 1), *past)[1:]
        return list(past)


NETWORKS = {"mlp": mlp, "cnn": cnn, "resnet20": resnet20, "lstm": lstm, "unet": UNet, "wide_mlp": wide_mlp, "tiny_mlp": tiny_mlp, "gpt": gpt, "gcn": Gcn,
            "gpt_decoder": lambda: Decoder(*gpt())}
