namespace FlickStream.Platform.TimedText;

/// <summary>Captions of CEA-708 by the triplets of ATSC A/53 that pictures carry, picture after picture: the six standard services.</summary>
internal sealed class Cea708Reader
{
    private const int Standard = 6;

    private readonly Cea708Service[] _services = [.. Enumerable.Range(0, Standard).Select(_ => new Cea708Service())];
    private readonly SortedSet<int> _extended = [];
    private readonly List<byte> _packet = [];
    private bool _isOpen;
    private int? _sequence;
    private long _last;

    /// <summary>Numbers of other services that say something.</summary>
    public IEnumerable<int> Extended => _extended;

    /// <param name="time">Of the picture, milliseconds.</param>
    /// <param name="triplets">Its own; what is not of CEA-708 is passed over.</param>
    public void Add(long time, ReadOnlySpan<byte> triplets)
    {
        _last = Math.Max(_last, time);
        foreach (var service in _services) service.Pass(time);
        for (; triplets.Length >= 3; triplets = triplets[3..])
        {
            var (isValid, type) = ((triplets[0] & 4) != 0, triplets[0] & 3);
            if (!isValid || type < 2) continue;
            if (type == 3)
            {
                // Some writers state a larger size than they send.
                if (_isOpen) End(time);
                _isOpen = true;
            }

            // A picture may begin within a packet, whose head is then missing.
            if (!_isOpen) continue;
            _packet.AddRange(triplets[1..3]);
            if (_packet.Count >= SizeOf(_packet[0])) End(time);
        }
    }

    /// <returns>The cues of services 1 to 6, and whether each has begun.</returns>
    public IReadOnlyList<(IReadOnlyList<Cue> Cues, bool HasBegun)> Finish() =>
        [.. _services.Select(service => (service.Finish(_last), service.HasBegun))];

    // CTA-708-E, 5: the packet's head counts pairs of bytes.
    private static int SizeOf(byte head) => (head & 0x3f) is > 0 and var pairs ? 2 * pairs : 128;

    private void End(long time)
    {
        byte[] packet = [.. _packet];
        _packet.Clear();
        _isOpen = false;
        var sequence = packet[0] >> 6;
        // One is missing, and with it perhaps the end of what is shown; there are writers that do not count.
        if (_sequence is { } before && sequence != before && sequence != ((before + 1) & 3))
            foreach (var service in _services) service.Reset(time);
        _sequence = sequence;
        Blocks(time, packet.AsSpan(1));
    }

    // CTA-708-E, 6.2: a block's head is the service's number and the size; number 7 says that the number follows.
    private void Blocks(long time, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var (number, size) = (bytes[0] >> 5, bytes[0] & 0x1f);
            bytes = bytes[1..];
            if (number == 0 || size == 0) return;
            if (number == 7 && !bytes.IsEmpty)
            {
                number = bytes[0] & 0x3f;
                bytes = bytes[1..];
            }

            var block = bytes[..Math.Min(size, bytes.Length)];
            bytes = bytes[block.Length..];
            if (number is > 0 and <= Standard) _services[number - 1].Add(time, block);
            else if (number > Standard) _extended.Add(number);
        }
    }
}
