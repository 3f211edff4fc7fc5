using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests;

internal static class PortalClock
{
    /// <summary>Time passes as in a machine that slept: what repeats does so once afterwards, not for each time that it would have been due. A day of
    /// every timer costs half a second of CPU, and half a year more than all other tests of sessions together.</summary>
    public static void Leap(this FakeTimeProvider clock, TimeSpan time) => clock.LeapTo(clock.GetUtcNow() + time);

    /// <inheritdoc cref="Leap"/>
    public static void LeapTo(this FakeTimeProvider clock, DateTimeOffset time) => clock.AdjustTime(time);
}
