"""The networks of the benchmarks, as a user of PyTorch writes them; parameters are named as DeepGen names its own."""

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


NETWORKS = {"mlp": mlp, "cnn": cnn, "resnet20": resnet20, "unet": UNet, "wide_mlp": wide_mlp, "tiny_mlp": tiny_mlp}
