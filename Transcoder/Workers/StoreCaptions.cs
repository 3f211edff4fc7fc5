using FlickStream.Platform.Contracts;
using FlickStream.Platform.Languages;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>Makes renditions of captions that were taken out: one for each channel that says something, the first under the track's own name and
/// last, which tells that all are there.</summary>
internal sealed class StoreCaptions(TextStore store)
{
    /// <returns>What the studio is told.</returns>
    /// <exception cref="ChunkRejectedException">What was taken out is no plain file.</exception>
    public async Task<IReadOnlyList<ProblemReport>> RunAsync(
        Job job, Presentation title, TextPlan track, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var (channels, unread) = await ReadAsync(track, work);
        var notices = new List<ProblemReport>();
        var isStored = false;
        foreach (var channel in channels.Except(RepeatedCaptions.LeftOut(channels, track.LanguagesOrNone)).Reverse())
        {
            var own = Of(track, channel);
            var missed = await store.AddAsync(job, title, own, channel.Cues, cancellationToken);
            isStored |= missed is null;
            if (missed is not null && missed != TextProblems.Empty) notices.Add(TextProblems.Report(missed, own));
        }

        // Padding in which nobody speaks is not worth a word.
        if (!isStored && notices.Count == 0 && (!track.IsInPicture || channels.Any(channel => channel.HasBegun)))
            notices.Add(TextProblems.Report(TextProblems.Empty, track));
        if (unread.Count > 0) notices.Add(ProblemReport.Of(TextProblems.CaptionsLeftOut, $"{string.Join(", ", unread)}."));
        return notices;
    }

    private static async Task<(IReadOnlyList<CaptionChannel> Channels, IReadOnlyList<string> Unread)> ReadAsync(TextPlan track, WorkFolder.Lent work)
    {
        var path = FfmpegArguments.TextFile(track, work.Path);
        if (new FileInfo(path) is { Exists: true, Length: 0 }) return ([], []);
        await using var triplets = work.OpenRead(Path.GetFileName(path));
        await using var index = work.OpenRead(Path.GetFileName(FfmpegArguments.SampleIndex(track, work.Path)));
        return CaptionFile.Read(new StreamReader(index), triplets);
    }

    internal static TextPlan Of(TextPlan track, CaptionChannel channel)
    {
        var isFirst = channel.Name == CaptionChannel.NameOfChannel(1);
        var language = track.LanguagesOrNone.GetValueOrDefault(channel.Name) ?? track.Language;
        var heading = !track.IsInPicture ? track.Title : language is null ? null : LanguageTags.NameOf(language) ?? language;
        return track with
        {
            Name = isFirst ? track.Name : $"{track.Name}-{channel.Suffix}",
            Language = language,
            Title = heading is null ? channel.Name : isFirst && !track.IsInPicture ? heading : $"{heading} ({channel.Name})",
        };
    }
}
