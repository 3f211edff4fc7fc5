using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Sharing.Lists;

/// <summary>That a profile shows a list to whoever has the link. Id: the slug, 128 random bits, which is gone for good when it is taken back.</summary>
[ImmutableObject(true)]
internal sealed record SharedList
{
    public static readonly DocumentSchema<SharedList> Schema = new DocumentSchema<SharedList>("shared_lists")
        .Field("account", l => l.AccountId)
        .Field("profile", l => l.ProfileId)
        .Field("list", l => l.ListId ?? "")
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

    public int Reports { get; init; }

    /// <summary>Reports that a moderator has decided about.</summary>
    public int ReportsSettled { get; init; }

    /// <summary>When the first came that nobody has decided about; null where there is none.</summary>
    public DateTimeOffset? ReportedSince { get; init; }

    /// <summary>With all the reports that there are.</summary>
    public SharedList WithReports(int reports, DateTimeOffset now) => this with { Reports = reports, ReportedSince = reports > ReportsSettled ? ReportedSince ?? now : null };

    /// <summary>A moderator has decided about so many.</summary>
    public SharedList Settled(int reports) => this with { ReportsSettled = reports, ReportedSince = Reports > reports ? ReportedSince : null };
}
