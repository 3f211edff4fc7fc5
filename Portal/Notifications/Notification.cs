using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Notifications;

/// <summary>That an account or one of its profiles was told something. Its id is made of its business key, so that it is told once; one that its
/// owner deleted, or who wants none, stays until clean-up for that reason.</summary>
[ImmutableObject(true)]
internal sealed record Notification
{
    public static readonly DocumentSchema<Notification> Schema = new DocumentSchema<Notification>("notifications")
        .Field("account", n => n.AccountId)
        .Field("profile", n => n.ProfileId)
        .Field("created", n => n.CreatedAt)
        .Field("box", n => n.IsShown ? n.Box : null)
        .Field("unread", n => n.IsShown && n.ReadAt is null ? n.Box : null)
        .Field("mail", n => n.IsMailDue ? n.CreatedAt : null)
        .Field("digest", n => n.DigestAt)
        .Index("account", "digest")
        .Index("account", "created")
        .Index("profile")
        .Index("created")
        .Index("box", "created")
        .Index("unread", "created")
        .Index("mail")
        .Index("digest");

    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Null for what is the account's.</summary>
    public string? ProfileId { get; init; }

    public required NotificationKind Kind { get; init; }

    public required About About { get; init; }

    /// <summary>When it was told, or last added to.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In the app; false once it was deleted there, and for who wants it elsewhere only.</summary>
    public required bool IsShown { get; init; }

    /// <summary>Its owner deleted it.</summary>
    public bool IsDropped { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>A letter of its own is still to be posted.</summary>
    public bool IsMailDue { get; init; }

    /// <summary>It is being written about, or was: nothing is added to it any more.</summary>
    public bool IsWritten { get; init; }

    /// <summary>When the digest that it belongs to is posted; null once that was done, and for what is in none.</summary>
    public DateTimeOffset? DigestAt { get; init; }

    /// <summary>Whether more of the same may be added, and be noticed.</summary>
    [JsonIgnore]
    public bool IsOpen => ReadAt is null && !IsDropped && !IsWritten;

    [JsonIgnore]
    public string Box => ProfileId is null ? BoxOfAccount(AccountId) : BoxOfProfile(ProfileId);

    public static string BoxOfAccount(string accountId) => $"account:{accountId}";

    public static string BoxOfProfile(string profileId) => $"profile:{profileId}";

    /// <param name="box">Whose.</param>
    /// <param name="key">What makes it the same, however often it is told.</param>
    public static string IdOf(string box, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{box}\n{key}")).AsSpan(0, 16));
}

/// <summary>What a notification tells of; what does not belong to its kind is null.</summary>
internal sealed record About
{
    /// <summary>Of a new release: the movie or series; null of many.</summary>
    public string? WorkId { get; init; }

    /// <summary>The movie, or what is new of the series.</summary>
    public IReadOnlyList<string>? TitleIds { get; init; }

    /// <summary>What the profile follows, such as <c>person:ID</c>.</summary>
    public string? Followed { get; init; }

    public string? AssetId { get; init; }

    public string? AssetTitle { get; init; }

    public ProblemReport? Problem { get; init; }

    public string? PlanId { get; init; }

    /// <summary>As it was called then.</summary>
    public string? PlanName { get; init; }

    /// <summary>Such as <c>9.99 USD</c>.</summary>
    public string? Price { get; init; }

    /// <summary>By the subscription's clock, such as <c>2026-01-31</c>.</summary>
    public string? Day { get; init; }
}
