using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>Runs ffprobe over a file's header and tells why when it cannot be read.</summary>
internal sealed partial class HeaderReader(MediaRunner runner, IOptions<InspectionOptions> options)
{
    // Each takes one more run, and a file that needs more of them is no master.
    private const int MostOutlawed = 8;

    /// <summary>Tracks that cannot be decoded are in the header too: only who wants one of them must refuse it.</summary>
    public async Task<(FfprobeHeader? Header, InspectionResult? Refusal)> ReadAsync(string path, CancellationToken ct)
    {
        List<string> opening = [];
        for (var outlawed = 0; ; outlawed++)
        {
            var guards = (string[])[.. MediaGuards.InputArguments, .. opening];
            var outcome = await runner.RunAsync(
                new MediaRun
                {
                    Tool = MediaTool.Ffprobe,
                    // Warnings, because some refusals are recognised by them.
                    Arguments = ["-v", "warning", .. guards, "-show_entries", FfprobeHeader.Entries, "-of", "json", path],
                    Inputs = [path],
                    TimeLimit = options.Value.TimeLimit,
                },
                ct);
            if (outcome.End != MediaEnd.Exited) return (null, InspectionProblems.Timeout.Refuse());
            if (outcome.Succeeded || Outlawed().Match(outcome.ErrorTail) is not { Success: true } track) return Read(outcome, guards);
            var decoder = track.Groups[1].Value;
            if (outlawed == MostOutlawed) return (null, InspectionProblems.UnsupportedCodec.Refuse($"A track is {decoder}."));
            opening.AddRange(MediaGuards.Opening(int.Parse(track.Groups[2].ValueSpan, CultureInfo.InvariantCulture), decoder));
        }
    }

    private static (FfprobeHeader? Header, InspectionResult? Refusal) Read(MediaOutcome outcome, IReadOnlyList<string> guards)
    {
        if (Recognise(outcome.ErrorTail) is { } problem) return (null, problem.Refuse());
        if (Unlisted().Match(outcome.ErrorTail) is { Success: true } format)
            return (null, InspectionProblems.UnsupportedContainer.Refuse($"It is {format.Groups[1].Value}."));
        return outcome.Succeeded && FfprobeHeader.TryParse(outcome.Output) is { Format: not null, Streams: not null } header
            ? (header with { Guards = guards }, null)
            : (null, InspectionProblems.NotMedia.Refuse(Meaning(outcome.ErrorTail), outcome.ErrorTail));
    }

    [GeneratedRegex(@"\[([\w,.-]+) @ [^\]]*\] Format not on whitelist", RegexOptions.CultureInvariant)]
    private static partial Regex Unlisted();

    // ffmpeg 5 and 6 say these in libavformat/utils.c, mov.c and asfdec_f.c.
    private static Problem? Recognise(string errors) => errors switch
    {
        _ when errors.Contains("Number of streams exceeds max_streams", StringComparison.Ordinal) => InspectionProblems.TooManyStreams,
        _ when errors.Contains("Skipped opening external track", StringComparison.Ordinal) => InspectionProblems.ReferenceFile,
        _ when errors.Contains("DRM protected stream", StringComparison.Ordinal) => InspectionProblems.Encrypted,
        _ => null,
    };

    [GeneratedRegex(
        @"Codec \(([\w.-]+)\) not on whitelist [^\n]*\n(?: *Last message[^\n]*\n)?Could not open codec for input stream (\d{1,3})\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Outlawed();

    private static string Meaning(string errors) => errors.Contains("Invalid data found", StringComparison.Ordinal)
        ? "It begins like no kind of media that is known, or is damaged at its beginning."
        : "What is at its beginning does not fit together.";
}
