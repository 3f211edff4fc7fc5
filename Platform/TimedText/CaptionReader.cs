namespace FlickStream.Platform.TimedText;

/// <summary>One caption channel of CEA-608, <c>CC1</c> to <c>CC4</c>, or one service of CEA-708, <c>Service 1</c> to <c>Service 6</c>.</summary>
/// <param name="Name">As above.</param>
/// <param name="Cues">On the pictures' clock.</param>
/// <param name="HasBegun">Somebody means to speak, though perhaps without a word so far.</param>
public sealed record CaptionChannel(string Name, IReadOnlyList<Cue> Cues, bool HasBegun)
{
    private const string Service = "Service ";

    /// <summary>It is one of CEA-708.</summary>
    public bool IsService => Name.StartsWith(Service, StringComparison.Ordinal);

    /// <summary>As part of a rendition's name: <c>cc3</c>, <c>s2</c>.</summary>
    public string Suffix => IsService ? $"s{Name[Service.Length..]}" : Name.ToLowerInvariant();

    /// <param name="number">From 1: channels 1 and 2 are of the first field.</param>
    public static string NameOfChannel(int number) => $"CC{number}";

    public static string NameOfService(int number) => $"{Service}{number}";
}

/// <summary>Captions by the triplets of ATSC A/53 that pictures carry, picture after picture.</summary>
public sealed class CaptionReader
{
    private readonly Cea608Reader _channels = new();
    private readonly Cea708Reader _services = new();

    /// <param name="time">Of the picture, milliseconds.</param>
    /// <param name="triplets">Its own.</param>
    public void Add(long time, ReadOnlySpan<byte> triplets)
    {
        _channels.Add(time, triplets);
        _services.Add(time, triplets);
    }

    /// <returns>All channels, also those that say nothing, and the names of extended services that say something and are not read.</returns>
    public (IReadOnlyList<CaptionChannel> Channels, IReadOnlyList<string> Unread) Finish() =>
        ([
            .. _channels.Finish().Index().Select(c => new CaptionChannel(CaptionChannel.NameOfChannel(c.Index + 1), c.Item.Cues, c.Item.HasBegun)),
            .. _services.Finish().Index().Select(s => new CaptionChannel(CaptionChannel.NameOfService(s.Index + 1), s.Item.Cues, s.Item.HasBegun)),
        ], [.. _services.Extended.Select(CaptionChannel.NameOfService)]);
}
