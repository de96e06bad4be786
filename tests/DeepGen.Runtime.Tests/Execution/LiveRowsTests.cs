using DeepGen.Runtime;

namespace DeepGen.Tests;

public sealed class LiveRowsTests
{
    private const int Room = 96;
    private const int MostRows = 256;
    private const int Apart = 24;
    private const int Lists = (MostRows * Room * 2) + MostRows;

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 96 }, { 3, 4 }, { 16, 95 }, { 17, 17 }, { 33, 64 }, { 256, 96 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Rows_are_listed_whichever_way_they_lie(int rows, int depth)
    {
        foreach (double share in new[] { 0, 0.3, 0.5, 1 })
        {
            Check(rows, depth, depth + 5, 1, share);
            Check(rows, depth, 1, rows + 3, share);
            Check(rows, depth, 2, (2 * rows) + 1, share);
        }
    }

    [Fact]
    public void Zeros_of_both_signs_are_left_out_and_what_is_no_number_is_not()
    {
        float[] matrix = [0, -0f, float.NaN, 1, float.Epsilon, -0f, 0, float.NegativeInfinity, -0f];
        float[] lists = new float[Lists];
        LiveRows.List(ref matrix[0], matrix.Length, 1, 1, matrix.Length, Apart, ref lists[0]);
        Assert.Equal([(2, float.NaN), (3, 1), (4, float.Epsilon), (7, float.NegativeInfinity)], Entries(lists, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(1001)]
    public void One_row_is_listed_to_any_depth_if_a_fifth_are_zeros(int depth)
    {
        foreach (double share in new[] { 0, 0.3, 0.7, 1 })
        {
            float[] row = Matrix(depth, share);
            float[] list = new float[2 * depth];
            int live = row.Count(v => v != 0);
            nint count = LiveRows.ListOne(ref row[0], depth, 24, ref list[0]);
            Assert.Equal(5 * live <= 4 * depth ? live : depth, (int)count);
            if (count < depth)
            {
                IEnumerable<(int, float)> entries = Enumerable.Range(0, live).Select(i => (BitConverter.SingleToInt32Bits(list[2 * i]), list[(2 * i) + 1]));
                Assert.Equal(row.Select((v, k) => (24 * k, v)).Where(e => e.v != 0), entries);
            }
        }
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(32, false)]
    public void Whether_few_are_live_depends_on_their_share_and_on_the_rows(int rows, bool isFew)
    {
        float[] matrix = Matrix(rows * 100, 0.6);
        Assert.Equal(isFew, LiveRows.AreFew(ref matrix[0], 100, 1, rows, 100, copies: true));
        Assert.Equal(isFew, LiveRows.AreFew(ref matrix[0], 1, rows, rows, 100, copies: true));
        Assert.False(LiveRows.AreFew(ref Matrix(rows * 100, 0.9)[0], 100, 1, rows, 100, copies: true));
        Assert.True(LiveRows.AreFew(ref Matrix(rows * 100, 0.2)[0], 1, rows, rows, 100, copies: true));
    }

    /// <summary>Of three rows a fifth may be live, and none are few enough for a copy; of eight, less may be than without one.</summary>
    [Theory]
    [InlineData(2, 0.05, false, false)]
    [InlineData(3, 0.1, true, false)]
    [InlineData(8, 0.42, true, false)]
    [InlineData(8, 0.2, true, true)]
    public void Few_rows_pay_for_less(int rows, double share, bool inPlace, bool copied)
    {
        float[] matrix = Matrix(rows * 100, share);
        Assert.Equal(inPlace, LiveRows.AreFew(ref matrix[0], 100, 1, rows, 100, copies: false));
        Assert.Equal(copied, LiveRows.AreFew(ref matrix[0], 100, 1, rows, 100, copies: true));
    }

    [Fact]
    public void Rows_of_many_speak_for_those_beside_them()
    {
        float[] matrix = [.. Enumerable.Range(0, 64).SelectMany(row => Matrix(100, row % 2 == 0 ? 0.2 : 1))];
        Assert.True(LiveRows.AreFew(ref matrix[0], 100, 1, 64, 100, copies: true));
        Assert.False(LiveRows.AreFew(ref matrix[0], 100, 1, 32, 100, copies: true));
    }

    [Theory]
    [InlineData(8, 32, 48)]
    [InlineData(8, 48, 64)]
    [InlineData(8, 128, 64)]
    [InlineData(4, 32, 96)]
    [InlineData(4, 48, 96)]
    [InlineData(8, 4, 16)]
    public void As_many_depths_as_leave_room_in_the_first_cache(int vectors, int kilobytes, int depths) =>
        Assert.Equal(depths, (int)LiveRows.Depths(vectors, kilobytes * 1024));

    [Fact]
    public void A_first_cache_has_a_size_that_processors_have() => Assert.InRange(FirstCache.Bytes, 8 * 1024, 512 * 1024);

    [Fact]
    public void The_first_row_may_speak_for_the_rest()
    {
        float[] matrix = [.. Matrix(100, 1), .. Matrix(9900, 0.1)];
        Assert.False(LiveRows.AreFew(ref matrix[0], 100, 1, 100, 100, copies: true));
        Assert.True(LiveRows.AreFew(ref matrix[100], 100, 1, 99, 100, copies: true));
    }

    [Fact]
    public void Columns_are_copied_side_by_side_from_panels_of_every_kind()
    {
        const int Step = 32, Odd = 500, Pair = 1100, Apart = 64;
        float[] source = [.. Enumerable.Range(0, 4000).Select(i => (float)i)];
        float[] target = new float[6 * Apart];
        LiveRows.Copy(ref source[0], Step, Odd, Pair, ref target[0], Apart, 3, 5);
        for (int k = 0; k < 6; k++)
        {
            for (int v = 0; v < 4; v++)
            {
                (int from, int to) = ((v / 2 * Pair) + (v % 2 * Odd) + (k * Step), (k * Apart) + (v * 16));
                Assert.Equal(k < 5 && v < 3 ? source[from..(from + 16)] : new float[16], target[to..(to + 16)]);
            }
        }
    }

    private static void Check(int rows, int depth, int row, int step, double share)
    {
        float[] matrix = Matrix(((rows - 1) * row) + ((depth - 1) * step) + 1, share);
        float[] lists = new float[Lists];
        LiveRows.List(ref matrix[0], row, step, rows, depth, Apart, ref lists[0]);
        for (int r = 0; r < rows; r++)
        {
            IEnumerable<(int, float)> expected = Enumerable.Range(0, depth).Select(k => (k, matrix[(r * row) + (k * step)])).Where(e => e.Item2 != 0);
            Assert.Equal(expected, Entries(lists, r));
        }
    }

    private static float[] Matrix(int length, double share)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(1, length).Select(i => random.NextDouble() < share ? i : 0f)];
    }

    /// <summary>The depths and values in a row's list.</summary>
    private static IEnumerable<(int Depth, float Value)> Entries(float[] lists, int row)
    {
        int count = BitConverter.SingleToInt32Bits(lists[(MostRows * Room * 2) + row]);
        return Enumerable.Range(0, count).Select(i =>
        {
            int entry = (row * Room * 2) + (2 * i);
            return (BitConverter.SingleToInt32Bits(lists[entry]) / Apart, lists[entry + 1]);
        });
    }
}
