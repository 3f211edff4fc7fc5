using System.ComponentModel;
using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts.SecondFactors;

namespace FlickStream.Portal.Accounts;

/// <summary>Somebody who may sign in. It exists from the moment that its address is verified.</summary>
[ImmutableObject(true)]
internal sealed record Account
{
    public static readonly DocumentSchema<Account> Schema = new DocumentSchema<Account>("accounts")
        .Field("email", a => a.EmailKey)
        .Field("role", a => a.Role)
        .Field("organisation", a => a.OrganisationId)
        .Field("created", a => a.CreatedAt)
        .Field("deletion", a => a.DeletionAt)
        .Field("suspended", a => a.Suspension is null ? null : true)
        .Field("ending", a => a.Ending?.At)
        .Index(unique: true, "email")
        .Index("role", "created")
        .Index("organisation")
        .Index("created")
        .Index("deletion")
        .Index("suspended", "created")
        .Index("ending");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    public required string Email { get; init; }

    public required string EmailKey { get; init; }

    /// <summary>A PHC string.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>One more with every new password; a hash that is only renewed counts for nothing.</summary>
    public int PasswordGeneration { get; init; }

    /// <summary>Null for those whose password alone opens them.</summary>
    public SecondFactor? SecondFactor { get; init; }

    public PendingFactor? PendingFactor { get; init; }

    /// <summary>One of <see cref="Roles.All"/>.</summary>
    public string Role { get; init; } = Roles.Viewer;

    /// <summary>The studio's; null for viewers.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>Since when it is the studio's; null for viewers, and for who was before this was kept.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>BCP 47, for clients: letters are in English, and names of titles go by the profile.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA's name; reminders happen by its clock, and renewals by that of the day on which it subscribed.</summary>
    public string TimeZone { get; init; } = "UTC";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its deletion has begun and cannot be taken back.</summary>
    public bool IsBeingDeleted { get; init; }

    /// <summary>When it began; null before, and for one that an earlier version began.</summary>
    public DateTimeOffset? RemovalBeganAt { get; init; }

    /// <summary>When everything of this account goes, while its owner may still change their mind; null usually.</summary>
    public DateTimeOffset? DeletionAt { get; init; }

    /// <summary>Null for those whom nobody shut out.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>What is yet to be ended since the account changed; null where that is done.</summary>
    public Ending? Ending { get; init; }

    public Account WithPassword(string hash) => this with { PasswordHash = hash, PasswordGeneration = PasswordGeneration + 1, PendingFactor = null };

    /// <summary>With what a change of the account ends, written with it, so that nothing can come between. What an earlier one ends stays ended.</summary>
    /// <param name="now">By the clock of this process.</param>
    /// <param name="but">The session that goes on; null: none does.</param>
    /// <param name="hasStreams">Whether what plays ends too.</param>
    public Account Ends(DateTimeOffset now, string? but = null, bool hasStreams = false) => this with
    {
        Ending = new(now, Ending is null || Ending.But == but ? but : null, hasStreams || Ending is { HasStreams: true }),
    };
}

/// <summary>That an administrator shut somebody out until one lets them in again.</summary>
/// <param name="At">Since when.</param>
/// <param name="Reason">As the person is told it.</param>
internal sealed record Suspension(DateTimeOffset At, string Reason);

/// <summary>What a change of an account is to end, and may not have yet.</summary>
/// <param name="At">Since when.</param>
/// <param name="But">The session that goes on; null: none does.</param>
/// <param name="HasStreams">Whether what plays ends too.</param>
[ImmutableObject(true)]
internal sealed record Ending(DateTimeOffset At, string? But, bool HasStreams);
