using System.ComponentModel;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Watching.Watchlists;

namespace FlickStream.Portal.Watching.Lists;

/// <summary>Titles that a profile has put together under a name.</summary>
[ImmutableObject(true)]
internal sealed record NamedList
{
    public static readonly DocumentSchema<NamedList> Schema = new DocumentSchema<NamedList>("lists")
        .Field("account", l => l.AccountId)
        .Field("profile", l => l.ProfileId)
        .Field("place", l => l.Place)
        .Index("account")
        .Index(unique: true, "profile", "place");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    /// <summary>1, 2, …: no two of a profile have one, which is what keeps to the number that is allowed.</summary>
    public required int Place { get; init; }

    /// <summary>1..60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<ListedTitle> Titles { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
}
