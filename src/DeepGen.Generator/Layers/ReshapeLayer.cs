using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>The same values, in the same order, under another shape; one size may be −1, whatever is left.</summary>
internal sealed class ReshapeLayer() : Layer("Reshape", Argument.List("Shape"))
{
    public override Term? Apply(LayerCall call)
    {
        ImmutableArray<int> sizes = call.Arguments.List("Shape");
        foreach (int wrong in sizes.Where(s => s is 0 or < -1))
        {
            return call.ReportAt("Shape", "DG0005", "Shape", ShapeWords.Number(wrong));
        }

        int open = sizes.IndexOf(-1);
        if (sizes.Count(s => s == -1) > 1)
        {
            return call.ReportAt("Shape", "DG0022", Kind, "only one size can be left open with -1");
        }

        long length = call.X.SampleLength;
        long known = Saturating.Product(sizes.Where(s => s != -1).Select(s => (long)s).ToArray());
        if (open >= 0 ? length % known != 0 : length != known)
        {
            string target = sizes.IsEmpty
                ? ShapeWords.Of(Shape.Scalar)
                : string.Join(" by ", sizes.Select(s => s == -1 ? "any" : ShapeWords.Number(s)));
            string given = $"{ShapeWords.Of(call.X.Sample)} has {ShapeWords.Values(length)}";
            return call.ReportAt("Shape", "DG0022", Kind, $"{given}, which do not fill {target}");
        }

        call.FlopsPerValue = 0;
        IEnumerable<int> filled = sizes.Select(s => s == -1 ? (int)(length / known) : s);
        return call.X.Reshape(Shape.Of(filled.Select(s => (Size)s).Prepend(Size.Batch)));
    }
}
