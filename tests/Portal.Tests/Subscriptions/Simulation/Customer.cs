namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>An account and what it is up to.</summary>
internal sealed class Customer
{
    public required string AccountId { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public DateTimeOffset ActsAt { get; set; }

    /// <summary>Their account is to be deleted, or they are shut out: nothing may be charged.</summary>
    public bool IsLeaving { get; set; }

    public bool HadTrial { get; set; }

    /// <summary>Of codes that a subscription began with.</summary>
    public HashSet<string> Codes { get; } = [];

    /// <summary>Of the latest subscription; null before the first.</summary>
    public Oracle? Oracle { get; set; }
}
