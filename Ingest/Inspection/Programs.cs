namespace FlickStream.Ingest.Inspection;

/// <summary>A transport stream may carry several programmes, each with a picture and sound of its own. Pure.</summary>
internal static class Programs
{
    /// <summary>The programme of the picture that is encoded, or without any of the first sound; null where there are not several.</summary>
    public static FfprobeProgram? Chosen(FfprobeHeader header)
    {
        if (header.Programs.Count(program => program.Streams is { Count: > 0 }) < 2) return null;
        var streams = header.Streams ?? [];
        return (Tracks.Picture(streams) ?? streams.FirstOrDefault(s => s.CodecType == "audio")) is { } chosen
            ? header.Programs.FirstOrDefault(program => Has(program, chosen)) : null;
    }

    /// <summary>The header with the tracks of the chosen programme, and those of none. The file's start stays: it is what ffmpeg counts from.</summary>
    public static FfprobeHeader Keep(FfprobeHeader header)
    {
        if (Chosen(header) is not { } program) return header;
        List<FfprobeStream> kept = [.. (header.Streams ?? []).Where(s => Has(program, s) || !header.Programs.Any(other => Has(other, s)))];
        List<FfprobeStream> timed = [.. kept.Where(s => s is { StartTime: not null, Duration: not null })];
        // Programmes have clocks of their own, which may lie a day apart.
        var length = timed.Count > 0 ? timed.Max(s => s.StartTime + s.Duration) - timed.Min(s => s.StartTime) : header.Format?.Duration;
        return header with { Streams = kept, Format = header.Format is { } format ? format with { Duration = length } : null };
    }

    private static bool Has(FfprobeProgram program, FfprobeStream stream) => program.Streams?.Any(s => s.Index == stream.Index) == true;
}
