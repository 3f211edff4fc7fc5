using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Sharing.Lists.Reports;

/// <summary>That an account reported a shared list. Id: of both, so that it does so once.</summary>
/// <param name="AccountId">Empty where it is gone.</param>
/// <param name="Reason">One of <see cref="Reviews.Marks.ReportReasons"/>.</param>
/// <param name="Note">Its own words.</param>
[ImmutableObject(true)]
internal sealed record ListReport(string Slug, string AccountId, string Reason, string? Note, DateTimeOffset At)
{
    public static readonly DocumentSchema<ListReport> Schema = new DocumentSchema<ListReport>("list_reports")
        .Field("slug", r => r.Slug)
        .Field("at", r => r.At)
        .Field("account", r => r.AccountId)
        .Index("slug", "at")
        .Index("account");

    public static string IdOf(string slug, string accountId) => $"{slug}.{accountId}";
}
