using FlickStream.Portal.Accounts;
using NodaTime;

namespace FlickStream.Portal.Notifications.Letters;

internal static class DigestTimes
{
    /// <summary>The next time that the clock on a wall shows this time of day. One that the clocks skip comes as late as they were put forward; of one
    /// that comes twice, the first counts.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="zone">IANA's name.</param>
    /// <param name="timeOfDay">Below a day.</param>
    public static DateTimeOffset After(DateTimeOffset now, string zone, TimeSpan timeOfDay)
    {
        var known = Locale.ZoneOf(zone);
        var today = Instant.FromDateTimeOffset(now).InZone(known).Date;
        var at = At(today);
        return at > now ? at : At(today.PlusDays(1));

        DateTimeOffset At(LocalDate day) => (day + LocalTime.FromTicksSinceMidnight(timeOfDay.Ticks)).InZoneLeniently(known).ToDateTimeOffset().ToUniversalTime();
    }
}
