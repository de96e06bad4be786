using DeepGen;

namespace KeyTone.Networks;

/// <summary>
/// Listens to sound frame by frame and says at each one what is heard now: nothing, a rising chirp, a falling one, or a beep. Which way
/// a tone goes no single frame shows; the state does.
/// </summary>
[Network, Size("T", 200), Input("T", 32, Name = "sound")]
[Dense(24), Tanh, Lstm(32), Dense(4)]
[Stream, Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class ToneNet;
