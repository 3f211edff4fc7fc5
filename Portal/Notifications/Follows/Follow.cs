using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications.Follows;

/// <summary>That a profile wants to hear of what is new of something. A document each, so that who follows a thing is found by it.</summary>
[ImmutableObject(true)]
internal sealed record Follow
{
    public static readonly DocumentSchema<Follow> Schema = new DocumentSchema<Follow>("follows")
        .Field("account", f => f.AccountId)
        .Field("profile", f => f.ProfileId)
        .Field("target", f => TargetOf(f.Type, f.TargetId))
        .Field("since", f => f.Since)
        .Index("account")
        .Index("profile", "since")
        .Index("target");

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    public required FollowType Type { get; init; }

    /// <summary>The person's or series' id, or the genre's.</summary>
    public required string TargetId { get; init; }

    public required DateTimeOffset Since { get; init; }

    public static string TargetOf(FollowType type, string id) => $"{type.ToString().ToLowerInvariant()}:{id}";

    public static string IdOf(string profileId, FollowType type, string id) => $"{profileId}.{TargetOf(type, id)}";
}

internal enum FollowType
{
    Series,
    Person,
    Genre,
}
