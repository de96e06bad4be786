using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Each addition to a sum is off by a share of what has been added up before. So chains of additions end after some hundreds, and
/// what they come to is added up in turn.
/// </summary>
internal sealed partial class NestWriter
{
    private const int LongestChain = 512;

    /// <summary>The sums being taken.</summary>
    private IReadOnlyList<string> _sums = [];

    /// <summary>The loop that is cut into pieces, and how far a piece goes; null where sums are short.</summary>
    private (NestAxis Axis, int Length)? _pieces;

    private bool _isInPiece;

    /// <summary>What the number-th sum adds to.</summary>
    private string Chain(int number) => !_isInPiece ? _sums[number] : number == 0 ? "part" : "part" + NumberText.Of(number);

    /// <param name="axes">What the loops go along, from the outside in.</param>
    /// <param name="step">How far a turn of the innermost goes.</param>
    private void InChains(IEnumerable<string> sums, IEnumerable<NestAxis> axes, int step, Action loops)
    {
        _sums = sums.ToList();
        _pieces = _kernel is { Reduction: Reduction.Sum, Above: null } ? Pieces(axes.Reverse(), step) : null;
        loops();
        _pieces = null;
    }

    /// <summary>The outermost loop of which one turn is no more than a chain.</summary>
    private static (NestAxis, int)? Pieces(IEnumerable<NestAxis> fromInside, int step)
    {
        long inside = 1;
        foreach (NestAxis axis in fromInside)
        {
            int turns = (axis.Extent + step - 1) / step;
            if (inside * turns > LongestChain)
            {
                return (axis, (int)(LongestChain / inside) * step);
            }

            inside *= turns;
            step = 1;
        }

        return null;
    }

    /// <summary>A loop over what is added up.</summary>
    private void WriteLoop(NestAxis axis, string end, int step, Action body)
    {
        string on = step == 1 ? $"{axis.Name}++" : $"{axis.Name} += {step}";
        if (_pieces is not { } pieces || pieces.Axis != axis)
        {
            using (_code.Braces($"for (nint {axis.Name} = 0; {axis.Name} < {end}; {on})"))
            {
                body();
            }

            return;
        }

        using (_code.Braces($"for (nint piece = 0; piece < {end}; piece += {pieces.Length})"))
        {
            _isInPiece = true;
            _code.Line($"L {string.Join(", ", _sums.Select((_, i) => $"{Chain(i)} = L.Zero"))};");
            _code.Line($"nint last = Math.Min(piece + {pieces.Length}, {end});");
            using (_code.Braces($"for (nint {axis.Name} = piece; {axis.Name} < last; {on})"))
            {
                body();
            }

            string[] ends = _sums.Select((sum, i) => $"{sum} = {sum} + {Chain(i)};").ToArray();
            _isInPiece = false;
            foreach (string added in ends)
            {
                _code.Line(added);
            }
        }
    }
}
