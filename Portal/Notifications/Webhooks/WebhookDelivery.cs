using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>What an endpoint is told once, and how that went. Its id is made of the endpoint's and of what happened, so that it is told once.</summary>
[ImmutableObject(true)]
internal sealed record WebhookDelivery
{
    public static readonly DocumentSchema<WebhookDelivery> Schema = new DocumentSchema<WebhookDelivery>("webhook_deliveries")
        .Field("endpoint", d => d.EndpointId)
        .Field("created", d => d.CreatedAt)
        .Field("due", d => d.DueAt)
        .Index("endpoint", "created")
        .Index("created")
        .Index("due");

    private const int MostAttempts = 20;

    public required string Id { get; init; }

    public required string EndpointId { get; init; }

    public required string Type { get; init; }

    /// <summary>JSON, which every attempt sends as it is.</summary>
    public required string Body { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>When it is sent next; while it is being sent, when it would be again. Null once there is nothing more to do.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Failures since it was first sent, or sent again.</summary>
    public int Failures { get; init; }

    /// <summary>The latest, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public WebhookDelivery With(DeliveryAttempt attempt) => this with { Attempts = [.. Attempts.TakeLast(MostAttempts - 1), attempt] };
}

/// <param name="At">When it began.</param>
/// <param name="Status">Of the answer; null where none came.</param>
/// <param name="Fault">Why none came, or why it does not count: a code such as <c>address_not_public</c>, <c>timeout</c>, <c>redirect</c>.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record DeliveryAttempt(DateTimeOffset At, int? Status, string? Fault, double Seconds);

internal enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Given up; it can be sent again.</summary>
    Failed,
}
