using System.Runtime.InteropServices;
using DeepGen;

namespace Characters;

/// <summary>Writes on after a beginning, for as long as one likes: where a decoder can remember no more, it goes on from the last half.</summary>
internal static class Writer
{
    public static IEnumerable<string> Write(IDecoder decoder, IEnumerable<int> prompt, int count, GenerationOptions options)
    {
        var sampler = new Sampler(decoder.Vocabulary, options);
        List<int> text = [.. prompt];
        for (int written = 0; written < count; written++)
        {
            int token = sampler.Next(Scores(decoder, text));
            text.Add(token);
            yield return Corpus.Tokenizer.Decode([token]);
        }
    }

    private static ReadOnlySpan<float> Scores(IDecoder decoder, List<int> text)
    {
        if (decoder.Position > 0 && decoder.Position < decoder.MaximumLength)
            return decoder.Step(text[^1]);
        decoder.Reset();
        int start = Math.Max(0, text.Count - (decoder.MaximumLength / 2));
        return decoder.Prefill(CollectionsMarshal.AsSpan(text)[start..]);
    }
}
