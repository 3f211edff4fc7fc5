using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>The steps of a plan, in the order in which they should be taken.</summary>
internal static class StepList
{
    // Pixels that cost about as much to decode as one does to encode at the fast presets; from CPU seconds measured.
    private const double DecodeShare = 0.25;

    // Megapixels that cost as much as encoding a second of sound.
    private const double SoundPerSecond = 2;

    // The same for finding the text in it: reading, mostly.
    private const double TextPerSecond = 0.1;

    // What encrypting costs of encoding: reading and writing, mostly.
    private const double ProtectShare = 0.01;

    // Of a title: a last chunk that is more of it costs more to decode twice than cores would wait for it.
    private const double EndShare = 0.1;

    // Renditions of the sound track that is played first, which most viewers begin with.
    private const int FirstSound = 2;

    public static IEnumerable<PlannedStep> Of(EncodingPlan plan)
    {
        var rank = 0;
        foreach (var step in Ordered(plan)) yield return step with { Rank = rank++ };
    }

    /// <summary>The ladder that every player can show comes first, to the title's end: those who watch a growing title stay behind it,
    /// and the others join only when the title is ready.</summary>
    private static IEnumerable<PlannedStep> Ordered(EncodingPlan plan)
    {
        List<Rung> opening = [.. plan.Rungs.Where(rung => rung.IsOpening && plan.Makes(rung.Name))];
        for (var index = 0; index < plan.ChunkCount; index++)
        {
            foreach (var step in OpeningSteps(plan, plan.Chunk(index), opening)) yield return step;
            if (index > 0) continue;
            IReadOnlyList<PlannedStep> sound = [.. plan.Audio.OrderByDescending(a => a.Rendition.IsDefault).Select(a => a.Rendition.Name).Where(plan.Makes).Select(name => Sound(plan, name))];
            foreach (var step in sound.Take(FirstSound).Concat(Text(plan)).Concat(sound.Skip(FirstSound))) yield return step;
            if (plan.HasPoster && plan.Makes(Recipes.Poster)) yield return new PlannedStep("poster", StepKind.Poster, 0, false, 1);
        }

        foreach (var ladder in plan.Rungs.Where(rung => !rung.IsOpening && plan.Makes(rung.Name)).GroupBy(rung => (rung.Codec, rung.Range)))
        {
            for (var index = 0; index < plan.ChunkCount; index++)
            {
                foreach (var rungs in Apart([.. ladder]))
                    yield return Video(plan, plan.Chunk(index), rungs.Count == 1 ? rungs[0].Name : GroupOf(ladder.Key), rungs);
            }
        }

        foreach (var step in ProtectSteps(plan)) yield return step;
        yield return new PlannedStep("publish", StepKind.Publish, 0, false, 1);
    }

    private static IEnumerable<PlannedStep> ProtectSteps(EncodingPlan plan)
    {
        foreach (var rung in plan.Rungs.Where(rung => plan.Reprotected.ContainsKey(rung.Name)))
            yield return Step(rung.Name, ProtectShare * plan.Frames * rung.Width * rung.Height / 1e6);
        foreach (var audio in plan.Audio.Where(audio => plan.Reprotected.ContainsKey(audio.Rendition.Name)))
            yield return Step(audio.Rendition.Name, ProtectShare * SoundPerSecond * plan.DurationSeconds);
        static PlannedStep Step(string name, double weight) => new($"protect-{name}", StepKind.Protect, 0, false, weight) { Renditions = [name] };
    }

    private static PlannedStep Sound(EncodingPlan plan, string name) =>
        new($"audio-{name}", StepKind.Audio, 0, !plan.IsAgain, SoundPerSecond * plan.DurationSeconds) { Renditions = [name] };

