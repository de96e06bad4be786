using DeepGen.Runtime;

namespace DeepGen.Models;

/// <summary>
/// Which of ten classes a sequence belongs to, by two LSTM layers that read it both ways (Graves and Schmidhuber 2005): sequences of up to
/// 200 steps of 40 numbers, such as the energies of speech in 40 bands, each of a length of its own. Copy it and change the numbers.
/// </summary>
[Network, Size("T", 200, Lengths = "lengths"), Input("T", 40)]
[LayerNorm, Lstm(64, Layers = 2, Bidirectional = true, Output = States.Last), Dropout(0.2f), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class LstmClassifier;
