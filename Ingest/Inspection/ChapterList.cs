using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Inspection;

/// <summary>A master's chapters: in order, inside the title, and no more than anyone would choose from. Pure.</summary>
internal static class ChapterList
{
    private const int Most = 500;

    /// <param name="header">The master's.</param>
    /// <param name="length">The master's length, seconds.</param>
    public static IReadOnlyList<Chapter> Of(FfprobeHeader header, double length)
    {
        var fileStart = header.Format?.StartTime ?? 0;
        return
        [
            .. (header.Chapters ?? []).Where(chapter => chapter is { StartTime: not null, EndTime: not null }).Take(Most)
                .Select(chapter => new Chapter(
                    Math.Clamp(chapter.StartTime!.Value - fileStart, 0, length),
                    Math.Clamp(chapter.EndTime!.Value - fileStart, 0, length),
                    ReportMapping.Clean(chapter.Tags.GetValueOrDefault("title", ""))))
                .Where(chapter => chapter.EndSeconds > chapter.StartSeconds)
                .OrderBy(chapter => chapter.StartSeconds),
        ];
    }
}
