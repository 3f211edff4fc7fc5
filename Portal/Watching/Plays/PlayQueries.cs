using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Watching.Plays;

/// <summary>How plays are found. By whose they are: always by the account first, and in the order of the one index that begins with it, so that nothing is sorted.</summary>
internal static class PlayQueries
{
    private const int PageLength = 500;

    public static DocumentQuery OfAccount(string accountId) =>
        new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("profile"), new("started")], Limit = PageLength };

    public static DocumentQuery OfProfile(string accountId, string profileId) => Of(accountId, profileId);

    /// <summary>Looks through all of the profile's plays: people forget one title at a time.</summary>
    public static DocumentQuery OfTitle(string accountId, string profileId, string titleId) => Of(accountId, profileId, DocumentFilter.Equal("title", titleId));

    /// <summary>The latest first.</summary>
    public static DocumentQuery Latest(string accountId, string profileId, int most) =>
        Of(accountId, profileId) with { Sort = [new("started", Descending: true)], Limit = most };

    /// <summary>From <paramref name="from"/> to before <paramref name="until"/>.</summary>
    public static DocumentQuery Started(string accountId, string profileId, DateTimeOffset from, DateTimeOffset until) =>
        Of(accountId, profileId, DocumentFilter.AtLeast("started", from), DocumentFilter.Below("started", until));

    public static DocumentQuery Open(string profileId) => new() { Filters = [DocumentFilter.Equal("open", profileId)] };

    /// <summary>Some may have been seen a little later.</summary>
    public static DocumentQuery Silent(DateTimeOffset since) => new() { Filters = [DocumentFilter.AtMost("silent", since)], Sort = [new("silent")], Limit = PageLength };

    /// <summary>After <paramref name="after"/> and not later than <paramref name="until"/>.</summary>
    public static DocumentQuery Closed(DateTimeOffset after, DateTimeOffset until) =>
        new() { Filters = [DocumentFilter.Above("closed", after), DocumentFilter.AtMost("closed", until)], Sort = [new("closed")], Limit = 1000 };

    private static DocumentQuery Of(string accountId, string profileId, params DocumentFilter[] others) => new()
    {
        Filters = [DocumentFilter.Equal("account", accountId), DocumentFilter.Equal("profile", profileId), .. others], Sort = [new("started")], Limit = PageLength,
    };
}
