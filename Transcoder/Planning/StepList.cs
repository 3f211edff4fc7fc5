namespace FlickStream.Transcoder.Planning;

/// <summary>The steps of a plan, in the order in which they should be taken.</summary>
internal static class StepList
{
    // Pixels that cost about as much to decode as one does to encode at the fast presets; from CPU seconds measured.
    private const double DecodeShare = 0.25;

    // Megapixels that cost as much as encoding a second of sound.
    private const double SoundPerSecond = 2;

    public static IEnumerable<PlannedStep> Of(EncodingPlan plan)
    {
        var rank = 0;
        foreach (var step in Ordered(plan)) yield return step with { Rank = rank++ };
    }

    private static IEnumerable<PlannedStep> Ordered(EncodingPlan plan)
    {
        for (var index = 0; index < plan.ChunkCount; index++)
        {
            foreach (var step in VideoSteps(plan, plan.Chunk(index))) yield return step;
            if (index > 0) continue;
            foreach (var audio in plan.Audio.Where(audio => plan.Makes(audio.Rendition.Name)))
            {
                yield return new PlannedStep(
                    $"audio-{audio.Rendition.Name}", StepKind.Audio, 0, !plan.IsAgain, SoundPerSecond * plan.DurationSeconds)
                {
                    Renditions = [audio.Rendition.Name],
                };
            }

            if (plan.Makes(Recipes.Poster)) yield return new PlannedStep("poster", StepKind.Poster, 0, false, 1);
        }

        yield return new PlannedStep("publish", StepKind.Publish, 0, false, 1);
    }

    /// <summary>The first chunk is made by two steps, the top rung and the rest, which two cores can take side by side: the title
    /// starts sooner for the price of decoding one segment twice.</summary>
    private static IEnumerable<PlannedStep> VideoSteps(EncodingPlan plan, Chunk chunk)
    {
        IReadOnlyList<Rung> rungs = [.. plan.Rungs.Where(rung => plan.Makes(rung.Name))];
        if (rungs.Count == 0) yield break;
        if (chunk.Index > 0 || rungs.Count == 1 || plan.IsAgain)
        {
            yield return Video(plan, chunk, "a", rungs);
            yield break;
        }

        yield return Video(plan, chunk, "a", [rungs[0]]);
        yield return Video(plan, chunk, "b", [.. rungs.Skip(1)]);
    }

    private static PlannedStep Video(EncodingPlan plan, Chunk chunk, string group, IReadOnlyList<Rung> rungs)
    {
        var pixels = rungs.Sum(r => (double)r.Width * r.Height)
            + (DecodeShare * plan.Media.Video.Width * plan.Media.Video.Height);
        return new PlannedStep($"video-{chunk.Index:D4}-{group}", StepKind.Video, 0, chunk.Index == 0 && !plan.IsAgain, chunk.Frames * pixels / 1e6)
        {
            Chunk = chunk.Index,
            Renditions = [.. rungs.Select(r => r.Name)],
            MakesSprite = rungs[^1] == plan.Rungs[^1] && plan.Makes(Recipes.Sprites),
        };
    }
}
