using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Access.Sessions;

/// <summary>That a person is signed in with one browser or device. The document is the truth: without it there is no session.</summary>
[ImmutableObject(true)]
public sealed record Session
{
    public static readonly DocumentSchema<Session> Schema = new DocumentSchema<Session>("sessions")
        .Field("account", s => s.AccountId)
        .Field("expires", s => EndOfDay(s.ExpiresAt))
        .Index("account")
        .Index("expires");

    /// <summary>16 lower-case hex digits; no secret.</summary>
    public required string Id { get; init; }

    /// <summary>Lower-case hex SHA-256 of the secret's text.</summary>
    public required string SecretSha256 { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Whose masters and titles a studio's people work on; null for viewers.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>One of <see cref="Roles.All"/>, as it was at sign-in; a change of the role ends the account's sessions.</summary>
    public required string Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last use, told to the minute or so.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When the person last showed who they are; what is delicate asks for a recent time.</summary>
    public required DateTimeOffset ConfirmedAt { get; init; }

    /// <summary>Unused until then it ends; each use moves it on, at most to <see cref="EndsAt"/>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>However much it is used, it ends then.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The profile that it acts as; null until one is chosen.</summary>
    public string? ProfileId { get; init; }

    /// <summary>The User-Agent of its sign-in, shortened.</summary>
    public string Device { get; init; } = "";

    /// <summary>The address of its sign-in.</summary>
    public string Address { get; init; } = "";

    /// <summary>By which those that are over are found to be removed: most uses of one then move nothing that it is found by.</summary>
    private static DateTimeOffset EndOfDay(DateTimeOffset expires) => new(expires.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
