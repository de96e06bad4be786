using DeepGen;
using DeepGen.Data;
using Segmentation.Drawing;

namespace Segmentation;

/// <summary>An image, the kinds of its pixels and what the network says of them, side by side, each pixel a square of several.</summary>
internal static class Picture
{
    private const int Zoom = 4;
    private const int Gap = 8;
    private const int Width = (3 * Scene.Side * Zoom) + (2 * Gap);
    private const int Height = Scene.Side * Zoom;

    private static readonly (byte Red, byte Green, byte Blue)[] s_colours = [(24, 26, 32), (240, 150, 60), (80, 170, 240), (120, 210, 110)];

    public static void Write<T>(string path, T network, DataSet data, int sample)
        where T : class, INetwork<T>
    {
        var scores = new float[T.Signature.Outputs[0].Length];
        float[] input = data.Input(sample).ToArray();
        network.Predict([input], [scores]);
        int[] truth = data.Classes(sample).ToArray(), said = Overlap.Said(scores, truth.Length);

        var bytes = new byte[Width * Height * 3];
        Array.Fill(bytes, (byte)255);
        Paint(bytes, 0, i => Grey(input[i]));
        Paint(bytes, 1, i => s_colours[truth[i]]);
        Paint(bytes, 2, i => s_colours[said[i]]);
        PngFile.Write(path, new Image(Width, Height, 3, bytes));
    }

    private static (byte Red, byte Green, byte Blue) Grey(float value)
    {
        byte level = (byte)(255 * Math.Clamp(value, 0, 1));
        return (level, level, level);
    }

    private static void Paint(byte[] bytes, int panel, Func<int, (byte Red, byte Green, byte Blue)> colour)
    {
        int left = panel * ((Scene.Side * Zoom) + Gap);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Scene.Side * Zoom; x++)
            {
                int at = ((y * Width) + left + x) * 3;
                (bytes[at], bytes[at + 1], bytes[at + 2]) = colour((y / Zoom * Scene.Side) + (x / Zoom));
            }
        }
    }
}
