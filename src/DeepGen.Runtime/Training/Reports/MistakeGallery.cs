using System.Collections.Immutable;
using DeepGen.Data;

namespace DeepGen.Reports;

/// <summary>The worst mistakes: pictures where the input is one, rows of a table otherwise.</summary>
internal static class MistakeGallery
{
    private const int ShownValues = 8;

    /// <param name="samples">The worst first.</param>
    /// <param name="shape">The shape of the first input.</param>
    /// <param name="nameOf">The name of a class of the first target.</param>
    public static Html Draw(IReadOnlyList<WorstSamples.Sample> samples, ImmutableArray<int> shape, Func<int, string> nameOf)
    {
        var html = new Html();
        if (samples.Count == 0)
        {
            return html.Add($"<p class=\"none\">There is none: every sample has its true class.</p>");
        }

        return Planes(shape) is var (channels, height, width) && channels > 0
            ? Pictures(html, samples, channels, height, width, nameOf)
            : Table(html, samples, nameOf);
    }

    /// <summary>The sizes of a picture; no channels where it is none.</summary>
    private static (int Channels, int Height, int Width) Planes(ImmutableArray<int> shape) => shape switch
    {
        [1 or 3, > 1, > 1] => (shape[0], shape[1], shape[2]),
        [> 1, > 3, > 3] => (1, shape[1], shape[2]),
        [> 3, > 3] => (1, shape[0], shape[1]),
        _ => default,
    };

    private static Html Pictures(
        Html html, IReadOnlyList<WorstSamples.Sample> samples, int channels, int height, int width, Func<int, string> nameOf)
    {
        html.Add($"<div class=\"gallery\">");
        foreach (var sample in samples)
        {
            var values = sample.Input.AsSpan(0, channels * height * width);
            var (low, high) = Levels(values);
            string png = Convert.ToBase64String(PngEncoder.Encode(Image.FromValues(values, channels, height, width, low, high)));
            html.Add($"<div class=\"mistake\"><img alt=\"sample {sample.Number}\" src=\"data:image/png;base64,{png}\"/>");
            html.Add($"<div>{Words(sample, nameOf)}</div><small>sample {Html.Count(sample.Number)}, loss {Html.Number(sample.Loss)}</small></div>");
        }

        return html.Add($"</div>");
    }

    private static Html Table(Html html, IReadOnlyList<WorstSamples.Sample> samples, Func<int, string> nameOf)
    {
        html.Add($"<div class=\"box\"><table><tr><th>sample</th><th>loss</th><th></th><th>input</th></tr>");
        foreach (var sample in samples)
        {
            string input = Values(sample.Input);
            html.Add($"<tr><td>{Html.Count(sample.Number)}</td><td>{Html.Number(sample.Loss)}</td><td>{Words(sample, nameOf)}</td><td>{input}</td></tr>");
        }

        return html.Add($"</table></div>");
    }

    private static Html Words(WorstSamples.Sample sample, Func<int, string> nameOf)
    {
        int t = Enumerable.Range(0, sample.Truth.Length).FirstOrDefault(i => sample.Truth[i] != sample.Guess[i], -1);
        if (t < 0)
        {
            return new Html().Add($"{Values(sample.Output)} instead of <b>{Values(sample.Target)}</b>");
        }

        string Name(int c) => t == 0 ? nameOf(c) : Html.Count(c);
        return new Html().Add($"<b>{Name(sample.Truth[t])}</b> taken for <b class=\"bad\">{Name(sample.Guess[t])}</b>, {Html.Percent(sample.Confidence[t], "0.0")} sure");
    }

    private static string Values(float[] values) =>
        string.Join(", ", values.Take(ShownValues).Select(v => Html.Number(Math.Round(v, 4)))) + (values.Length > ShownValues ? ", …" : string.Empty);

    /// <summary>Black to white is 0 to 1 or 0 to 255 where the values lie in it; otherwise from the least to the greatest.</summary>
    private static (float Low, float High) Levels(ReadOnlySpan<float> values)
    {
        float low = float.PositiveInfinity;
        float high = float.NegativeInfinity;
        foreach (float value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return low >= 0 && high is > 0 and <= 1 ? (0, 1) : low >= 0 && high is > 16 and <= 255 ? (0, 255) : high > low ? (low, high) : (low, low + 1);
    }
}
