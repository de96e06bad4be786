using DeepGen.Text;

namespace DeepGen.Tests;

/// <summary>Tokens and texts after a prompt.</summary>
public class GenerationTests
{
    private static readonly GenerationOptions s_options = new() { Temperature = 0.9f, TopK = 20, TopP = 0.95f, Seed = 4 };

    [Fact]
    public void Every_token_is_drawn_from_what_the_decoder_says_of_all_before_it()
    {
        var decoder = new DriftingDecoder(30, 40);
        int[] prompt = [3, 1, 4, 1, 5];
        int[] tokens = [.. decoder.Generate(prompt, s_options)];
        Assert.Equal(36, tokens.Length);
        var sampler = new Sampler(30, s_options);
        var fresh = new DriftingDecoder(30, 40);
        for (int i = 0; i < tokens.Length; i++)
        {
            fresh.Reset();
            Assert.Equal(sampler.Next(fresh.Prefill([.. prompt, .. tokens[..i]])), tokens[i]);
        }
    }

    [Fact]
    public void Enumerating_again_gives_the_same()
    {
        var decoder = new DriftingDecoder(30, 40);
        var tokens = decoder.Generate([1, 2], s_options);
        Assert.Equal(tokens.ToArray(), tokens.ToArray());
    }

    [Fact]
    public async Task Awaited_tokens_are_the_same_and_computed_elsewhere()
    {
        int caller = Environment.CurrentManagedThreadId;
        var decoder = new DriftingDecoder(30, 200);
        int[] expected = [.. decoder.Generate([1, 2], s_options)];
        var awaited = new List<int>();
        bool pool = true;
        decoder.BeforeStep = _ => pool &= Thread.CurrentThread.IsThreadPoolThread;
        await foreach (int token in decoder.GenerateAsync([1, 2], s_options))
        {
            awaited.Add(token);
        }

        Assert.Equal(expected, awaited);
        Assert.True(pool);
    }

