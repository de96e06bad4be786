using DeepGen.Text;

namespace DeepGen;

/// <summary>The text that follows a prompt, in pieces of whole characters.</summary>
internal sealed class TextLoop(TokenLoop tokens, ITokenizer tokenizer, GenerationOptions options)
{
    private readonly TextPieces _pieces = new(tokenizer, continues: true);
    private readonly StopFilter _filter = new(options.StopStrings);
    private bool _ended;

    public string Current { get; private set; } = "";

    public bool MoveNext(CancellationToken cancellation)
    {
        while (!_ended)
        {
            bool more = tokens.MoveNext(cancellation);
            string text = _filter.Take(more ? _pieces.Next(tokens.Current) : _pieces.End()).ToString();
            _ended = !more || _filter.Stopped;
            Current = _ended ? string.Concat(text, _filter.Rest()) : text;
            if (Current.Length > 0)
            {
                return true;
            }
        }

        return false;
    }
}
