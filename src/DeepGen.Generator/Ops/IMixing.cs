namespace DeepGen.Generator.Ops;

/// <summary>A primitive whose rows, which may be samples, are computed from other rows of some operands.</summary>
internal interface IMixing
{
    /// <summary>Whether a row of the result reads other rows of an operand than its own.</summary>
    bool ReadsOthers(int operand);
}
