using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Marks;

/// <summary>That an account found a review helpful. Id: of both, so that it does so once.</summary>
/// <param name="IsCounted">The review's number knows of it.</param>
/// <param name="IsGone">It was taken back, and goes once that is counted.</param>
[ImmutableObject(true)]
internal sealed record HelpfulMark(string ReviewId, string AccountId, DateTimeOffset At, bool IsCounted = false, bool IsGone = false)
{
    public static readonly DocumentSchema<HelpfulMark> Schema = new DocumentSchema<HelpfulMark>("review_helpful")
        .Field("review", m => m.ReviewId)
        .Field("counts", m => m.IsGone ? null : m.ReviewId)
        .Field("account", m => m.AccountId)
        .Field("fresh", m => m.IsCounted ? null : m.At)
        .Index("review")
        .Index("counts")
        .Index("account")
        .Index("fresh");
}

/// <summary>That an account reported a review. Id: of both.</summary>
/// <param name="AccountId">Empty where it is gone.</param>
/// <param name="Reason">One of <see cref="ReportReasons"/>.</param>
/// <param name="Note">Its own words.</param>
/// <param name="IsCounted">The review's number knows of it.</param>
/// <param name="Holds">It is of one who could review the title themselves: only those can hold a text together.</param>
[ImmutableObject(true)]
internal sealed record Report(string ReviewId, string AccountId, string Reason, string? Note, DateTimeOffset At, bool IsCounted = false, bool Holds = false)
{
    public static readonly DocumentSchema<Report> Schema = new DocumentSchema<Report>("review_reports")
        .Field("review", r => r.ReviewId)
        .Field("at", r => r.At)
        .Field("holds", r => r.Holds ? r.ReviewId : null)
        .Field("account", r => r.AccountId)
        .Field("fresh", r => r.IsCounted ? null : r.At)
        .Index("review", "at")
        .Index("holds")
        .Index("account")
        .Index("fresh");
}

internal static class ReportReasons
{
    public static IReadOnlyList<string> All { get; } = ["spoiler", "abuse", "hate", "spam", "personal_data", "other"];
}
