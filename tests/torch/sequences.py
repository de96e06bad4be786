"""Recurrent networks with states in and out and with samples of lengths of their own, for reference.py."""

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

STEPS, INPUTS, UNITS = 9, 5, 12
LOOPS = 4


class Carried(nn.Module):
    """Two layers both ways that begin with states they are given; the scores are of all states and of those at the ends."""

    def __init__(self):
        super().__init__()
        self.go = nn.LSTM(INPUTS, UNITS, num_layers=2, bidirectional=True, batch_first=True)
        self.head = nn.Linear(STEPS * 2 * UNITS + 2 * LOOPS * UNITS, 10)

    def forward(self, x, h, c):
        y, (h, c) = self.go(x, (h.transpose(0, 1).contiguous(), c.transpose(0, 1).contiguous()))
        return self.head(torch.cat([y.flatten(1), h.transpose(0, 1).flatten(1), c.transpose(0, 1).flatten(1)], 1))


class Translated(nn.Module):
    """A second sequence is read from where the first has led to, and a step of its own further."""

    def __init__(self):
        super().__init__()
        self.start = nn.ParameterDict({"weight": nn.Parameter(torch.empty(16).uniform_(-0.5, 0.5))})
        self.read = nn.GRU(INPUTS, 16, batch_first=True)
        self.write = nn.GRU(4, 16, batch_first=True)
        self.head = nn.Linear(7 * 16, 10)

    def forward(self, x, y):
        return self.head(self.write(y, self.read(x)[1] + self.start["weight"])[0].flatten(1))


class Ragged(nn.Module):
    """Each sample to its own end; the scores are of the mean over the steps there are."""

    def __init__(self):
        super().__init__()
        self.go = nn.LSTM(INPUTS, UNITS, bidirectional=True, batch_first=True)
        self.head = nn.Linear(2 * UNITS, 10)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        y, _ = pad_packed_sequence(self.go(packed)[0], batch_first=True, total_length=STEPS)
        return self.head(y.sum(1) / lengths[:, None].to(y.dtype))


def with_states(count):
    return torch.randn(count, STEPS, INPUTS), torch.rand(count, LOOPS, UNITS) * 2 - 1, torch.randn(count, LOOPS, UNITS)


def with_another(count):
    return torch.randn(count, STEPS, INPUTS), torch.randn(count, 7, 4)


def with_lengths(count):
    return torch.randn(count, STEPS, INPUTS), torch.randint(1, STEPS + 1, (count,))


# As the list in reference.py, but that inputs are drawn by a function.
NETWORKS = [
    ("states_adam", with_states, Carried, lambda p: torch.optim.Adam(p, lr=0.003), functional.cross_entropy),
    ("translated_momentum", with_another, Translated, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), functional.cross_entropy),
    ("ragged_adam", with_lengths, Ragged, lambda p: torch.optim.Adam(p, lr=0.003), functional.cross_entropy),
]
