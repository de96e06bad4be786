using DeepGen.Runtime;

namespace DeepGen.Ladder.Tiles;

/// <summary>What becomes of a sum while it is still in a register.</summary>
internal interface IEpilogue<L>
    where L : struct, ILanes<L>
{
    static abstract L Apply(L sum, ref float e, nint column);
}

/// <summary>Nothing.</summary>
internal struct Plain<L> : IEpilogue<L>
    where L : struct, ILanes<L>
{
    public static L Apply(L sum, ref float e, nint column) => sum;
}

/// <summary>A bias is added, and what is below zero becomes zero.</summary>
internal struct BiasRelu<L> : IEpilogue<L>
    where L : struct, ILanes<L>
{
    public static L Apply(L sum, ref float e, nint column) => L.Max(L.Zero, sum + L.Load(ref e, column));
}
