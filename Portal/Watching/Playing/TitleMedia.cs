using System.ComponentModel;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.Caching.Hybrid;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>What is known of an asset that players and heartbeats go by.</summary>
/// <param name="DurationSeconds">Exact once it is encoded; 0 where nothing is encoded.</param>
/// <param name="Markers">By chapters that are named so.</param>
/// <param name="AudioLanguages">BCP 47, in the order of the tracks, each once; those that are not known are not among them.</param>
/// <param name="CaptionLanguages">The same of what is said as text, not of what is shown to everyone.</param>
[ImmutableObject(true)]
internal sealed record AssetTimes(double DurationSeconds, TitleMarkers Markers, IReadOnlyList<string> AudioLanguages, IReadOnlyList<string> CaptionLanguages);

internal sealed class TitleMedia(IDocuments documents, HybridCache cache)
{
    // A title that is encoded anew differs by a few frames at most.
    private static readonly HybridCacheEntryOptions Cached = new()
    {
        Expiration = TimeSpan.FromMinutes(1), LocalCacheExpiration = TimeSpan.FromMinutes(1), Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    private static readonly string[] Intros = ["intro", "opening", "opening credits", "opening titles", "title sequence"];
    private static readonly string[] Credits = ["credits", "end credits", "closing credits", "end titles", "ending", "outro"];

    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public ValueTask<AssetTimes> OfAsync(string assetId) => cache.ReadThroughAsync(
        $"asset-times:{assetId}", (_presentations, assetId),
        static async state => TimesOf((await state._presentations.GetAsync(state.assetId, CancellationToken.None))?.Value), Cached);

    /// <summary>What the studio marked, and chapters where it did not.</summary>
    public static TitleMarkers Merge(TitleMarkers? said, TitleMarkers chapters) => new(said?.Intro ?? chapters.Intro, said?.Credits ?? chapters.Credits);

    private static AssetTimes TimesOf(Presentation? presentation) => presentation is null ? new(0, new(), [], []) : new(
        (presentation.Frames / presentation.Grid.FrameRate).Value,
        new(
            presentation.Chapters.FirstOrDefault(chapter => IsNamed(chapter, Intros)) is { } intro ? MarkerOf(intro) : null,
            presentation.Chapters.LastOrDefault(chapter => IsNamed(chapter, Credits)) is { } credits ? MarkerOf(credits) : null),
        Known(presentation.Audio.Select(audio => audio.Language)),
        Known(presentation.Text.Where(text => text.Role is not TextRole.Forced).Select(text => text.Language)));

    private static IReadOnlyList<string> Known(IEnumerable<string?> languages) => [.. languages.OfType<string>().Distinct(StringComparer.Ordinal)];

    private static Marker MarkerOf(Chapter chapter) => new(chapter.StartSeconds, chapter.EndSeconds);

    private static bool IsNamed(Chapter chapter, string[] names) => chapter.Title is { } title && names.Contains(title.Trim().ToLowerInvariant());
}
