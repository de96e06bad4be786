"""Networks with attention, for reference.py: modules named as DeepGen names its parameters."""

import math

import torch
from torch import nn
from torch.nn import functional

LENGTH, WIDTH, HEADS = 6, 16, 4
VOCABULARY, TOKENS = 11, 20


class SelfAttention(nn.MultiheadAttention):
    """One operand, one result."""

    def __init__(self, width, heads, causal=False):
        super().__init__(width, heads, batch_first=True)
        self.causal = causal
        nn.init.uniform_(self.in_proj_bias, -0.2, 0.2)
        nn.init.uniform_(self.out_proj.bias, -0.2, 0.2)

    def forward(self, x, mask=None):
        length = x.shape[1]
        later = torch.ones(length, length, dtype=torch.bool).triu(1) if self.causal else None
        return super().forward(x, x, x, key_padding_mask=None if mask is None else mask == 0, attn_mask=later, need_weights=False)[0]


class Masked(nn.Module):
    """Keys that a second input leaves out."""

    def __init__(self):
        super().__init__()
        self.attend = SelfAttention(WIDTH, HEADS)
        self.head = nn.Linear(LENGTH * WIDTH, 10)

    def forward(self, x, mask):
        return self.head(self.attend(x, mask).flatten(1))


class Cross(nn.Module):
    """Queries of one input, keys and values of another, of another length and width."""

    def __init__(self):
        super().__init__()
        self.attend = nn.MultiheadAttention(WIDTH, HEADS, kdim=12, vdim=12, batch_first=True)
        self.head = nn.Linear(LENGTH * WIDTH, 10)

    def forward(self, x, memory):
        return self.head(self.attend(x, memory, memory, need_weights=False)[0].flatten(1))


def turned(x):
    """Rotary positions of [batch, heads, length, size], halves turned together."""
    length, size = x.shape[2:]
    frequencies = 10000.0 ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * frequencies
    cosine, sine = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    a, b = x.chunk(2, -1)
    return torch.cat((a * cosine - b * sine, b * cosine + a * sine), -1)


class GroupedAttention(nn.Module):
    """Llama's: two heads of keys and values for four of queries, rotary positions, no biases."""

    def __init__(self, width, heads, groups):
        super().__init__()
        self.heads, self.groups, self.size = heads, groups, width // heads
        self.q_proj = nn.Linear(width, width, bias=False)
        self.k_proj = nn.Linear(width, groups * self.size, bias=False)
        self.v_proj = nn.Linear(width, groups * self.size, bias=False)
        self.o_proj = nn.Linear(width, width, bias=False)

    def forward(self, x):
        batch, length, width = x.shape

        def heads(y, count):
            return y.view(batch, length, count, self.size).transpose(1, 2)

        q, k, v = heads(self.q_proj(x), self.heads), heads(self.k_proj(x), self.groups), heads(self.v_proj(x), self.groups)
        q, k = turned(q), turned(k)
        k, v = (t.repeat_interleave(self.heads // self.groups, 1) for t in (k, v))
        scores = q @ k.transpose(-2, -1) / math.sqrt(self.size)
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        y = scores.masked_fill(later, -math.inf).softmax(-1) @ v
        return self.o_proj(y.transpose(1, 2).reshape(batch, length, width))


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(width).uniform_(0.5, 1.5))

    def forward(self, x):
        return x * (x.square().mean(-1, keepdim=True) + 1e-5).rsqrt() * self.weight


class SwiGlu(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.gate_proj = nn.Linear(width, hidden, bias=False)
        self.up_proj = nn.Linear(width, hidden, bias=False)
        self.down_proj = nn.Linear(hidden, width, bias=False)

    def forward(self, x):
        return self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Positions(nn.Module):
    def __init__(self, length, width):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(length, width).normal_(0, 0.3))

    def forward(self, x):
        return x + self.weight[:x.shape[1]]


class Tied(nn.Module):
    """Scores by another layer's weight, which is not registered here."""

    def __init__(self, other):
        super().__init__()
        self.other = [other]

    def forward(self, x):
        return functional.linear(x, self.other[0].weight)


def norm(width):
    layer = nn.LayerNorm(width)
    nn.init.uniform_(layer.weight, 0.5, 1.5)
    nn.init.uniform_(layer.bias, -0.2, 0.2)
    return layer


def gpt():
    embedding = nn.Embedding(VOCABULARY, WIDTH)
    nn.init.normal_(embedding.weight, 0, 0.5)
    blocks = [nn.Sequential(
        Residual(norm(WIDTH), SelfAttention(WIDTH, HEADS, causal=True)),
        Residual(norm(WIDTH), nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(approximate="tanh"), nn.Linear(4 * WIDTH, WIDTH))) for _ in range(2)]
    return nn.Sequential(embedding, Positions(TOKENS, WIDTH), nn.Sequential(*blocks), norm(WIDTH), Tied(embedding))


def llama():
    embedding = nn.Embedding(VOCABULARY, WIDTH)
    blocks = [nn.Sequential(
        Residual(RmsNorm(WIDTH), GroupedAttention(WIDTH, 4, 2)), Residual(RmsNorm(WIDTH), SwiGlu(WIDTH, 24))) for _ in range(2)]
    return nn.Sequential(embedding, nn.Sequential(*blocks), RmsNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY, bias=False))


def sequences(count):
    return (torch.randn(count, LENGTH, WIDTH),)


def with_mask(count):
    lengths = torch.randint(1, LENGTH + 1, (count, 1))
    return torch.randn(count, LENGTH, WIDTH), (torch.arange(LENGTH) < lengths).float()


def with_memory(count):
    return torch.randn(count, LENGTH, WIDTH), torch.randn(count, 9, 12)


def tokens(count):
    return (torch.randint(VOCABULARY, (count, TOKENS)),)


def of_classes(output, target):
    return functional.cross_entropy(output, target)


def of_tokens(output, target):
    return functional.cross_entropy(output.transpose(1, 2), target)


# As the list in reference.py, but that inputs are drawn by a function. A bias of keys adds the same to all scores of a query: its
# gradient is zero but for rounding, which Adam would make large, so that no two programs agreed.
NETWORKS = [
    ("attention_causal_momentum", sequences,
     lambda: nn.Sequential(SelfAttention(WIDTH, HEADS, causal=True), nn.Flatten(), nn.Linear(LENGTH * WIDTH, 10)),
     lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), of_classes),
    ("attention_masked_momentum", with_mask, Masked, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), of_classes),
    ("attention_cross_momentum", with_memory, Cross, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), of_classes),
    ("attention_grouped_momentum", sequences,
     lambda: nn.Sequential(GroupedAttention(WIDTH, 4, 2), nn.Flatten(), nn.Linear(LENGTH * WIDTH, 10)),
     lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), of_classes),
    ("gpt_momentum", tokens, gpt, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), of_tokens),
    ("llama_momentum", tokens, llama, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), of_tokens),
]
