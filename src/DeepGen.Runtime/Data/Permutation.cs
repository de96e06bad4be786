namespace DeepGen.Data;

/// <summary>Fisher and Yates: for i from the last place to the second, swap i with a place drawn from 0 to i.</summary>
internal static class Permutation
{
    public static int[] Of(int count, CounterRandom random)
    {
        var order = new int[count];
        Fill(order, random);
        return order;
    }

    public static int[] Identity(int count)
    {
        var order = new int[count];
        Restore(order);
        return order;
    }

    public static void Fill(Span<int> order, CounterRandom random)
    {
        Restore(order);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.Below(i, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    private static void Restore(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }
}
