using System.Globalization;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Layers;

/// <summary>
/// An argument a layer takes: its default when left out, and what it must be when written. One rule for every layer:
/// whoever adds a layer states its arguments and never checks a range by hand.
/// </summary>
internal sealed class Argument
{
    private readonly Func<double, bool> _allows;
    private readonly bool _isList;

    private Argument(string name, double standard, string findingId, string mustBe, Func<double, bool> allows, bool isList = false)
    {
        Name = name;
        Default = standard;
        FindingId = findingId;
        MustBe = mustBe;
        _allows = allows;
        _isList = isList;
    }

    public string Name { get; }

    public double Default { get; }

    /// <summary>The finding a wrong value gives: a size has an id of its own, all others share one.</summary>
    public string FindingId { get; }

    /// <summary>The rule in words: "at least 0".</summary>
    public string MustBe { get; }

    /// <summary>A size of at least 1; 0 stands for one that was left out.</summary>
    public static Argument Size(string name, int standard = 0) =>
        new(name, standard, "DG0005", "at least 1", v => IsWhole(v) && v >= 1);

    /// <summary>A whole number of at least 0.</summary>
    public static Argument Whole(string name, int standard = 0) =>
        new(name, standard, "DG0023", "a whole number of at least 0", v => IsWhole(v) && v >= 0);

    /// <summary>An axis of a sample; negative ones count from the end. Whether it exists depends on the input.</summary>
    public static Argument Axis(string name, int standard = 0) =>
        new(name, standard, "DG0022", "a whole number", IsWhole);

    /// <summary>Sizes or axes, whose rules depend on the input.</summary>
    public static Argument List(string name) => new(name, 0, "DG0022", "whole numbers", IsWhole, isList: true);

    public static Argument Flag(string name, bool standard) =>
        new(name, standard ? 1 : 0, "DG0023", "true or false", v => v is 0 or 1);

    public static Argument Real(string name, double standard) =>
        new(name, standard, "DG0023", "a finite number", IsFinite);

    public static Argument Real(string name, double standard, string mustBe, Func<double, bool> allows) =>
        new(name, standard, "DG0023", mustBe, v => IsFinite(v) && allows(v));

    /// <summary>A value of an enumeration, by its number.</summary>
    public static Argument Choice(string name, params string[] values) =>
        new(name, 0, "DG0023", "one of " + string.Join(", ", values), v => IsWhole(v) && v >= 0 && v < values.Length);

    /// <summary>Numbers that all obey the rule.</summary>
    public static Argument Reals(string name, string mustBe, Func<double, bool> allows) =>
        new(name, 0, "DG0023", mustBe, v => IsFinite(v) && allows(v), isList: true);

    /// <summary>The name of something, which its user looks up.</summary>
    public static Argument Text(string name) => new(name, 0, "DG0023", "a name", _ => true);

    /// <summary>The first number that breaks the rule, as text; null when all is well.</summary>
    public string? Wrong(ArgumentSpec written)
    {
        IEnumerable<double> numbers = _isList ? written.Numbers : written.Numbers.Take(1);
        foreach (double number in numbers)
        {
            if (!_allows(number))
            {
                return number.ToString("R", CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static bool IsWhole(double v) => v >= int.MinValue && v <= int.MaxValue && v == Math.Floor(v);

    // Arguments end up as float32 in the code, so a double beyond its range is not finite either.
    private static bool IsFinite(double v) => Math.Abs(v) <= float.MaxValue;
}
