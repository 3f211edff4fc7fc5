using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Ranking;

/// <summary>What the ranker knows of a candidate: the stages' words, the viewer, the title, and the circumstances.</summary>
internal static class RankerFeatures
{
    /// <summary>Of the stages each score and how far it is below the best, and 13 more.</summary>
    public const int Count = (6 * 2) + 13;

    /// <param name="candidates">The blend's best first.</param>
    /// <returns>A row of <see cref="Count"/> a candidate.</returns>
    public static float[] Of(StageSet stages, StageScores scores, History history, Moment moment, ReadOnlySpan<int> candidates)
    {
        var rows = new float[candidates.Length * Count];
        for (var stage = 0; stage < StageScores.Stages; stage++) WriteStage(scores.Of((Stage)stage), candidates, rows, stage * 2);
        var viewer = Viewer.Of(stages, history);
        for (var place = 0; place < candidates.Length; place++)
        {
            var row = rows.AsSpan((place * Count) + (StageScores.Stages * 2));
            var title = candidates[place];
            row[0] = scores.Total[title];
            row[1] = scores.Total[title] - scores.Total[candidates[0]];
            row[2] = place;
            row[3] = history.Length;
            row[4] = MathF.Log(1 + stages.Viewers[title]);
            row[5] = viewer.Mainstream;
            row[6] = row[4] - viewer.Mainstream;
            row[7] = stages.Moments.Of(title, moment);
            row[8] = moment.Code;
            row[9] = viewer.Latest < 0 ? 0 : stages.Next.Of(viewer.Latest, title);
            row[10] = viewer.Latest < 0 ? 0 : stages.Items.Of(viewer.Latest, title);
            row[11] = viewer.Latest < 0 ? 0 : stages.Factors.Likeness(viewer.Latest, title);
            row[12] = viewer.Latest < 0 ? 0 : stages.Neighbours.Of(viewer.Latest, title);
        }

        return rows;
    }

    private static void WriteStage(ReadOnlySpan<float> scores, ReadOnlySpan<int> candidates, float[] rows, int column)
    {
        var best = float.NegativeInfinity;
        foreach (var title in candidates) best = Math.Max(best, scores[title]);
        for (var place = 0; place < candidates.Length; place++)
        {
            rows[(place * Count) + column] = scores[candidates[place]];
            rows[(place * Count) + column + 1] = scores[candidates[place]] - best;
        }
    }

    // Mainstream: how much watched the viewer's own titles are, on average.
    private readonly record struct Viewer(float Mainstream, int Latest)
    {
        public static Viewer Of(StageSet stages, History history)
        {
            var sum = 0f;
            foreach (var title in history.Titles.Span) sum += MathF.Log(1 + stages.Viewers[title]);
            return history.Length == 0 ? new(0, -1) : new(sum / history.Length, history.Titles.Span[^1]);
        }
    }
}
