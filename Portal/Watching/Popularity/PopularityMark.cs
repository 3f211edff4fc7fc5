using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Watching.Popularity;

/// <summary>How far plays were counted. There is one.</summary>
/// <param name="Until">Plays that were over then are counted.</param>
/// <param name="HalfLife">That all titles are reckoned by.</param>
[ImmutableObject(true)]
internal sealed record PopularityMark(DateTimeOffset Until, TimeSpan HalfLife)
{
    public static readonly DocumentSchema<PopularityMark> Schema = new("popularity_marks");

    public const string Id = "popularity";
}
