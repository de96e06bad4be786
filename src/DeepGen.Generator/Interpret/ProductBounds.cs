using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// Bounds of y = Σ a b, a sum of n products (MatMul, Convolution), from centres and radii: |a - A| ≤ r and |b - B| ≤ s give
/// |a b - A B| ≤ |A| s + r (|B| + s). An operand that is a point needs one product for that, two intervals need two.
/// </summary>
/// <remarks>
/// Every float32 execution has ŷ = Σ a b (1 + θ) + η', |θ| ≤ γₙ, |η'| ≤ n 2⁻¹⁴⁹, whatever its order. So ŷ lies within
/// Σ |A| s + (r + γ (|A| + r)) (|B| + s) of Σ A B, and the centre Σ A B is itself computed to within γ Σ |A| |B|. Together
///   e = Σ |A| ((1 + γ) s + 2 γ |B|) + Σ r (1 + γ) (|B| + s).
/// The radius products are computed low by at most 1 - γ, and their factors and sum by 1 - u each, at most eight times:
/// κ = (1 + 9 u) / (1 - γ) repairs both.
/// </remarks>
internal static class ProductBounds
{
    public static Bounds Of(Primitive product, long terms, Bounds a, Bounds b, BoundBuilder build)
    {
        double u = build.Rounding.Unit;
        double gamma = build.Rounding.Gamma(terms);
        double kappa = (1 + (9 * u)) / (1 - gamma);
        if (double.IsInfinity(gamma))
        {
            kappa = gamma;
        }

        (Node centre, Node radius) = CentreRadius(a, build);
        (Node otherCentre, Node otherRadius) = CentreRadius(b, build);
        Node size = build.Add(new Abs(), centre);
        Node otherSize = build.Add(new Abs(), otherCentre);
        Node y = build.Add(product, centre, otherCentre);
        Node error = b.IsPoint
            ? build.Add(product, Mixed(radius, size), otherSize)
            : build.Add(product, size, Mixed(otherRadius, otherSize));
        if (!a.IsPoint && !b.IsPoint)
        {
            Node reach = Scaled(build.Add(new Add(), otherSize, otherRadius), kappa * (1 + gamma));
            error = build.Add(new Add(), error, build.Add(product, radius, reach));
        }

        double floor = 8 * terms * build.Rounding.Smallest;
        return new Bounds(
            build.Below(build.Add(new Subtract(), y, error), u, floor),
            build.Above(build.Add(new Add(), y, error), u, floor));

        // κ ((1 + γ) r + 2 γ |A|)
        Node Mixed(Node spread, Node around) => build.Rounding.IsExact ? spread : build.Add(
            new Add(),
            Scaled(spread, kappa * (1 + gamma)),
            Scaled(around, kappa * 2 * gamma));

        Node Scaled(Node x, double factor) =>
            build.Add(new Multiply(), x, build.Filled(BoundBuilder.RoundUp(factor), x));
    }

    /// <summary>
    /// Any centre serves as long as the radius reaches from it to both ends. The floor of the radius pays for the
    /// underflow of the products it is multiplied out in.
    /// </summary>
    public static (Node Centre, Node Radius) CentreRadius(Bounds x, BoundBuilder build)
    {
        if (x.IsPoint)
        {
            return (x.Lower, build.Filled(BoundBuilder.RoundUp(4 * build.Rounding.Smallest), x.Lower));
        }

        Node half = build.Filled(0.5, x.Lower);
        Node centre = build.Add(
            new Add(),
            build.Add(new Multiply(), x.Lower, half),
            build.Add(new Multiply(), x.Upper, half));
        if (build.Rounding.IsExact)
        {
            return (centre, build.Add(new Multiply(), build.Add(new Subtract(), x.Upper, x.Lower), half));
        }

        Node reach = build.Max(build.Add(new Subtract(), x.Upper, centre), build.Add(new Subtract(), centre, x.Lower));
        return (centre, build.Above(reach, build.Rounding.Unit, 4 * build.Rounding.Smallest));
    }
}
