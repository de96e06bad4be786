using DeepGen.Generator.Support;

namespace DeepGen.Generator.Declare;

/// <summary>
/// Where a spec's parts stand in the source. Kept apart from the spec, so that lines may move without the spec changing.
/// Keys are paths, "App.Digits/member:3/Units"; what has no place of its own is found where its parent is.
/// </summary>
internal sealed record Places(EquatableArray<PlaceEntry> Entries)
{
    private Dictionary<string, Place>? _byKey;

    public static Places None { get; } = new(EquatableArray<PlaceEntry>.Empty);

    /// <summary>The place of the key or of its nearest ancestor that has one.</summary>
    public Place? Find(string key)
    {
        _byKey ??= Entries.ToDictionary(e => e.Key, e => e.Place);
        while (true)
        {
            if (_byKey.TryGetValue(key, out Place place))
            {
                return place;
            }

            int end = key.LastIndexOf('/');
            if (end >= 0)
            {
                key = key.Substring(0, end);
            }
            else
            {
                return _byKey.TryGetValue(key + "/type", out place) ? place : null;
            }
        }
    }

    public bool Equals(Places? other) => other is not null && Entries == other.Entries;

    public override int GetHashCode() => Entries.GetHashCode();
}

internal sealed record PlaceEntry(string Key, Place Place);
