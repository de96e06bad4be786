using System.Text;

namespace DeepGen.Text.BytePairs;

/// <summary>
/// GPT-2's way to write any bytes as visible characters: those that Latin-1 shows stand for themselves, the others, in order, for
/// U+0100 and what follows.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_characters = Characters();
    private static readonly Dictionary<char, byte> s_bytes = s_characters.Select((c, i) => (c, (byte)i)).ToDictionary();

    public static char Of(byte value) => s_characters[value];

    /// <summary>The bytes of a piece, unless it has a character that stands for none.</summary>
    public static byte[]? Bytes(string piece)
    {
        var bytes = new byte[piece.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!s_bytes.TryGetValue(piece[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static char[] Characters()
    {
        var characters = new char[256];
        int hidden = 0;
        for (int value = 0; value < characters.Length; value++)
        {
            bool visible = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = (char)(visible ? value : 0x100 + hidden++);
        }

        return characters;
    }

    /// <summary>Hands a word on with a character for each of its bytes.</summary>
    public sealed class Stage(WordStage next) : WordStage
    {
        public override void Take(ReadOnlySpan<char> text, bool first, TokenBuffer output)
        {
            int count = Encoding.UTF8.GetByteCount(text);
            var bytes = count <= 256 ? stackalloc byte[256] : new byte[count];
            Encoding.UTF8.GetBytes(text, bytes);
            var characters = count <= 256 ? stackalloc char[256] : new char[count];
            for (int i = 0; i < count; i++)
            {
                characters[i] = s_characters[bytes[i]];
            }

            next.Take(characters[..count], first, output);
        }
    }
}