    [Fact]
    public async Task Cancelling_ends_before_the_next_token()
    {
        using var source = new CancellationTokenSource();
        var decoder = new DriftingDecoder(30, 200);
        int count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int token in decoder.GenerateAsync([1, 2], s_options, source.Token))
            {
                if (++count == 10)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(10, count);
        Assert.Equal(10, decoder.Calls);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int token in decoder.GenerateAsync([1, 2]).WithCancellation(source.Token))
            {
                Assert.Fail("nothing should come");
            }
        });
        Assert.Equal(10, decoder.Calls);
    }

    [Fact]
    public void The_number_of_tokens_is_what_is_asked_for_or_what_there_is_room_for()
    {
        var decoder = new DriftingDecoder(30, 8);
        Assert.Equal(3, decoder.Generate([1, 2], new() { MaximumTokens = 3 }).Count());
        Assert.Equal(7, decoder.Generate([1, 2]).Count());
        Assert.Single(decoder.Generate([0, 1, 2, 3, 4, 5, 6, 7]));
        int calls = decoder.Calls;
        Assert.Empty(decoder.Generate([1, 2], new() { MaximumTokens = 0 }));
        Assert.Equal(calls, decoder.Calls);
    }

    [Fact]
    public void A_stop_token_ends_and_is_not_given()
    {
        var decoder = new RecitingDecoder(10, 4, 5, 6, 7);
        Assert.Equal([4, 5], decoder.Generate([0], GenerationOptions.Greedy with { StopTokens = [9, 6] }));
        Assert.Empty(decoder.Generate([0], GenerationOptions.Greedy with { StopTokens = [4] }));
    }

    [Fact]
    public void The_prompt_counts_as_a_repetition()
    {
        var options = GenerationOptions.Greedy with { RepetitionPenalty = 3, MaximumTokens = 1 };
        int changed = 0;
        for (int last = 0; last < 8; last++)
        {
            int[] prompt = [0, 1, 2, last];
            var decoder = new DriftingDecoder(8, 10);
            int plain = decoder.Generate(prompt, options with { RepetitionPenalty = 1 }).Single();
            var sampler = new Sampler(8, options);
            sampler.Observe(prompt);
            decoder.Reset();
            int expected = sampler.Next(decoder.Prefill(prompt));
            Assert.Equal(expected, decoder.Generate(prompt, options).Single());
            changed += expected == plain ? 0 : 1;
        }

        Assert.InRange(changed, 1, 8);
    }

    [Fact]
    public void Going_on_makes_no_garbage()
    {
        using var tokens = new DriftingDecoder(300, 100000).Generate([1, 2, 3], s_options with { RepetitionPenalty = 1.1f }).GetEnumerator();
        Garbage.IsNotMadeBy(() => Assert.True(tokens.MoveNext()));
    }

    [Fact]
    public void Text_comes_in_whole_characters()
    {
        var tokenizer = SmallTokenizers.ByteLevel();
        int[] text = tokenizer.Encode("né 🙂!", special: false);
        var decoder = new RecitingDecoder(tokenizer.Vocabulary, text);
        string[] pieces = [.. decoder.Generate(tokenizer, "x", GenerationOptions.Greedy with { MaximumTokens = text.Length })];
        Assert.Equal("né 🙂!", string.Concat(pieces));
        Assert.Equal(["n", "é", " ", "🙂", "!"], pieces);
        int[] half = text[..^2];
        decoder = new RecitingDecoder(tokenizer.Vocabulary, half);
        Assert.Equal("né \uFFFD", string.Concat(decoder.Generate(tokenizer, "x", GenerationOptions.Greedy with { MaximumTokens = half.Length })));
    }

    [Theory]
    [InlineData("the end. more", "end", "the ")]
    [InlineData("the end. more", "end.|the end. m", "the ")]
    [InlineData("abcabcabd!", "abd", "abcabc")]
    [InlineData("aaaaab", "aab", "aaa")]
    [InlineData("no stop here", "stopp|hereafter", "no stop here")]
    [InlineData("abcd", "abcd|c", "ab")]
    [InlineData("abcd", "c|bc", "a")]
    [InlineData("stop", "stop", "")]
    public async Task A_stop_string_ends_the_text_wherever_tokens_are_cut(string text, string stops, string expected)
    {
        var tokenizer = CharacterTokenizer.Of(text + "#");
        var decoder = new RecitingDecoder(tokenizer.Vocabulary, tokenizer.Encode(text));
        var options = GenerationOptions.Greedy with { MaximumTokens = text.Length, StopStrings = stops.Split('|') };
        Assert.Equal(expected, string.Concat(decoder.Generate(tokenizer, "#", options)));
        var awaited = new List<string>();
        await foreach (string piece in decoder.GenerateAsync(tokenizer, "#", options))
        {
            awaited.Add(piece);
        }

        Assert.Equal(decoder.Generate(tokenizer, "#", options), awaited);
        for (int size = 1; size <= text.Length; size++)
        {
            var filter = new StopFilter(options.StopStrings);
            string passed = "";
            for (int at = 0; at < text.Length && !filter.Stopped; at += size)
            {
                passed += filter.Take(text.AsSpan(at, Math.Min(size, text.Length - at))).ToString();
            }

            Assert.Equal(expected, passed + filter.Rest().ToString());
        }
    }

    [Fact]
    public void A_continuation_keeps_the_space_with_which_it_begins()
    {
        var tokenizer = SmallTokenizers.Llama();
        int[] world = tokenizer.Encode("ab", special: false);
        Assert.Equal("ab", tokenizer.Decode(world));
        var decoder = new RecitingDecoder(tokenizer.Vocabulary, world);
        Assert.Equal(" ab", string.Concat(decoder.Generate(tokenizer, "b", GenerationOptions.Greedy with { MaximumTokens = world.Length })));
    }

    [Fact]
    public void A_wrong_prompt_is_refused_before_anything_is_computed()
    {
        var decoder = new DriftingDecoder(10, 4);
        Refused(() => decoder.Generate([]), "the prompt is empty");
        Refused(() => decoder.Generate([1, 2, 3, 4, 5]), "the prompt has 5 tokens, but the decoder takes at most 4");
        Refused(() => decoder.Generate([1, 10]), "token 10 at position 1 of the prompt is none of the decoder's, which are 0 to 9");
        Refused(() => decoder.Generate([-1]), "token -1 at position 0");
        Refused(() => decoder.Generate([1], new() { StopTokens = [10] }), "the stop token 10 is none of the decoder's");
        Refused(() => decoder.Generate([1, 2], new() { MaximumTokens = 4 }), "after a prompt of 2 tokens the decoder, which takes 4, can give 3, but 4 are asked for");
        Refused(() => decoder.Generate([1], new() { StopStrings = ["x"] }), "stop strings can be found only where a tokenizer is given");
        Refused(() => decoder.GenerateAsync([1, 10]), "token 10 at position 1");
        Refused(() => decoder.Generate(CharacterTokenizer.Of("abc"), "xyz"), "U+0078 'x' at position 0");
        Assert.Equal(0, decoder.Calls);
    }

    [Fact]
    public void Absurd_options_are_refused_with_value_and_limit()
    {
        var decoder = new DriftingDecoder(10, 4);
        Refused(() => decoder.Generate([1], new() { Temperature = -0.5f }), "Temperature is -0.5, but it must be a number that is not negative");
        Refused(() => decoder.Generate([1], new() { Temperature = float.NaN }), "Temperature is NaN");
        Refused(() => decoder.Generate([1], new() { TopP = 0 }), "TopP is 0, but it must be above 0 and at most 1");
        Refused(() => decoder.Generate([1], new() { TopP = 1.5f }), "TopP is 1.5");
        Refused(() => decoder.Generate([1], new() { TopK = -1 }), "TopK is -1");
        Refused(() => decoder.Generate([1], new() { RepetitionPenalty = 0 }), "RepetitionPenalty is 0, but it must be a positive number");
        Refused(() => decoder.Generate([1], new() { MaximumTokens = -1 }), "MaximumTokens is -1");
        Refused(() => decoder.Generate(CharacterTokenizer.Of("a"), "a", new() { StopStrings = [""] }), "empty cannot end anything");
        Assert.Equal(0, decoder.Calls);
    }

    private static void Refused(Func<object> call, string message) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(call).Message);
}
