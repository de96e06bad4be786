namespace DeepGen.SideBySide;

/// <summary>The networks of --random, when the program was built with some (RandomNetworks in the project file).</summary>
internal static partial class RandomWorkloads
{
    private static readonly int[] s_batches = [1, 32];
    private static readonly List<Workload> s_all = [];

    public static IReadOnlyList<Workload> All
    {
        get
        {
            if (s_all.Count == 0)
                Add();
            return s_all;
        }
    }

    static partial void Add();

    private static void Both<T>(string title, double multiplyAdds, Action<T, float[], float[], int> predict)
        where T : class, INetwork<T>
    {
        foreach (int batch in s_batches)
        {
            string name = T.Signature.Name;
            s_all.Add(Workload.Predicting(name, name, name, batch, new MultiplyAdds(multiplyAdds, 0), predict) with { Declaration = title, OrtAlone = true });
        }
    }
}
