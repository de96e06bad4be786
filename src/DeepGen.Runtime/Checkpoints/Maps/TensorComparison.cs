namespace DeepGen.Checkpoints;

/// <summary>Compares tensors where they lie.</summary>
internal static class TensorComparison
{
    private const int Piece = 1 << 14;

    /// <summary>Whether two tensors have the same shape and the same numbers.</summary>
    public static bool AreEqual(StoredTensor a, StoredTensor b)
    {
        if (!a.Entry.Shape.SequenceEqual(b.Entry.Shape) || !ElementType.CanBecomeFloat(a.Entry.Type) || !ElementType.CanBecomeFloat(b.Entry.Type))
        {
            return false;
        }

        float[] left = new float[Piece], right = new float[Piece];
        var bytes = new byte[Piece];
        for (long done = 0; done < a.Length; done += Piece)
        {
            int count = (int)Math.Min(Piece, a.Length - done);
            a.Read(done, left.AsSpan(0, count), bytes);
            b.Read(done, right.AsSpan(0, count), bytes);
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }
}
