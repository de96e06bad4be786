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
}
