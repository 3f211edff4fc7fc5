using NodaTime;

namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>The circumstances of watching: a quarter of the viewer's day, and what is watched on. Default: not known.</summary>
internal readonly record struct Moment
{
    public const int DayParts = 4, Devices = 4, Count = 1 + (DayParts * Devices);

    private readonly byte _code;

    /// <param name="dayPart">0 night, 1 morning, 2 afternoon, 3 evening.</param>
    /// <param name="device">0 computer, 1 phone, 2 tablet, 3 television.</param>
    public Moment(int dayPart, int device)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)dayPart, (uint)DayParts);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)device, (uint)Devices);
        _code = (byte)(1 + (dayPart * Devices) + device);
    }

    public bool IsKnown => _code > 0;

    /// <summary>0 where nothing is known, else 1..<see cref="Count"/> - 1.</summary>
    public int Code => _code;

    /// <param name="zone">The viewer's.</param>
    public static Moment At(DateTimeOffset at, DateTimeZone zone, int device) => new(Instant.FromDateTimeOffset(at).InZone(zone).Hour / 6, device);
}
