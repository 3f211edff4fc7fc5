using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <summary>That a profile was shown a page: the first of each half hour. Id: profile and half hour.</summary>
[ImmutableObject(true)]
internal sealed record Exposure
{
    public static readonly DocumentSchema<Exposure> Schema = new DocumentSchema<Exposure>("recommendation_exposures")
        .Field("account", e => e.AccountId)
        .Field("profile", e => e.ProfileId)
        .Field("at", e => e.At)
        .Index("account")
        .Index("profile", "at")
        .Index("at");

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null where none ran.</summary>
    public string? Experiment { get; init; }

    public required string Variant { get; init; }

    /// <summary>When the model was made; null without.</summary>
    public DateTimeOffset? ModelFrom { get; init; }

    /// <summary>Of all rows but that of what was begun, which is gone on with however titles are ordered.</summary>
    public required IReadOnlyList<string> TitleIds { get; init; }
}
