using System.Globalization;
using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.TimedText;

namespace FlickStream.Origin.Manifests;

/// <summary>A title's chapters, as a WebVTT track of kind <c>chapters</c> and as the JSON that Apple's players read.</summary>
internal static class ChapterFiles
{
    public static string Vtt(Presentation presentation) => WebVttWriter.Whole(
        presentation.Chapters.Select((chapter, i) => Cue.Plain(Milliseconds(chapter.StartSeconds), Milliseconds(chapter.EndSeconds), TitleOf(chapter, i))));

    /// <summary>The JSON chapters of Apple's HLS, whose key <c>start-time</c> is required and all else is not.</summary>
    public static string Json(Presentation presentation) => JsonSerializer.Serialize(presentation.Chapters.Select((chapter, i) =>
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["chapter"] = i + 1,
            ["start-time"] = Milliseconds(chapter.StartSeconds) / 1000.0,
            ["duration"] = (Milliseconds(chapter.EndSeconds) - Milliseconds(chapter.StartSeconds)) / 1000.0,
            ["titles"] = new[] { new { language = "und", title = TitleOf(chapter, i) } },
        }));

    private static string TitleOf(Chapter chapter, int index) =>
        chapter.Title is { } title ? PlainText.Of(title) : string.Create(CultureInfo.InvariantCulture, $"Chapter {index + 1}");

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000);
}
