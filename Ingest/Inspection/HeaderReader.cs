using System.Text.RegularExpressions;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>Runs ffprobe over a file's header and tells why when it cannot be read.</summary>
internal sealed partial class HeaderReader(MediaRunner runner, IOptions<InspectionOptions> options)
{
    public async Task<(FfprobeHeader? Header, InspectionResult? Refusal)> ReadAsync(string path, CancellationToken ct)
    {
        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffprobe,
                // Warnings, because some refusals are recognised by them.
                Arguments = ["-v", "warning", .. MediaGuards.InputArguments, "-show_entries", FfprobeHeader.Entries, "-of", "json", path],
                Inputs = [path],
                TimeLimit = options.Value.TimeLimit,
            },
            ct);
        if (outcome.End != MediaEnd.Exited) return (null, InspectionProblems.Timeout.Refuse());
        if (OutlawedCodec().Match(outcome.ErrorTail) is { Success: true } outlawed && !outcome.Succeeded)
        {
            return (null, InspectionProblems.UnsupportedCodec.Refuse($"A track is {outlawed.Groups[1].Value}."));
        }

        if (Recognise(outcome.ErrorTail) is { } problem) return (null, problem.Refuse());
        return outcome.Succeeded && FfprobeHeader.TryParse(outcome.Output) is { Format: not null, Streams: not null } header
            ? (header, null)
            : (null, InspectionProblems.NotMedia.Refuse(LastWords(outcome.ErrorTail, path)));
    }

    // ffmpeg 5 and 6 say these in libavformat/utils.c, mov.c and asfdec_f.c.
    private static Problem? Recognise(string errors) => errors switch
    {
        _ when errors.Contains("Number of streams exceeds max_streams", StringComparison.Ordinal) => InspectionProblems.TooManyStreams,
        _ when errors.Contains("Skipped opening external track", StringComparison.Ordinal) => InspectionProblems.ReferenceFile,
        _ when errors.Contains("DRM protected stream", StringComparison.Ordinal) => InspectionProblems.Encrypted,
        _ => null,
    };

    [GeneratedRegex(@"Codec \((\w+)\) not on whitelist", RegexOptions.CultureInvariant)]
    private static partial Regex OutlawedCodec();

    /// <summary>The last line, without the name that the file has in storage: it means nothing to its studio.</summary>
    private static string? LastWords(string errors, string path)
    {
        var line = errors[(errors.LastIndexOf('\n') + 1)..];
        var name = Path.GetFileName(path) + ": ";
        if (line.StartsWith(name, StringComparison.Ordinal)) line = line[name.Length..];
        return line.Length == 0 ? null : line;
    }
}
