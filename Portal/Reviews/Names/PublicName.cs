using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Names;

/// <summary>Under which others read what a profile writes. Id: the profile's.</summary>
[ImmutableObject(true)]
internal sealed record PublicName
{
    public static readonly DocumentSchema<PublicName> Schema = new DocumentSchema<PublicName>("public_names")
        .Field("account", n => n.AccountId)
        .Field("profile", n => n.ProfileId)
        .Field("key", n => n.Key)
        .Index("account")
        .Index("profile")
        .Index(unique: true, "key");

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    public required string Name { get; init; }

    /// <summary>The same for names that look alike.</summary>
    public required string Key { get; init; }
}
