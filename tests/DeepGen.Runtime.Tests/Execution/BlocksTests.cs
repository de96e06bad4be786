using DeepGen.Runtime;

namespace DeepGen.Tests;

public sealed class BlocksTests
{
    /// <summary>Wherever parts meet, each number is copied, and nothing behind the last.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(4001)]
    public void Parts_of_a_copy_are_the_copy(int length)
    {
        float[] source = Enumerable.Range(1, length + 20).Select(i => (float)i).ToArray();
        for (int parts = 1; parts <= 9; parts++)
        {
            float[] target = new float[length + 20];
            int[] copies = new int[length + 20];
            for (int part = 0; part < parts; part++)
            {
                float[] alone = new float[length + 20];
                Blocks.Copy(ref source[0], ref alone[0], length, part, parts);
                Blocks.Copy(ref source[0], ref target[0], length, part, parts);
                for (int i = 0; i < copies.Length; i++)
                {
                    copies[i] += alone[i] == 0 ? 0 : 1;
                }
            }

            Assert.Equal(source[..length].Concat(new float[20]), target);
            Assert.Equal(Enumerable.Repeat(1, length).Concat(new int[20]), copies);
        }
    }

    /// <summary>Groups of six, the last of which may be short; nothing is read behind the last row, and nothing written behind the last place.</summary>
    [Theory]
    [InlineData(1, 6)]
    [InlineData(3, 1)]
    [InlineData(16, 17)]
    [InlineData(33, 12)]
    [InlineData(50, 23)]
    public void Rows_are_packed_in_groups_of_six(int depth, int rows)
    {
        const int Step = 29;
        float[] source = Enumerable.Range(1, ((depth - 1) * Step) + rows).Select(i => (float)i).ToArray();
        float[] expected = Enumerable.Repeat(-1f, (((rows + 5) / 6) * 6 * depth) + 20).ToArray(), target = [.. expected];
        for (int k = 0; k < depth; k++)
        {
            for (int row = 0; row < rows; row++)
            {
                expected[(row / 6 * 6 * depth) + (k * 6) + (row % 6)] = source[(k * Step) + row];
            }
        }

        Blocks.PackRows(ref source[0], Step, ref target[0], depth, rows);
        Assert.Equal(expected, target);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void Columns_are_packed_one_depth_after_the_other(int depth)
    {
        const int Step = 21;
        float[] source = Enumerable.Range(1, ((depth - 1) * Step) + 16).Select(i => (float)i).ToArray();
        float[] target = new float[(depth * 16) + 20];
        Blocks.PackColumns(ref source[0], Step, ref target[0], depth);
        Assert.Equal(Enumerable.Range(0, depth * 16).Select(i => source[(i / 16 * Step) + (i % 16)]).Concat(new float[20]), target);
    }

    /// <summary>Any remainder of blocks of eight and of four; nothing is written beside the matrix.</summary>
    [Fact]
    public void Rows_become_columns()
    {
        const int SourceRow = 53, TargetRow = 47, Most = 43;
        float[] source = Enumerable.Range(1, Most * SourceRow).Select(i => (float)i).ToArray();
        for (int rows = 0; rows <= Most; rows++)
        {
            for (int columns = 0; columns <= Most; columns++)
            {
                float[] expected = Enumerable.Repeat(-1f, Most * TargetRow).ToArray(), target = [.. expected];
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < columns; c++)
                    {
                        expected[(c * TargetRow) + r] = source[(r * SourceRow) + c];
                    }
                }

                Blocks.Transpose(ref source[0], SourceRow, ref target[0], TargetRow, rows, columns);
                Assert.True(expected.AsSpan().SequenceEqual(target), $"{rows} x {columns}");
            }
        }
    }
}
