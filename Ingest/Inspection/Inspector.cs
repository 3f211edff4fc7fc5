using System.Globalization;
using FlickStream.Platform.Contracts;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>
/// Looks at a master that was just uploaded: accepts it with a report in exact units, or refuses it with a code and a sentence
/// that says what the studio can do. The file is hostile: it is opened only inside <see cref="Platform.Media.MediaRunner"/>'s sandbox, beside a
/// few of its bytes that are compared here.
/// </summary>
internal sealed class Inspector(
    HeaderReader headers,
    DecodeCheck decoding,
    PacketReader packets,
    FieldCheck fields,
    HdrCheck hdr,
    DataCheck data,
    ComplexityProbe complexity,
    IOptions<InspectionOptions> options)
{
    /// <param name="path">Absolute path of the whole master; its name does not matter.</param>
    public async Task<InspectionResult> InspectAsync(string path, CancellationToken ct)
    {
        if (RefuseBytes(path) is { } unfit) return unfit;

        var (header, unreadable) = await headers.ReadAsync(path, ct);
        if (header is null) return unreadable ?? InspectionProblems.NotMedia.Refuse();
        header = Programs.Keep(header);
        var streams = header.Streams ?? [];
        var sound = Tracks.Sound(streams);
        var video = Tracks.Picture(streams);
        if (video is null && !streams.Any(s => s.CodecType == "audio")) return InspectionProblems.NoVideo.Refuse($"Of its {streams.Count} tracks none is picture or sound.");
        if (RefuseTracks(streams, video, sound) is { } unfitTracks) return unfitTracks;
        if (RefuseLength(header.Format?.Duration ?? 0) is { } unfitLength) return unfitLength;
        var bursts = await data.FindAsync(path, sound, ct);
        sound = [.. sound.Where(track => !bursts.Contains(track.Index))];
        if (video is null)
        {
            return sound.Count == 0
                ? InspectionProblems.UnsupportedCodec.Refuse("The sound is data (SMPTE ST 337), such as Dolby E.")
                : WithBursts(await InspectSoundAsync(path, header, streams, sound, ct), bursts);
        }

        if (HdrCheck.DolbyVisionOf(video) is { CompatibilityId: 0 }) return InspectionProblems.DolbyVisionOnly.Refuse("Its base layer is for Dolby Vision alone.");
        if (PictureTurns.IsApart(path, header, video)) return InspectionProblems.PictureMoves.Refuse();
        // Where the header alone tells what is to be sampled, the title need not wait for one after the other.
        var known = ReportMapping.NeedsScan(header, video) || FieldCheck.Looks(video, isMarked: false) ? null : ReportMapping.Report(header, video, sound, scan: null);
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var measuring = known is null ? Task.FromResult<ComplexityReport?>(null) : complexity.MeasureAsync(path, known, SeekPoints.OfIndex, unwanted.Token);
        InspectionResult? result = null;
        var seeks = SeekPoints.OfIndex;
        try
        {
            (result, seeks) = await DecodeAsync(path, header, video, sound, ct);
        }
        finally
        {
            if (result is not InspectionResult.Accepted) await unwanted.CancelAsync();
            await ((Task)measuring).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (WithBursts(result, bursts) is not InspectionResult.Accepted { Report: var report }) return result;
        var isMeasured = known is not null && known.Video?.IsInterlaced == report.Video?.IsInterlaced;
        return new InspectionResult.Accepted(
            report with { Complexity = isMeasured ? await measuring : await complexity.MeasureAsync(path, report, seeks, ct) });
    }

    /// <summary>The picture of a master that an earlier version accepted, with how far keyframes lie apart; null where that cannot be had.</summary>
    /// <param name="path">Absolute path of the whole master.</param>
    /// <param name="report">Its.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<VideoReport?> MeasureLeadAsync(string path, MediaReport report, CancellationToken ct)
    {
        var (header, _) = await headers.ReadAsync(path, ct);
        if (report.Video is not { } video || header?.Streams?.FirstOrDefault(stream => stream.Index == video.StreamIndex) is not { } track) return null;
        var (scan, _) = await packets.ReadAsync(path, header, track, isRefreshed: false, ct);
        return scan is null ? null : video with { LeadSeconds = scan.LeadSeconds, GopSeconds = scan.GopSeconds };
    }

    private async Task<(InspectionResult Result, SeekPoints Seeks)> DecodeAsync(
        string path, FfprobeHeader header, FfprobeStream video, IReadOnlyList<FfprobeStream> sound, CancellationToken ct)
    {
        var streams = header.Streams ?? [];
        var (found, broken) = await decoding.RunAsync(path, header, video, ct);
        if (broken is not null) return (broken, SeekPoints.OfIndex);

        var (scan, unfit) = ReportMapping.NeedsScan(header, video) || found.IsRefreshed || found.IsSparse
            ? await packets.ReadAsync(path, header, video, found.IsRefreshed, ct) : default;
        if (unfit is not null) return (unfit, SeekPoints.OfIndex);
        var seeks = scan?.Seeks ?? SeekPoints.OfIndex;
        if (ReportMapping.Report(header, video, sound, scan) is not { Video: { } picture } report) return (InspectionProblems.NoDuration.Refuse(), seeks);
        // A container may call itself a second long and hold two pictures a century apart; what is planned is the picture's length.
        if (RefuseLength(Math.Max(report.DurationSeconds, picture.DurationSeconds)) is { } unfitLength) return (unfitLength, seeks);
        if (scan is not null) report = await EarlyEnd.MeasureAsync(packets, path, header, report, ct);
        var captions = found.HasCaptions ? Task.FromResult(true) : decoding.HasCaptionsAsync(path, header, video, seeks, picture.DurationSeconds, ct);
        var looking = LookAsync(path, header, video, picture with { IsInterlaced = picture.IsInterlaced || found.HasFields }, found.PacketsToFrame, seeks, ct);
        await Task.WhenAll(captions, looking);
        picture = await looking;
        return (new InspectionResult.Accepted(report with
        {
            Video = picture,
            TimecodeSeconds = StartTimecode.Of(header, video),
            Text = [.. TextTracks.Of(header), .. await captions ? [TextTracks.InPicture(video, CaptionLanguages.Of(path, header, video))] : Array.Empty<TextReport>()],
            Chapters = ChapterList.Of(header, report.DurationSeconds),
            Notices = [.. report.Notices, .. InspectionNotices.OfPrograms(header), .. InspectionNotices.OfTracks(streams, video), .. InspectionNotices.OfFilm(picture), .. TextTracks.Notices(streams), .. SoundNotices.Of(report, streams)],
        }), seeks);
    }

    private static InspectionResult WithBursts(InspectionResult result, IEnumerable<int> tracks) => result is InspectionResult.Accepted { Report: var report }
        ? new InspectionResult.Accepted(report with { Notices = [.. report.Notices, .. tracks.Order().Select(InspectionNotices.OfData)] }) : result;

    /// <summary>A master of sound alone, perhaps with cover art.</summary>
    private async Task<InspectionResult> InspectSoundAsync(
        string path, FfprobeHeader header, IReadOnlyList<FfprobeStream> streams, IReadOnlyList<FfprobeStream> sound, CancellationToken ct)
    {
        if (await decoding.RefuseSoundAsync(path, header, sound[0], ct) is { } mute) return mute;
        // Bare streams tell no length: what their headers yield is a guess by their first frames' rate.
        var (scan, unfit) = ReportMapping.IsBareSound(header) ? await packets.ReadAsync(path, header, sound[0], isRefreshed: false, ct) : default;
        if (unfit is not null) return unfit;
        if (ReportMapping.OfSound(header, sound, scan) is not { } report) return InspectionProblems.NoDuration.Refuse();
        // A track may call itself longer than its file does; what is planned is the tracks' length.
        var planned = report.Audio.Max(track => track.StartSeconds + track.DurationSeconds) - report.Audio.Min(track => track.StartSeconds);
        return RefuseLength(Math.Max(report.DurationSeconds, planned))
            ?? new InspectionResult.Accepted(report with
            {
                CoverStreamIndex = Tracks.Cover(streams) is { } cover && (long)cover.Width * cover.Height <= options.Value.MaxPixels
                    && await decoding.CanDecodeAsync(path, header, cover, ct) ? cover.Index : null,
                Text = TextTracks.Of(header),
                Chapters = ChapterList.Of(header, report.DurationSeconds),
                Notices = [.. report.Notices, .. InspectionNotices.OfPrograms(header), .. TextTracks.Notices(streams), .. SoundNotices.Of(report, streams)],
            });
    }

    /// <summary>What only the decoded picture tells.</summary>
    private async Task<VideoReport> LookAsync(
        string path, FfprobeHeader header, FfprobeStream video, VideoReport report, int packetsToFrame, SeekPoints seeks, CancellationToken ct)
    {
        var (kind, isBottomFirst) = await fields.RunAsync(path, header, video, report.IsInterlaced, seeks, ct);
        return report with
        {
            IsInterlaced = kind == FieldKind.Interlaced,
            IsTelecined = kind == FieldKind.Telecined,
            IsBottomFieldFirst = kind != FieldKind.Progressive && isBottomFirst,
            Hdr = await hdr.RunAsync(path, header, video, packetsToFrame, ct),
        };
    }

    private static InspectionResult? RefuseBytes(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[FileSniffer.Window];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (FileSniffer.Refuse(start.AsSpan(0, read)) is var (problem, detail)) return problem.Refuse(detail);
        return MissingBytes.Find(file) is { } missing ? InspectionProblems.Truncated.Refuse(missing) : null;
    }

    private InspectionResult? RefuseLength(double seconds) => seconds <= options.Value.MaxDuration.TotalSeconds ? null
        : InspectionProblems.TooLong.Refuse(string.Create(CultureInfo.InvariantCulture, $"It lasts {seconds / 3600:0.##} hours."));

    private InspectionResult? RefuseTracks(
        IReadOnlyList<FfprobeStream> streams, FfprobeStream? video, IReadOnlyList<FfprobeStream> sound)
    {
        if (streams.Count > options.Value.MaxStreams) return InspectionProblems.TooManyStreams.Refuse($"It has {streams.Count} tracks.");
        if ((video is not null && Tracks.IsProtected(video)) || streams.Where(s => s.CodecType == "audio").Any(Tracks.IsProtected))
        {
            return InspectionProblems.Encrypted.Refuse();
        }

        if (video is not null && !Tracks.IsSupported(video)) return InspectionProblems.UnsupportedCodec.Refuse(Named("picture", video));
        if (sound.Count == 0 && streams.FirstOrDefault(s => s.CodecType == "audio") is { } mute)
        {
            return InspectionProblems.UnsupportedCodec.Refuse(Named("sound", mute));
        }

        if (video is not null && Tracks.HasStrangeColor(video)) return InspectionProblems.UnsupportedColor.Refuse($"Its matrix is {video.ColorSpace}.");

        return video is not null && (long)video.Width * video.Height > options.Value.MaxPixels
            ? InspectionProblems.TooLargePicture.Refuse($"It is {video.Width} x {video.Height}.") : null;
    }

    private static string Named(string kind, FfprobeStream stream) => $"The {kind} is {stream.CodecName ?? "in an unknown format"}.";
}
