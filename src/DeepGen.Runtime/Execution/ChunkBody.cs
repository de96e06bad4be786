namespace DeepGen.Runtime;

/// <summary>Computes some samples of a batch. It writes those alone, so chunks may run in any order and at once.</summary>
/// <param name="feed">The tensors of the call.</param>
/// <param name="weights">The first prepared weight.</param>
/// <param name="workspace">Scratch memory at a multiple of 64 bytes: what an earlier chunk left there; at first zeros, if the program asked for them.</param>
/// <param name="first">The first sample.</param>
/// <param name="count">How many samples.</param>
public delegate void ChunkBody(in Feed feed, ref float weights, ref float workspace, int first, int count);

/// <summary>Does a part of one of the steps that a chunk consists of. The parts of a step may run in any order and at once.</summary>
/// <param name="feed">The tensors of the call.</param>
/// <param name="weights">The first prepared weight.</param>
/// <param name="workspace">Scratch memory of the chunk.</param>
/// <param name="own">Scratch memory of the part, as large.</param>
/// <param name="first">The first sample.</param>
/// <param name="count">How many samples.</param>
/// <param name="step">The number of the step.</param>
/// <param name="part">The number of the part.</param>
/// <param name="parts">How many parts there are.</param>
public delegate void ShareBody(in Feed feed, ref float weights, ref float workspace, ref float own, int first, int count, int step, int part, int parts);
