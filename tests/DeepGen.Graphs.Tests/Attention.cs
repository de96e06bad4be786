namespace DeepGen.Graphs.Tests;

/// <summary>Graph attention by plain loops in double precision.</summary>
internal static class Attention
{
    public static Dictionary<string, double[]> Values(ParameterSet parameters) =>
        parameters.ToDictionary(p => p.Name, p => Array.ConvertAll(p.Values.ToArray(), v => (double)v));

    public static double[,] Layer(Dictionary<string, double[]> values, string name, NodeGraph graph, double[,] x, int heads, double slope, bool concat)
    {
        double[] weight = values[name + ".lin.weight"], source = values[name + ".att_src"], own = values[name + ".att_dst"], bias = values[name + ".bias"];
        int inputs = x.GetLength(1);
        double[,] w = new double[inputs, weight.Length / inputs];
        for (int i = 0; i < weight.Length; i++)
            w[i % inputs, i / inputs] = weight[i];

        double[,] h = x.Times(w);
        (int nodes, int units) = (h.GetLength(0), h.GetLength(1) / heads);
        double[,] edges = Dense.Of(graph.Adjacency), y = new double[nodes, concat ? heads * units : units];
        for (int head = 0; head < heads; head++)
        {
            for (int i = 0; i < nodes; i++)
            {
                int[] around = [.. Enumerable.Range(0, nodes).Where(j => j == i || edges[i, j] != 0)];
                double[] weights = [.. around.Select(j => Math.Exp(Score(i, j, head)))];
                for (int n = 0; n < units; n++)
                {
                    double mean = around.Select((j, k) => weights[k] * h[j, (head * units) + n]).Sum() / weights.Sum();
                    y[i, concat ? (head * units) + n : n] += concat ? mean : mean / heads;
                }
            }
        }

        return y.Map((v, n) => v + bias[n]);

        double Score(int i, int j, int head)
        {
            double z = Enumerable.Range(head * units, units).Sum(n => (source[n] * h[j, n]) + (own[n] * h[i, n]));
            return z > 0 ? z : slope * z;
        }
    }

    public static void Scale(ParameterSet parameters, float by)
    {
        foreach (var parameter in parameters)
            parameter.Write([.. parameter.Values.ToArray().Select(v => v * by)]);
    }
}
