using System.Diagnostics.CodeAnalysis;

namespace DeepGen.Runtime;

/// <summary>
/// One slab of parameters as generated code declares it. Each <c>*</c> in the path stands for an index of a stack, so
/// "3.*.weight" with counts [500] is five hundred parameters, "3.0.weight" to "3.499.weight", one after another in memory.
/// </summary>
/// <param name="Path">The dotted name.</param>
/// <param name="Shape">The shape of one copy.</param>
/// <param name="Counts">How many values each <c>*</c> takes, outermost first.</param>
/// <param name="Kind">How fresh values are chosen.</param>
/// <param name="Scale">The scale of <paramref name="Kind"/>.</param>
/// <param name="Trainable">Whether training changes it.</param>
[SuppressMessage("Performance", "CA1819", Justification = "Generated code writes array literals; nobody else builds one.")]
public readonly record struct ParameterDeclaration(
    string Path, int[] Shape, int[] Counts, Initializer Kind, float Scale, bool Trainable)
{
    internal int CopyLength => checked(Product(Shape));

    internal int Copies => checked(Product(Counts));

    internal int Length => checked(CopyLength * Copies);

    private static int Product(int[] factors)
    {
        int product = 1;
        foreach (int factor in factors)
        {
            product = checked(product * factor);
        }

        return product;
    }
}
