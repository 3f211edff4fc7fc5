using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Notifications;

/// <summary>Section <c>Notifications</c>.</summary>
internal sealed class NotificationOptions
{
    /// <summary>How long notifications are kept. Longer than <see cref="ReleaseLookBack"/>: what is still looked at must be known to have been told.</summary>
    [TimeRange("40.00:00:00", "3650.00:00:00")]
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(90);

    /// <summary>A title that could be seen for longer, before anybody was told, is news no more. It covers the time for which all portals may be down.</summary>
    [TimeRange("01:00:00", "30.00:00:00")]
    public TimeSpan ReleaseLookBack { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What a profile may follow.</summary>
    [Range(1, 10_000)]
    public int FollowsPerProfile { get; init; } = 500;

    /// <summary>Once an account was told so much within an hour, nothing more is written about at once: it comes with the digest.</summary>
    [Range(1, 10_000)]
    public int AtOncePerHour { get; init; } = 20;

    /// <summary>Once an account was told so much on a day (UTC), further releases are one notification a profile.</summary>
    [Range(1, 10_000)]
    public int ReleasesPerDay { get; init; } = 100;

    /// <summary>The time of day at which digests are posted, in the account's time zone.</summary>
    [TimeRange("00:00:00", "23:59:00")]
    public TimeSpan DigestTime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How long the link in a letter ends letters like it.</summary>
    [TimeRange("60.00:00:00", "3650.00:00:00")]
    public TimeSpan UnsubscribeLife { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Links that are none of ours, from one network in a minute.</summary>
    [Range(1, 10_000)]
    public int WrongLinksPerMinute { get; init; } = 30;

    /// <summary>How often an event stream looks for news where no message came, and notices that its session ended; each look is three queries.</summary>
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan EventsInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Event streams that one account may have open at one portal.</summary>
    [Range(1, 1000)]
    public int EventsPerAccount { get; init; } = 20;
}
