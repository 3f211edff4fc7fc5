using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// All that will be done to one master, as values: stored with its job, the same size for a minute as for a day. Chunks and
/// steps are computed from it.
/// </summary>
internal sealed record EncodingPlan
{
    /// <summary>Names the renditions: equal plans write equal bytes. Short SHA-256 of everything else in the plan.</summary>
    public required string Revision { get; init; }

    /// <summary>The revision that this plan would have for an asset that was never encoded: equal wishes want equal titles.</summary>
    public string? Wish { get; init; }

    /// <summary>The revision that was current when this was planned, whose place it takes; null for an asset's first. It also keeps an
    /// asset's revisions from ever coming again.</summary>
    public string? Base { get; init; }

    /// <summary>The title is watched meanwhile: the base is whole.</summary>
    public bool IsAgain { get; init; }

    /// <summary>Names of the parts that are not made because they exist, and the revisions under which they lie.</summary>
    public IReadOnlyDictionary<string, string> Reused { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Names of the parts that exist under another protection or other keys, from which they are made without encoding; and the
    /// revisions under which they lie.</summary>
    public IReadOnlyDictionary<string, string> Reprotected { get; init; } = new SortedDictionary<string, string>();

    /// <summary>What was taken out of the master as text for the base is taken over, and so is what was told of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReusesText { get; init; }

    /// <summary>Nothing is to be opened by the base's keys.</summary>
    public bool NewKeys { get; init; }

    /// <summary>Keys are a DRM key server's.</summary>
    public bool IsLicensed { get; init; }

    /// <summary><see cref="Asset.Source"/>; null in plans of earlier versions.</summary>
    public string? Source { get; init; }

    /// <summary><see cref="PresentationProtection.IsKeyedByRevision"/>; a job that was begun by an earlier version ends as it began.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsKeyedByRevision { get; init; }

    /// <summary>AV1 was wanted together with a protection that it cannot have yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LacksAv1 { get; init; }

    /// <summary>Goes up when the same plan would give other bytes: a change of arguments that the values do not show.</summary>
    public int Recipe { get; init; } = 5;

    /// <summary>Its arguments are compared and not run: without what changes nothing of a title whose pictures are all of one size, so that
    /// those need not be made again.</summary>
    [JsonIgnore]
    public bool IsRecipe { get; init; }

    public required MediaReport Media { get; init; }

    public required PlanningOptions Options { get; init; }

    public required GridPlan Timeline { get; init; }

    /// <summary>Ladder by ladder, H.264 first; each largest first; empty for a title of sound alone.</summary>
    public required IReadOnlyList<Rung> Rungs { get; init; }

    /// <summary>Two a track, three of one with sound around; empty for a silent master.</summary>
    public required IReadOnlyList<AudioPlan> Audio { get; init; }

    /// <summary>One a track that can be converted.</summary>
    public IReadOnlyList<TextPlan> Text { get; init; } = [];

    public required PixelSize Thumbnail { get; init; }

    /// <inheritdoc cref="Presentation.ThumbnailsPerSheet"/>
    public int ThumbnailsPerSheet { get; init; }

    /// <summary>The picture track, which every plan with rungs has.</summary>
    [JsonIgnore]
    public VideoReport Picture => Media.Video ?? throw new InvalidOperationException("A title of sound alone has no picture.");

    /// <summary>Its first picture or, without any, its first sound, after the file's start.</summary>
    [JsonIgnore]
    public double StartSeconds => Media.Video?.StartSeconds ?? Media.Audio.Min(track => track.StartSeconds);

    /// <summary>Sound alone has one only where its master has cover art.</summary>
    [JsonIgnore]
    public bool HasPoster => Rungs.Count > 0 || Media.CoverStreamIndex is not null;

    [JsonIgnore]
    public SegmentGrid Grid => Timeline.Grid;

    [JsonIgnore]
    public long Frames => Timeline.Frames;

    /// <summary>The smallest rung of those that the title opens with; the sprite sheets are made beside it.</summary>
    [JsonIgnore]
    public Rung LastOpening => Rungs.Last(rung => rung.IsOpening);

    [JsonIgnore]
    public int ChunkCount => Grid.ChunkCount(Frames);

    /// <summary>Of the title: its frames at its rate.</summary>
    [JsonIgnore]
    public double DurationSeconds => (Frames / Grid.FrameRate).Value;

    [JsonIgnore]
    public bool IsProtected => Options.Protection != ContentProtection.None;

    [JsonIgnore]
    public double TotalWeight => Steps().Sum(step => step.Weight);

    /// <param name="media">The master.</param>
    /// <param name="options">What is wanted of it.</param>
    /// <param name="source"><see cref="Asset.Source"/>.</param>
    /// <param name="hasKeyServer">A DRM key server gives the keys of <see cref="ContentProtection.Cbcs"/>.</param>
    public static EncodingPlan For(MediaReport media, PlanningOptions options, string? source = null, bool hasKeyServer = false)
    {
        // What of AV1 is encrypted depends on its tiles, which packaging does not find.
        var lacksAv1 = options is { Protection: ContentProtection.Cbcs, Av1: true };
        if (lacksAv1) options = options with { Av1 = false };
        var timeline = GridPlan.For(media);
        var rungs = Ladder.For(media, timeline.Grid.FrameRate, options);
        var plan = new EncodingPlan
        {
            Revision = "",
            Source = source,
            // A licence server knows nothing of whole segments.
            IsLicensed = hasKeyServer && options.Protection == ContentProtection.Cbcs,
            LacksAv1 = lacksAv1,
            IsKeyedByRevision = options.Protection == ContentProtection.Aes128,
            Media = media,
            Options = options,
            Timeline = timeline,
            Rungs = rungs,
            Audio = AudioPlan.For(media, options),
            Text = TextPlan.For(media, options),
            Thumbnail = rungs.Count == 0 ? new PixelSize(0, 0) : ThumbnailOf(rungs[0]),
            ThumbnailsPerSheet = rungs.Count == 0 ? 0 : timeline.Grid.SegmentFrames / timeline.Grid.GopFrames,
        };
        return plan.Named();
    }

    /// <summary>This plan for an asset that has an encoding already: what is there and equal is not made again.</summary>
    /// <param name="current">The asset's.</param>
    /// <param name="newKeys">What is encrypted is so by new keys, though nothing else may differ.</param>
    /// <param name="hasKeys">What is encrypted can be decrypted; else it is made again.</param>
    public EncodingPlan Over(Presentation current, bool newKeys = false, bool hasKeys = true)
    {
        var isWhole = current.State == PresentationState.Ready;
        var plan = this with { Revision = "", Wish = Revision, Base = current.Revision, IsAgain = isWhole, NewKeys = newKeys && IsProtected };
        if (!isWhole) return plan.Named();
        var kept = Reuse.Of(plan with { Timeline = Timeline.Over(current.Grid) }, current, hasKeys);
        // Another master, of which nothing is there yet, begins as soon as any new one.
        return (kept.Reused.Count + kept.Reprotected.Count > 0 ? kept : Reuse.Of(plan, current, hasKeys)).Named();
    }

    /// <summary>This plan as it was before it was laid over another encoding.</summary>
    public EncodingPlan Afresh(bool hasKeyServer) => this with
    {
        Revision = Wish ?? Revision,
        Wish = null,
        Base = null,
        IsAgain = false,
        NewKeys = false,
        ReusesText = false,
        IsLicensed = hasKeyServer && Options.Protection == ContentProtection.Cbcs,
        Reused = new SortedDictionary<string, string>(),
        Reprotected = new SortedDictionary<string, string>(),
    };

    /// <summary>Renditions and pictures that are to be encoded, so that they are neither in <see cref="Reused"/> nor in
    /// <see cref="Reprotected"/>.</summary>
    public bool Makes(string part) => !Reused.ContainsKey(part) && !Reprotected.ContainsKey(part);

    private EncodingPlan Named() =>
        this with { Revision = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)))[..16] };

    public Chunk Chunk(int index)
    {
        var first = Grid.FirstSegmentOf(index);
        var count = Math.Min(Grid.FirstSegmentOf(index + 1), Grid.SegmentCount(Frames)) - first;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(index));
        var start = Grid.FirstFrameOf(first);
        var frames = (int)(Math.Min(Grid.FirstFrameOf(first + count), Frames) - start);
        var gops = (frames + Grid.GopFrames - 1) / Grid.GopFrames;
        return new Chunk(index, first, count, start, frames, gops, start + frames == Frames);
    }

    /// <summary>The sprite sheets that are made with a chunk: those that end in it.</summary>
    public (int First, int Count) SheetsOf(Chunk chunk)
    {
        if (ThumbnailsPerSheet == 0) return (chunk.Index, 1);
        var first = (int)(chunk.FirstFrame / Grid.SegmentFrames);
        var end = chunk.IsLast ? Grid.SheetCount(chunk.EndFrame) : (int)(chunk.EndFrame / Grid.SegmentFrames);
        return (first, end - first);
    }

    public IEnumerable<PlannedStep> Steps() => StepList.Of(this);

    /// <summary>The rungs a video step makes, largest first.</summary>
    public IReadOnlyList<Rung> RungsOf(PlannedStep step) => [.. Rungs.Where(rung => step.Renditions.Contains(rung.Name))];

    /// <summary>The sound rendition of an audio step.</summary>
    public AudioPlan AudioOf(PlannedStep step) => Audio.Single(audio => step.Renditions.Contains(audio.Rendition.Name));

    /// <summary>Its codecs are read from what the encoder writes.</summary>
    public VideoRendition RenditionOf(Rung rung) =>
        new(rung.Name, rung.Width, rung.Height, null, rung.MaxBitsPerSecond, Timeline.Timescale) { Codec = rung.Codec, Range = rung.Range };

    /// <param name="assetId">Whose.</param>
    /// <param name="createdAt">The job's.</param>
    /// <param name="current">The plan's base, of which parts are reused; null when there is none.</param>
    public Presentation ToPresentation(string assetId, DateTimeOffset createdAt, Presentation? current = null) => new()
    {
        AssetId = assetId,
        Revision = Revision,
        State = PresentationState.Encoding,
        Grid = Grid,
        Frames = Frames,
        Video =
        [
            .. Rungs.Select(rung => (current?.Video.FirstOrDefault(v => !Makes(rung.Name) && v.Name == rung.Name) ?? RenditionOf(rung)) with
            {
                Source = SourceOf(rung.Name),
            }),
        ],
        Audio = [.. Audio.Select(a => a.Rendition with { Source = SourceOf(a.Rendition.Name) })],
        Text = ReusesText && current is not null ? [.. TextOf(current)] : [],
        TextRecipe = Recipes.OfText(this),
        Chapters = ChaptersOfTitle(),
        Notices = [.. LeftOut(), .. current is null ? [] : OfReused(current)],
        Thumbnail = Thumbnail,
        ThumbnailsPerSheet = ThumbnailsPerSheet,
        Sprites = Rungs.Count > 0 ? SourceOf(Recipes.Sprites) : null,
        Poster = HasPoster ? SourceOf(Recipes.Poster) : null,
        HasPoster = HasPoster && !Makes(Recipes.Poster),
        Protection = Protection,
        CreatedAt = createdAt,
    };

    [JsonIgnore]
    public PresentationProtection? Protection =>
        IsProtected ? new PresentationProtection(Options.Protection, KeySegments)
        {
            IsLicensed = IsLicensed,
            IsKeyedByRevision = IsKeyedByRevision,
        } : null;

    /// <summary>Segments a key serves where keys change within a title, at least one; 0 where they do not.</summary>
    [JsonIgnore]
    public int KeySegments => Options.Protection == ContentProtection.Aes128
        ? Math.Max(1, (int)(Options.KeyPeriod.TotalSeconds / (Grid.SegmentFrames / Grid.FrameRate).Value))
        : 0;

    private PartSource SourceOf(string part) => new(Recipes.Of(this, part), Reused.GetValueOrDefault(part));

    /// <summary>The master's, and not what was uploaded beside it, which is offered to every encoding.</summary>
    private IEnumerable<TextRendition> TextOf(Presentation current) => current.Text
        .Where(text => Text.Any(track => text.Name == track.Name || text.Name.StartsWith($"{track.Name}-", StringComparison.Ordinal)))
        .Select(text => text with { From = text.From ?? current.Revision });

    /// <summary>What was told of renditions that are taken over.</summary>
    private IEnumerable<ProblemReport> OfReused(Presentation current) => current.Notices.Where(notice =>
        (ReusesText && Workers.TextProblems.IsOfTrack(notice.Code))
        || (SubjectOf(notice) is { } subject && Recipes.Encrypted(this).Any(part => part == subject && !Makes(part))));

    /// <summary>Earlier versions named it in the detail alone, as its first word.</summary>
    private static string? SubjectOf(ProblemReport notice) =>
        notice.Subject ?? (notice.Code == Workers.AudioProblems.LoudnessMissed.Code ? notice.Detail?.Split(' ')[0] : null);

    private IEnumerable<ProblemReport> LeftOut()
    {
        foreach (var codec in LadderTable.CodecsOf(Options, Media).Except(Rungs.Select(rung => rung.Codec)))
            yield return ProblemReport.Of(Workers.PictureProblems.TooSmall) with { Subject = codec.ToString().ToLowerInvariant() };
        if (LacksAv1) yield return ProblemReport.Of(Workers.PictureProblems.Unprotectable) with { Subject = "av1" };
        if (Media.Text.Count > Text.Count) yield return ProblemReport.Of(Workers.TextProblems.TooMany);
        if (Media.Audio.Count > Audio.DistinctBy(audio => audio.StreamIndex).Count()) yield return ProblemReport.Of(Workers.AudioProblems.TooMany);
    }

    /// <summary>The master's, on the title's clock.</summary>
    private IReadOnlyList<Chapter> ChaptersOfTitle()
    {
        double OnTitle(double seconds) => Math.Clamp(seconds - StartSeconds, 0, DurationSeconds);
        return
        [
            .. Media.Chapters.Select(c => c with { StartSeconds = OnTitle(c.StartSeconds), EndSeconds = OnTitle(c.EndSeconds) })
                .Where(c => c.EndSeconds > c.StartSeconds),
        ];
    }

    /// <summary>160 pixels on the longer side, or less for a smaller picture.</summary>
    private static PixelSize ThumbnailOf(Rung top)
    {
        var longer = Math.Max(top.Width, top.Height);
        var scale = longer <= 160 ? 1 : new Rational(160, longer);
        int Side(int side) => Math.Max(2, 2 * (int)(scale * side / 2).Round());
        return new PixelSize(Side(top.Width), Side(top.Height));
    }
}
