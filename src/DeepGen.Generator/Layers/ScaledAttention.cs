using DeepGen.Generator.Ir;
using DeepGen.Generator.Losses;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y = softmax(q kᵀ / √n) v for every head. The quotient is taken of the products and not of the weights, which are many more;
/// the maximum, which keeps exponentials from overflowing, does not matter and has no derivative.
/// </summary>
internal static class ScaledAttention
{
    /// <summary>Stands for no score at all; far from infinity, whose differences are no numbers.</summary>
    private const float Least = -1e30f;

    /// <param name="q">[B, t, heads, n]</param>
    /// <param name="k">[B, m, groups, n]: heads / groups heads of queries share one of keys.</param>
    /// <param name="v">[B, m, groups, n]</param>
    /// <param name="isCausal">Whether a query sees the keys up to its own position alone.</param>
    /// <param name="counts">1 for a key that counts, else 0, given the scores' shape, whose last axis is the keys'; null if all do.</param>
    /// <returns>[B, t, heads, n]</returns>
    public static Term Of(Term q, Term k, Term v, bool isCausal, Func<Term, Term>? counts)
    {
        (Size batch, Size queries, Size keys) = (q.Shape[0], q.Shape[1], k.Shape[1]);
        (int heads, int groups, int size) = (q.Shape[2].Value, k.Shape[2].Value, q.Shape[3].Value);
        int shared = heads / groups;
        Term left = q.Reshape(Shape.Of(batch, queries, groups, shared, size)).Transpose(0, 2, 3, 1, 4);
        Term right = k.Transpose(0, 2, 3, 1).Over(Shape.Of(batch, groups, shared, size, keys), 0, 1, 3, 4);
        Term values = v.Transpose(0, 2, 1, 3).Over(Shape.Of(batch, groups, shared, keys, size), 0, 1, 3, 4);
        Term scores = left.Apply(new MatMul(1, isCausal ? Triangle.Result : Triangle.None), right) * (float)(1 / Math.Sqrt(size));

        Term? sees = isCausal ? scores.Positions(4).Apply(new Compare(Comparison.LessOrEqual), scores.Positions(3)) : null;
        if (counts is not null)
        {
            Term exists = counts(scores);
            sees = sees is null ? exists : exists.Select(sees, exists.Filled(0));
        }

        // The exponential of the least is zero, to the last bit.
        Term Seen(Term x) => sees is null ? x : x.Select(sees, x.Filled(Least));
        Term weights = Seen(scores - Seen(scores).Max(4).Detach().Along(scores, 4)).Exp();

        // The largest weight is one: a smaller sum means that no key counts, and then nothing comes of it.
        Term sum = weights.Sum(4);
        sum = counts is null ? sum : sum.Maximum(sum.Filled(0.5f));
        Term y = weights.Apply(new MatMul(1, isCausal ? Triangle.Left : Triangle.None), values);
        y /= sum.Along(y, 4);
        return y.Transpose(0, 3, 1, 2, 4).Reshape(q.Shape);
    }

    /// <summary>A 1 for each key whose number is not zero, given [B, m].</summary>
    public static Func<Term, Term> Listed(Term mask) => scores =>
    {
        Term key = mask.Over(scores.Shape, 0, 4);
        return key.Filled(1) - key.EqualTo(key.Filled(0));
    };

    /// <summary>A 1 where both say so.</summary>
    public static Func<Term, Term> Both(Func<Term, Term> one, Func<Term, Term>? other) =>
        other is null ? one : scores => one(scores).Apply(new Select(), other(scores), scores.Filled(0));

    /// <summary>A 1 for each key before the end, given [B, 1] or [B].</summary>
    public static Func<Term, Term> Before(Term end) => scores =>
        scores.Positions(4).Apply(new Compare(Comparison.Less), end.Reshape(Shape.Of(end.Shape[0])).Over(scores.Shape, 0));
}
