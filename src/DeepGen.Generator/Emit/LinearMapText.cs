namespace DeepGen.Generator.Emit;

/// <summary>
/// y = M x for a small constant matrix, as locals. Two columns that differ in signs alone are taken as their sum and their
/// difference, two such rows as one part that is added and one that is subtracted: so pairs of points ±p cost half.
/// </summary>
internal sealed class LinearMapText(CodeWriter code, string prefix)
{
    private int _locals;

    /// <summary>The names of the results.</summary>
    public string[] Write(double[,] matrix, string[] x)
    {
        int rows = matrix.GetLength(0);
        List<(string Name, double[] Factors)> columns = Columns(matrix, x);
        var y = new string[rows];
        for (int r = 0; r < rows; r++)
        {
            List<(string Name, double Factor)> terms = Terms(r);
            if (r + 1 < rows && Pair(columns, r))
            {
                string same = Local(Sum(terms.Where(t => Of(t.Name)[r + 1] == t.Factor)));
                string opposite = Local(Sum(terms.Where(t => Of(t.Name)[r + 1] != t.Factor)));
                y[r] = Local($"{same} + {opposite}");
                y[r + 1] = Local($"{same} - {opposite}");
                r++;
            }
            else
            {
                y[r] = Local(Sum(terms));
            }
        }

        return y;

        List<(string Name, double Factor)> Terms(int row) =>
            columns.Where(c => c.Factors[row] != 0).Select(c => (c.Name, c.Factors[row])).ToList();

        double[] Of(string name) => columns.First(c => c.Name == name).Factors;
    }

    private List<(string Name, double[] Factors)> Columns(double[,] matrix, string[] x)
    {
        var columns = new List<(string, double[])>();
        for (int c = 0; c < x.Length; c++)
        {
            double[] own = Column(matrix, c);
            double[]? next = c + 1 < x.Length ? Column(matrix, c + 1) : null;
            if (next is not null && AreMirrored(own, next))
            {
                columns.Add((Local($"{x[c]} + {x[c + 1]}"), own.Select((f, r) => f == next[r] ? f : 0).ToArray()));
                columns.Add((Local($"{x[c]} - {x[c + 1]}"), own.Select((f, r) => f == next[r] ? 0 : f).ToArray()));
                c++;
            }
            else
            {
                columns.Add((x[c], own));
            }
        }

        return columns;
    }

    private static bool Pair(List<(string Name, double[] Factors)> columns, int row) =>
        AreMirrored(columns.Select(c => c.Factors[row]).ToArray(), columns.Select(c => c.Factors[row + 1]).ToArray());

    /// <summary>Equal up to signs, some equal and some opposite.</summary>
    private static bool AreMirrored(double[] a, double[] b) =>
        a.Zip(b, (x, y) => Math.Abs(x) == Math.Abs(y)).All(same => same)
        && a.Zip(b, (x, y) => x != 0 && x == y).Any(same => same)
        && a.Zip(b, (x, y) => x != 0 && x == -y).Any(opposite => opposite);

    private static double[] Column(double[,] matrix, int column) =>
        Enumerable.Range(0, matrix.GetLength(0)).Select(r => matrix[r, column]).ToArray();

    /// <summary>A chain in which a term that needs no multiplication comes first.</summary>
    private string Sum(IEnumerable<(string Name, double Factor)> terms)
    {
        string? sum = null;
        foreach ((string name, double factor) in terms.OrderBy(t => t.Factor == 1 ? 0 : 1))
        {
            string next = (sum, factor) switch
            {
                (null, 1) => name,
                (null, _) => $"L.Broadcast({NumberText.Of((float)factor)}) * {name}",
                (_, 1) => $"{sum} + {name}",
                (_, -1) => $"{sum} - {name}",
                _ => $"L.Fma(L.Broadcast({NumberText.Of((float)factor)}), {name}, {sum})",
            };
            sum = next == name ? name : Local(next);
        }

        return sum!;
    }

    private string Local(string text)
    {
        if (text.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            return text;
        }

        string name = prefix + NumberText.Of(++_locals);
        code.Line($"L {name} = {text};");
        return name;
    }
}
