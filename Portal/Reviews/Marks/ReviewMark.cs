using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Marks;

/// <summary>That an account found a review helpful. Id: of both, so that it does so once.</summary>
[ImmutableObject(true)]
internal sealed record HelpfulMark(string ReviewId, string AccountId, DateTimeOffset At)
{
    public static readonly DocumentSchema<HelpfulMark> Schema = new DocumentSchema<HelpfulMark>("review_helpful")
        .Field("review", m => m.ReviewId).Field("account", m => m.AccountId).Index("review").Index("account");
}

/// <summary>That an account reported a review. Id: of both.</summary>
/// <param name="AccountId">Empty where it is gone.</param>
/// <param name="Reason">One of <see cref="ReportReasons"/>.</param>
/// <param name="Note">Its own words.</param>
[ImmutableObject(true)]
internal sealed record Report(string ReviewId, string AccountId, string Reason, string? Note, DateTimeOffset At)
{
    public static readonly DocumentSchema<Report> Schema = new DocumentSchema<Report>("review_reports")
        .Field("review", r => r.ReviewId).Field("account", r => r.AccountId).Index("review").Index("account");
}

internal static class ReportReasons
{
    public static IReadOnlyList<string> All { get; } = ["spoiler", "abuse", "hate", "spam", "personal_data", "other"];
}
