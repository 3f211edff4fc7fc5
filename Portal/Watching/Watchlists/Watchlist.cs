using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Watching.Watchlists;

/// <summary>What a profile wants to watch. One document, so that it never holds more than it may. Id: the profile's.</summary>
[ImmutableObject(true)]
internal sealed record Watchlist
{
    public static readonly DocumentSchema<Watchlist> Schema = new DocumentSchema<Watchlist>("watchlists").Field("account", w => w.AccountId).Index("account");

    public required string AccountId { get; init; }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<ListedTitle> Titles { get; init; } = [];
}

internal sealed record ListedTitle(string TitleId, DateTimeOffset AddedAt);
