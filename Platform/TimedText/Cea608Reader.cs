namespace FlickStream.Platform.TimedText;

/// <summary>
/// Captions of CEA-608 by the triplets of ATSC A/53 that pictures carry, picture after picture: four channels, two in each field.
/// </summary>
internal sealed class Cea608Reader
{
    private readonly Cea608Channel[] _channels = [new(), new(), new(), new()];
    private readonly (int First, int Second)[] _before = new (int, int)[2];

    // The channel of each field that characters go to; none while a field carries extended data (CEA-608, 9).
    private readonly int?[] _current = [null, null];
    private long _last;

    /// <param name="time">Of the picture, milliseconds.</param>
    /// <param name="triplets">Its own; what is not of CEA-608 is passed over.</param>
    public void Add(long time, ReadOnlySpan<byte> triplets)
    {
        _last = Math.Max(_last, time);
        for (; triplets.Length >= 3; triplets = triplets[3..])
        {
            var (isValid, field) = ((triplets[0] & 4) != 0, triplets[0] & 3);
            if (isValid && field < 2) Pair(time, field, triplets[1] & 0x7f, triplets[2] & 0x7f);
        }
    }

    /// <returns>The cues of CC1 to CC4, and whether each has begun.</returns>
    public IReadOnlyList<(IReadOnlyList<Cue> Cues, bool HasBegun)> Finish() =>
        [.. _channels.Select(channel => (channel.Finish(_last), channel.HasBegun))];

    private void Pair(long time, int field, int first, int second)
    {
        if (first == 0 && second == 0) return;
        if (first is >= 0x10 and < 0x20)
        {
            // Commands are sent twice, so that one lost is not missed; the second does nothing.
            var isAgain = _before[field] == (first, second);
            _before[field] = isAgain ? default : (first, second);
            if (isAgain) return;
            _current[field] = (2 * field) + ((first & 8) >> 3);
            _channels[_current[field]!.Value].Control(time, first & 0x17, second);
            return;
        }

        _before[field] = default;
        if (first is > 0 and < 0x10) _current[field] = null;
        if (_current[field] is not { } current) return;
        foreach (var code in (ReadOnlySpan<int>)[first, second])
            if (code >= 0x20) _channels[current].Write(time, Cea608Characters.Basic(code));
    }
}
