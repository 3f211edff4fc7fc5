using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>Where an organisation wants to be told.</summary>
[ImmutableObject(true)]
internal sealed record WebhookEndpoint
{
    public static readonly DocumentSchema<WebhookEndpoint> Schema = new DocumentSchema<WebhookEndpoint>("webhook_endpoints")
        .Field("organisation", e => e.OrganisationId)
        .Field("place", e => e.Place)
        .Index(unique: true, "organisation", "place");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    public required string OrganisationId { get; init; }

    /// <summary>1, 2, …: no two of an organisation have one, which is what keeps to the number that is allowed.</summary>
    public required int Place { get; init; }

    /// <summary>One more with every change of what its owner says of it, which a new secret is not.</summary>
    public long Revision { get; init; } = 1;

    public required Uri Url { get; init; }

    /// <summary>Some of <see cref="WebhookTypes.Chosen"/>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>False: nothing is sent there but tests.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Since when it is on: what happened before is not sent. Null for one that was before this was kept.</summary>
    public DateTimeOffset? OnSince { get; init; }

    /// <summary>Sealed; signatures need the secret itself.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>The one before, sealed; null where there is none.</summary>
    public byte[]? OldSecret { get; init; }

    /// <summary>Until when the one before is signed with too.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
