using System.Reflection;
using DeepGen.Text;

namespace DeepGen.Models.Tests.Text;

/// <summary>A decoder gives, token by token, the scores of the network's forward pass, and text follows from them alone.</summary>
public sealed class DecoderTests
{
    private delegate void Forward(ReadOnlySpan<int> tokens, Span<float> scores);

    public static TheoryData<string> Networks => ["gpt", "llama", "gru", "attention"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Steps_give_the_bits_of_the_forward_pass(string name)
    {
        var (network, forward) = Make(name);
        IDecoder decoder = network.NewDecoder();
        int[] text = Tokens(decoder, 18);
        for (int i = 0; i < text.Length; i++)
        {
            float[] scores = decoder.Step(text[i]).ToArray();
            Assert.Equal(i + 1, decoder.Position);
            Assert.Equal(Last(forward, text.AsSpan(0, i + 1), decoder.Vocabulary), scores);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_prompt_gives_the_bits_of_its_tokens_one_by_one(string name)
    {
        var (network, forward) = Make(name);
        IDecoder decoder = network.NewDecoder();
        int[] text = Tokens(decoder, 18);
        foreach (int first in (int[])[1, 7, 18])
        {
            decoder.Reset();
            Assert.Equal(Last(forward, text.AsSpan(0, first), decoder.Vocabulary), decoder.Prefill(text.AsSpan(0, first)).ToArray());
            for (int i = first; i < 13; i++)
            {
                Assert.Equal(Last(forward, text.AsSpan(0, i + 1), decoder.Vocabulary), decoder.Step(text[i]).ToArray());
            }

            if (first < 13)
            {
                // More of the prompt may come after what is remembered.
                Assert.Equal(Last(forward, text, decoder.Vocabulary), decoder.Prefill(text.AsSpan(13)).ToArray());
            }

            Assert.Equal(18, decoder.Position);
        }
    }

    [Theory]
    [InlineData(typeof(SmallGpt), true)]
    [InlineData(typeof(SmallLlama), true)]
    [InlineData(typeof(SmallAttention), true)]
    [InlineData(typeof(SmallGru), false)]
    public void A_prompt_is_taken_at_once_where_only_keys_and_values_are_kept(Type network, bool atOnce) =>
        Assert.Equal(atOnce, network.GetMethod("PrefillProgram", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null) is not null);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Streams_side_by_side_may_be_given_several_tokens(string name)
    {
        const int Length = 6;
        var (network, forward) = Make(name);
        int[] first = Tokens(network.NewDecoder(), Length), second = [.. first.Reverse()];
        StreamState state = network.NewState(batch: 2);
        float[] scores = new float[2 * network.Vocabulary];
        network.Prefill([.. first, .. second], scores, state);
        Assert.Equal([.. Last(forward, first, network.Vocabulary), .. Last(forward, second, network.Vocabulary)], scores);
        Assert.Equal(Length, state.Position);
        Assert.Throws<ArgumentException>(() => network.Prefill([1, 2, 3], scores, state));
        Assert.Throws<ArgumentException>(() => network.Prefill([], scores, state));
        if (state.Longest < int.MaxValue)
        {
            var error = Assert.Throws<InvalidOperationException>(() => network.Prefill(new int[2 * state.Longest], scores, state));
            Assert.StartsWith($"6 elements have come and {state.Longest} are to come, but the sizes declared allow {state.Longest}", error.Message);
        }

        state = network.NewState();
        Assert.Contains("the id 99 at position 1", Assert.Throws<ArgumentOutOfRangeException>(() => network.Prefill([0, 99], scores.AsSpan(0, network.Vocabulary), state)).Message);
        Assert.Equal(0, state.Position);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Generated_tokens_are_those_of_a_loop_over_forward_passes(string name)
    {
        var (network, forward) = Make(name);
        IDecoder decoder = network.NewDecoder();
        int[] prompt = Tokens(decoder, 4);
        foreach (ulong seed in (ulong[])[1, 2])
        {
            var options = new GenerationOptions { Temperature = 10, TopK = 7, Seed = seed, MaximumTokens = 12 };
            var sampler = new Sampler(decoder.Vocabulary, options);
            List<int> text = [.. prompt];
            while (text.Count < 16)
            {
                text.Add(sampler.Next(Last(forward, text.ToArray(), decoder.Vocabulary)));
            }

            Assert.Equal(text[4..], decoder.Generate(prompt, options));
            Assert.Equal(text[4..], network.NewDecoder().Generate(prompt, options));
        }

        IEnumerable<int> One(ulong seed) => decoder.Generate(prompt, new GenerationOptions { Temperature = 10, Seed = seed, MaximumTokens = 12 });
        Assert.NotEqual(One(1).ToArray(), One(2).ToArray());
    }

    [Fact]
    public async Task Text_can_be_awaited_and_is_the_same()
    {
        IDecoder decoder = new SmallGpt(seed: 3).NewDecoder();
        var tokenizer = CharacterTokenizer.Of("abcdefghijk");
        var options = new GenerationOptions { Temperature = 10 };
        string text = string.Concat(decoder.Generate(tokenizer, "abc", options));
        Assert.Equal(18, text.Length);
        string awaited = "";
        await foreach (string piece in decoder.GenerateAsync(tokenizer, "abc", options))
        {
            awaited += piece;
        }

        Assert.Equal(text, awaited);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_token_costs_no_garbage(string name)
    {
        IDecoder decoder = Make(name).Network.NewDecoder();
        int[] prompt = Tokens(decoder, 5);
        decoder.Prefill(prompt);
        decoder.Step(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        decoder.Reset();
        decoder.Prefill(prompt);
        for (int i = 0; i < 10; i++)
        {
            decoder.Step(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Decoders_of_one_network_do_not_disturb_each_other()
    {
        var network = new SmallLlama(seed: 3);
        IDecoder one = network.NewDecoder(), other = network.NewDecoder(), alone = network.NewDecoder();
        one.Prefill([1, 2, 3]);
        other.Prefill([4, 5]);
        alone.Prefill([1, 2, 3]);
        Assert.Equal(alone.Step(7).ToArray(), one.Step(7).ToArray());
    }

    [Fact]
    public void More_tokens_than_can_be_remembered_are_refused_and_nothing_is_taken()
    {
        IDecoder decoder = new SmallGpt().NewDecoder();
        Assert.Equal((11, 20, 0), (decoder.Vocabulary, decoder.MaximumLength, decoder.Position));
        var error = Assert.Throws<InvalidOperationException>(() => { decoder.Prefill(new int[21]); });
        Assert.Equal("0 tokens are remembered and 21 more are to come, but at most 20 can be; Reset the decoder, or declare a larger size", error.Message);
        decoder.Prefill(new int[20]);
        error = Assert.Throws<InvalidOperationException>(() => { decoder.Step(0); });
        Assert.Equal("20 tokens are remembered and 1 more is to come, but at most 20 can be; Reset the decoder, or declare a larger size", error.Message);
        Assert.Equal(20, decoder.Position);
        decoder.Reset();
        decoder.Step(0);
        Assert.Equal(1, decoder.Position);
        Assert.Contains("the decoder takes at most 20", Assert.Throws<ArgumentException>(() => decoder.Generate(new int[21])).Message);
        Assert.Equal(int.MaxValue, new SmallGru().NewDecoder().MaximumLength);
    }

    [Fact]
    public void Tokens_that_there_are_not_are_refused_and_nothing_is_taken()
    {
        IDecoder decoder = new SmallGpt().NewDecoder();
        decoder.Step(0);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => { decoder.Prefill([0, 11, 1]); });
        Assert.StartsWith("token 11 at position 2 is none of the network's, which are 0 to 10", error.Message);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => { decoder.Step(-1); });
        Assert.StartsWith("token -1 at position 1 is none of the network's, which are 0 to 10", error.Message);
        Assert.Throws<ArgumentException>(() => { decoder.Prefill([]); });
        Assert.Throws<ArgumentNullException>(() => NetworkDecoders.NewDecoder(null!));
        Assert.Equal(1, decoder.Position);
    }

    private static (ITokenModel Network, Forward Forward) Make(string name)
    {
        if (name == "gpt")
        {
            var network = new SmallGpt(seed: 5);
            return (network, (tokens, scores) => network.Predict(tokens, scores, T: tokens.Length));
        }

        if (name == "llama")
        {
            var network = new SmallLlama(seed: 5);
            return (network, (tokens, scores) => network.Predict(tokens, scores, T: tokens.Length));
        }

        if (name == "attention")
        {
            var network = new SmallAttention(seed: 5);
            return (network, (tokens, scores) => network.Predict(tokens, scores, T: tokens.Length));
        }

        var recurrent = new SmallGru(seed: 5);
        return (recurrent, (tokens, scores) => recurrent.Predict(tokens, scores, T: tokens.Length));
    }

    private static int[] Tokens(IDecoder decoder, int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(decoder.Vocabulary))];
    }

    /// <summary>The scores of what follows the last token, from all of them at once.</summary>
    private static float[] Last(Forward forward, ReadOnlySpan<int> tokens, int vocabulary)
    {
        float[] scores = new float[tokens.Length * vocabulary];
        forward(tokens, scores);
        return scores[^vocabulary..];
    }
}
