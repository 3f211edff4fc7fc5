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

    /// <summary>Whose titles <see cref="TitleIds"/> are, one row after the other, so that the place of each follows; empty of a page that was kept before rows were.
    /// A page has some ten rows.</summary>
    public IReadOnlyList<ShownRow> Rows { get; init; } = [];

    /// <summary>The kind of the row that a title was in; null where it was not shown, or rows were not kept.</summary>
    public string? RowOf(string titleId)
    {
        var first = 0;
        foreach (var row in Rows)
        {
            for (var place = first; place < Math.Min(first + row.Titles, TitleIds.Count); place++)
                if (TitleIds[place] == titleId) return row.Kind;
            first += row.Titles;
        }

        return null;
    }
}

/// <param name="Kind">As in the answer: <c>forYou</c> …</param>
/// <param name="At">Its place on the page, from 0 on, with what was begun counted.</param>
/// <param name="Titles">How many, in their order.</param>
internal sealed record ShownRow(string Kind, int At, int Titles);
