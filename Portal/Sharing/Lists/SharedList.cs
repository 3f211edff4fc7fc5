using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Sharing.Lists;

/// <summary>That a profile shows its watchlist to whoever has the link. Id: the slug, 128 random bits, which is gone for good when it is taken back.</summary>
[ImmutableObject(true)]
internal sealed record SharedList
{
    public static readonly DocumentSchema<SharedList> Schema = new DocumentSchema<SharedList>("shared_lists")
        .Field("account", l => l.AccountId)
        .Field("profile", l => l.ProfileId)
        .Index("account")
        .Index(unique: true, "profile");

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    /// <summary>1..60 characters, for those who read it.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Since { get; init; }
}
