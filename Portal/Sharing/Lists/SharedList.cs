using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Sharing.Lists;

/// <summary>That a profile shows a list to whoever has the link. Id: the slug, 128 random bits, which opens nothing any more when it is taken back. One that
/// waits for a moderator then stays for them, so that nobody clears what is said of a list by sharing it anew.</summary>
[ImmutableObject(true)]
internal sealed record SharedList
{
    public static readonly DocumentSchema<SharedList> Schema = new DocumentSchema<SharedList>("shared_lists")
        .Field("account", l => l.AccountId)
        .Field("profile", l => l.ProfileId)
        .Field("list", l => l.TakenBackAt is null ? l.ListId ?? "" : null)
        .Field("reported", l => l.ReportedSince)
        .Index("account")
        .Index("reported")
        .Index(unique: true, "profile", "list");

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    /// <summary>Null: its watchlist.</summary>
    public string? ListId { get; init; }

    /// <summary>Of the watchlist, for those who read it; another list has its own.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When its owner took the link back while reports waited; null while it is shared.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }

    /// <summary>Since a moderator decided last.</summary>
    public int Reports { get; init; }

    /// <summary>Up to when a moderator has decided about reports; null where none has.</summary>
    public DateTimeOffset? SettledUntil { get; init; }

    /// <summary>When the first came that nobody has decided about; null where there is none.</summary>
    public DateTimeOffset? ReportedSince { get; init; }

    /// <summary>With all the reports that there are since it was decided.</summary>
    public SharedList WithReports(int reports, DateTimeOffset now) => this with { Reports = reports, ReportedSince = reports > 0 ? ReportedSince ?? now : null };
}
