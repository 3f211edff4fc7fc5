using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;
using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Subscriptions;

/// <summary>Section <c>Subscriptions</c>.</summary>
internal sealed class SubscriptionOptions
{
    /// <summary>Who takes the payments.</summary>
    public GatewayKind Gateway { get; init; } = GatewayKind.Sandbox;

    /// <summary>A JSON file with the plans of a new installation, by their ids, each as <c>PUT /api/admin/plans/{id}</c> takes it. Unset: Basic,
    /// Premium and Family.</summary>
    public string? PlansFile { get; init; }

    /// <summary>Who sells, as invoices say it: name, address, tax number, in lines.</summary>
    public string Issuer { get; init; } = "FlickStream";

    /// <summary>How long a checkout may be finished. Stripe opens one for 30 minutes to 24 hours, and ends a subscription that was not paid first after 23.</summary>
    [TimeRange("01:00:00", "23:00:00")]
    public TimeSpan CheckoutLife { get; init; } = TimeSpan.FromHours(23);

    /// <summary>Whether a trial begins with a card. If not, it ends in a pause until there is one.</summary>
    public bool TrialNeedsCard { get; init; } = true;

    /// <summary>How often a minute an account may ask about its subscription.</summary>
    [Range(1, 10_000)]
    public int RequestsPerMinute { get; init; } = 120;

    /// <summary>How often the provider is asked about a checkout or payment that is under way, should its webhook be lost.</summary>
    [TimeRange("00:01:00", "06:00:00")]
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an account may watch on while its renewal is not paid.</summary>
    [TimeRange("00:00:00", "30.00:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>After how long a declined renewal is tried again, each counted from the renewal, where the bank's reason may pass. Unset: after 1, 2,
    /// 3, 5, 7, 9, 11 and 14 days, eight times in two weeks as Stripe suggests.</summary>
    public IReadOnlyList<TimeSpan>? Retries { get; init; }

    /// <summary>How long after a renewal that is not paid the subscription ends.</summary>
    [TimeRange("1.00:00:00", "27.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How many days before a renewal its owner is reminded, at nine in the morning by their clock.</summary>
    [Range(1, 20)]
    public int ReminderDays { get; init; } = 3;

    /// <summary>How long an upgrade may wait for its owner to show their bank who they are.</summary>
    [TimeRange("00:05:00", "1.00:00:00")]
    public TimeSpan UpgradeLife { get; init; } = TimeSpan.FromHours(1);

    internal IEnumerable<TimeSpan> RetryTimes => Retries ?? Usual;

    private static readonly IReadOnlyList<TimeSpan> Usual = [.. new[] { 1, 2, 3, 5, 7, 9, 11, 14 }.Select(days => TimeSpan.FromDays(days))];
}
