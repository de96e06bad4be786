using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// Lists of what is not zero among the values of an image's windows: of rows · columns windows of some channels each, every value
/// belongs to one element of its window, the tap. A list is three runs of memory: values, then the offset that goes with each, then
/// how many there are; offsets and counts are integers in the place of floats.
/// </summary>
public static class LiveEntries
{
    /// <summary>
    /// A list for each channel, of at most rows · columns entries, window by window. An entry's offset is
    /// row · <paramref name="rowStep"/> + column · <paramref name="columnStep"/> + <paramref name="tapOffsets"/>[tap].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByChannel(
        ref float d, nint dRow, nint dColumn, ref float tap, nint tapRow, nint tapColumn, ref float list,
        int rows, int columns, int channels, int rowStep, int columnStep, ReadOnlySpan<int> tapOffsets)
    {
        nint capacity = rows * columns;
        ref int offsets = ref Unsafe.As<float, int>(ref Unsafe.Add(ref list, channels * capacity));
        ref int counts = ref Unsafe.Add(ref offsets, channels * capacity);
        for (nint c = 0; c < channels; c++)
        {
            nint start = c * capacity;
            nint next = start;
            for (nint i = 0; i < rows; i++)
            {
                ref float dAt = ref Unsafe.Add(ref d, (i * dRow) + c);
                ref float tapAt = ref Unsafe.Add(ref tap, (i * tapRow) + c);
                int offset = (int)i * rowStep;
                for (nint j = 0; j < columns; j++)
                {
                    float value = dAt;
                    Unsafe.Add(ref list, next) = value;
                    Unsafe.Add(ref offsets, next) = offset + tapOffsets[(int)tapAt];
                    next += value != 0 ? 1 : 0;
                    offset += columnStep;
                    dAt = ref Unsafe.Add(ref dAt, dColumn);
                    tapAt = ref Unsafe.Add(ref tapAt, tapColumn);
                }
            }

            Unsafe.Add(ref counts, c) = (int)(next - start);
        }
    }

    /// <summary>
    /// A list for each tap of each window, of at most as many entries as there are channels. An entry's offset is
    /// channel · <paramref name="channelStep"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByPlace(
        ref float d, nint dRow, nint dColumn, ref float tap, nint tapRow, nint tapColumn, ref float list,
        int rows, int columns, int channels, int taps, int channelStep)
    {
        nint places = (nint)rows * columns * taps;
        ref int offsets = ref Unsafe.As<float, int>(ref Unsafe.Add(ref list, places * channels));
        ref int counts = ref Unsafe.Add(ref offsets, places * channels);
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = 0; j < columns; j++)
            {
                nint first = ((i * columns) + j) * taps;
                for (nint t = 0; t < taps; t++)
                {
                    Unsafe.Add(ref counts, first + t) = 0;
                }

                ref float dAt = ref Unsafe.Add(ref d, (i * dRow) + (j * dColumn));
                ref float tapAt = ref Unsafe.Add(ref tap, (i * tapRow) + (j * tapColumn));
                for (nint c = 0; c < channels; c++)
                {
                    float value = Unsafe.Add(ref dAt, c);
                    nint place = first + (int)Unsafe.Add(ref tapAt, c);
                    ref int count = ref Unsafe.Add(ref counts, place);
                    nint next = (place * channels) + count;
                    Unsafe.Add(ref list, next) = value;
                    Unsafe.Add(ref offsets, next) = (int)c * channelStep;
                    count += value != 0 ? 1 : 0;
                }
            }
        }
    }
}
