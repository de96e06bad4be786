using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Losses;

/// <summary>
/// Which targets are there: a class of −1 is none, nor is a value that is not a number. The loss of what has no target is zero, whatever
/// the output is, and the mean is over what has one: places one by one where targets are classes, else whole samples.
/// </summary>
internal sealed class LossMask
{
    private readonly Term _isThere;

    public LossMask(Term target, bool isClasses)
    {
        IsByPlace = isClasses;
        if (isClasses)
        {
            (_isThere, Target) = (target.Filled(0).Apply(new Compare(Comparison.LessOrEqual), target), target);
            return;
        }

        Term isNumber = target.EqualTo(target);
        Term missing = (isNumber.Filled(1) - isNumber).SumOfSample();
        (_isThere, Target) = (missing.EqualTo(missing.Filled(0)), isNumber.Apply(new Select(), target, target.Filled(0)));
    }

    /// <summary>Whether single places of a sample count or not, not the sample as a whole.</summary>
    public bool IsByPlace { get; }

    /// <summary>The target, in which nothing is not a number.</summary>
    public Term Target { get; }

    /// <summary>A loss, of a place or of a sample, or zero.</summary>
    public Term Of(Term loss) => _isThere.Apply(new Select(), loss, loss.Filled(0));

    /// <summary>A sample's loss among those that count.</summary>
    public SampleLoss Of(SampleLoss loss) => new(Of(loss.Value), Of(loss.Weight ?? loss.Value.Filled(1)));

    /// <summary>The sum over a sample's places, and how many of them count.</summary>
    public SampleLoss OfPlaces(Term loss, Term? weight) =>
        new(Of(loss).SumOfSample(), Of(weight ?? loss.Filled(1)).SumOfSample());
}
