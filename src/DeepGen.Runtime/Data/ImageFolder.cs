using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>
/// A folder with one folder of PNG pictures for each class. Classes are the folders' names in ordinal order, samples the files' in
/// ordinal order within their class; all pictures are of one size.
/// </summary>
public sealed class ImageFolder
{
    private readonly ImmutableArray<(string Path, int Class)> _files;
    private readonly SampleLayout _layout;

    private ImageFolder(ImmutableArray<string> classNames, ImmutableArray<(string Path, int Class)> files)
    {
        (ClassNames, _files) = (classNames, files);
        var first = PngFile.Read(files[0].Path);
        _layout = SampleLayout.Classified(first.Channels, first.Height, first.Width);
    }

    /// <summary>The classes.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>How many pictures.</summary>
    public int Count => _files.Length;

    /// <summary>[channels, height, width], those of the first picture.</summary>
    public ImmutableArray<int> Shape => _layout.Inputs[0];

    /// <summary>Lists a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="classNames">The classes in their order, such as those of the training data; the folders' names if left out.</param>
    /// <exception cref="DataFormatException">There is no folder or no picture in it, or a folder is no class.</exception>
    public static ImageFolder Open(string path, ImmutableArray<string> classNames = default)
    {
        var folders = Directory.GetDirectories(path).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToImmutableArray();
        if (folders.IsEmpty)
        {
            throw new DataFormatException(path, "", "expected a folder for each class, found none");
        }

        var names = classNames.IsDefaultOrEmpty ? folders : classNames;
        var files = ImmutableArray.CreateBuilder<(string, int)>();
        foreach (string folder in folders)
        {
            string full = Path.Combine(path, folder);
            int number = names.IndexOf(folder);
            if (number < 0)
            {
                throw new DataFormatException(full, "", $"expected a folder named after one of the classes {string.Join(", ", names)}");
            }

            int before = files.Count;
            files.AddRange(Directory.GetFiles(full)
                .Where(f => f.EndsWith(".png", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Select(f => (f, number)));
            if (files.Count == before)
            {
                throw new DataFormatException(full, "", "expected a .png file or more, found none");
            }
        }

        return new ImageFolder(names, files.ToImmutable());
    }

    /// <summary>All pictures in memory, values from 0 to 255.</summary>
    /// <exception cref="DataFormatException">A picture is damaged or of another size than the first.</exception>
    public DataSet Load()
    {
        int length = SampleLayout.LengthOf(Shape);
        var values = new float[checked(length * Count)];
        for (int i = 0; i < Count; i++)
        {
            Read(i, values.AsSpan(i * length, length));
        }

        return new DataSet(
            [Column.OfValues(values, Shape.AsSpan())], [Column.OfClasses([.. _files.Select(f => f.Class)], ClassNames)]);
    }

    /// <summary>The pictures read as they are needed, values from 0 to 255.</summary>
    /// <param name="shuffle">The seed of the order in which files are read in each epoch; in their own order if left out.</param>
    public StreamedData Stream(ulong? shuffle = null) => new(_layout, (epoch, _) => Samples(epoch, shuffle), Count);

    private IEnumerable<Sample> Samples(int epoch, ulong? shuffle)
    {
        var sample = new Sample(_layout);
        int[] order = shuffle is { } seed
            ? Permutation.Of(Count, new CounterRandom(seed, "files").Derived(epoch))
            : Permutation.Identity(Count);
        foreach (int i in order)
        {
            Read(i, sample.Input());
            sample.Class() = _files[i].Class;
            yield return sample;
        }
    }

    private void Read(int i, Span<float> values)
    {
        var image = PngFile.Read(_files[i].Path);
        if (image.Channels != Shape[0] || image.Height != Shape[1] || image.Width != Shape[2])
        {
            throw new DataFormatException(
                _files[i].Path, "byte 16", $"expected a picture of {Shape[2]} x {Shape[1]} {(Shape[0] == 1 ? "grey" : "RGB")}, as '{_files[0].Path}' is, found {image}");
        }

        image.CopyTo(values);
    }
}
