using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>Section <c>Notifications:Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Endpoints that one organisation may have.</summary>
    [Range(1, 100)]
    public int PerOrganisation { get; init; } = 10;

    /// <summary>How long an endpoint may take, from the look-up of its name to the end of its answer.</summary>
    [TimeRange("00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pauses after the first, second, … failure; after the last one it is given up. Null: 1, 5, 30 minutes, 2, 8, 24 hours.</summary>
    [MinLength(1)]
    public IReadOnlyList<TimeSpan>? Pauses { get; init; }

    /// <summary>How long a secret that was replaced is signed with too.</summary>
    [TimeRange("00:00:00", "30.00:00:00")]
    public TimeSpan OldSecretLife { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long deliveries can be seen and sent again.</summary>
    [TimeRange("7.00:00:00", "365.00:00:00")]
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often what waits is looked for, where the bus did not tell.</summary>
    [TimeRange("00:00:00.1", "01:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Endpoints that one portal sends to at once.</summary>
    [Range(1, 1000)]
    public int AtOnce { get; init; } = 16;

    /// <summary>Tests, and deliveries sent again, that one organisation or key may ask for in a minute.</summary>
    [Range(1, 100_000)]
    public int SendsPerMinute { get; init; } = 60;

    /// <summary>Tests and trials: endpoints of this machine, and those without TLS, are taken. Never where others may make endpoints.</summary>
    public bool AllowLoopback { get; init; }

    internal IReadOnlyList<TimeSpan> PausesInForce => Pauses ?? Usual;

    private static readonly IReadOnlyList<TimeSpan> Usual = [.. new[] { 1, 5, 30, 120, 480, 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes))];
}