    private static IEnumerable<PlannedStep> Text(EncodingPlan plan)
    {
        if (plan.ReusesText) yield break;
        IReadOnlyList<string> tracks = [.. plan.Text.Where(t => !t.IsInPicture).Select(t => t.Name)];
        IReadOnlyList<string> captions = [.. plan.Text.Where(t => t.IsInPicture).Select(t => t.Name)];
        if (tracks.Count > 0)
            yield return new PlannedStep("text", StepKind.Text, 0, !plan.IsAgain, TextPerSecond * plan.DurationSeconds) { Renditions = tracks };
        if (captions.Count == 0) yield break;
        var pixels = DecodeShare * plan.Picture.Width * plan.Picture.Height;
        yield return new PlannedStep("captions", StepKind.Captions, 0, false, plan.Frames * pixels / 1e6) { Renditions = captions };
    }

    /// <summary>The first six seconds, which are a chunk of one GOP and another, are made by two steps each, the top rung and the rest, which two
    /// cores can take side by side: the title starts sooner, and goes on sooner, for the price of decoding them twice. So is the last chunk of a title
    /// that lasts: nothing is left for another core beside it.</summary>
    private static IEnumerable<PlannedStep> OpeningSteps(EncodingPlan plan, Chunk chunk, List<Rung> rungs)
    {
        if (rungs.Count == 0) yield break;
        if (rungs.Count == 1 || !(IsOfStart(plan, chunk) || IsOfEnd(plan, chunk)))
        {
            yield return Video(plan, chunk, "a", rungs);
            yield break;
        }

        yield return Video(plan, chunk, "a", [rungs[0]]);
        yield return Video(plan, chunk, "b", [.. rungs.Skip(1)]);
    }

    /// <summary>Rungs beyond 1080 lines are encoded one by one: with seven rungs from 2160 on, SVT-AV1 takes 3.9 GB in one process,
    /// measured, and with those up to 1080 alone 2.1 GB.</summary>
    private static IEnumerable<List<Rung>> Apart(List<Rung> ladder)
    {
        foreach (var rung in ladder.Where(IsHuge)) yield return [rung];
        if (ladder.Where(rung => !IsHuge(rung)).ToList() is { Count: > 0 } rest) yield return rest;
        static bool IsHuge(Rung rung) => Math.Min(rung.Width, rung.Height) > 1080;
    }

    private static string GroupOf((VideoCodec Codec, VideoRange Range) ladder) =>
        (ladder.Range == VideoRange.Sdr ? ladder.Codec : (Enum)ladder.Range).ToString().ToLowerInvariant();

    private static PlannedStep Video(EncodingPlan plan, Chunk chunk, string group, List<Rung> rungs)
    {
        var pixels = rungs.Sum(r => CostOf(r.Codec) * r.Width * r.Height)
            + (DecodeShare * plan.Picture.Width * plan.Picture.Height);
        var isOpening = rungs[0].IsOpening;
        var isOfStart = isOpening && IsOfStart(plan, chunk);
        return new PlannedStep(
            $"video-{chunk.Index:D4}-{group}",
            StepKind.Video,
            0,
            isOfStart && chunk.Index == 0,
            chunk.Frames * pixels / 1e6)
        {
            Chunk = chunk.Index,
            Renditions = [.. rungs.Select(r => r.Name)],
            IsOfStart = isOfStart,
            JoinsLater = !isOpening,
            MakesSprite = isOpening && rungs[^1] == plan.LastOpening && plan.Makes(Recipes.Sprites) && plan.SheetsOf(chunk).Count > 0,
        };
    }

    private static bool IsOfStart(EncodingPlan plan, Chunk chunk) => chunk.FirstFrame < plan.Grid.SegmentFrames && !plan.IsAgain;

    private static bool IsOfEnd(EncodingPlan plan, Chunk chunk) => chunk.IsLast && chunk.Frames <= EndShare * plan.Frames;

    /// <summary>CPU time of a pixel against H.264's at the default presets.</summary>
    private static double CostOf(VideoCodec codec) => codec switch { VideoCodec.Hevc => 2.5, VideoCodec.Av1 => 1.5, _ => 1 };
}
