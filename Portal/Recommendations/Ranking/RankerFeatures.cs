using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Ranking;

/// <summary>What the ranker knows of candidates: the stages' words, the viewer, the titles, and the circumstances.</summary>
internal sealed class RankerFeatures
{
    /// <summary>Of the stages each score and how far it is below the best, and 15 more.</summary>
    public const int Count = (6 * 2) + 15;

    /// <summary>Scores of a candidate: of the stages, and of the blend.</summary>
    public static readonly int Scores = StageScores.Stages + 1;

    private const float Unknown = -1;

    private readonly StageSet _stages;
    private readonly Occasion _occasion;
    private readonly int[] _candidates;
    private readonly float[] _scores;
    private readonly float[] _best = new float[Scores];
    private readonly int _length;
    private readonly int _latest;

    // How much watched the viewer's own titles are, on average.
    private readonly float _mainstream;

    /// <param name="history">Of at most <see cref="StageSet.LongestHistory"/>.</param>
    /// <param name="candidates">In any order.</param>
    /// <param name="scores">So many as <see cref="Scores"/> a candidate.</param>
    public RankerFeatures(StageSet stages, History history, Occasion occasion, int[] candidates, float[] scores)
    {
        (_stages, _occasion, _candidates, _scores, _length) = (stages, occasion, candidates, scores, history.Length);
        Array.Fill(_best, float.NegativeInfinity);
        for (var at = 0; at < scores.Length; at++) _best[at % Scores] = Math.Max(_best[at % Scores], scores[at]);
        var sum = 0f;
        foreach (var title in history.Titles.Span) sum += MathF.Log(1 + stages.Viewers[title]);
        (_mainstream, _latest) = history.Length == 0 ? (0, -1) : (sum / history.Length, history.Titles.Span[^1]);
    }

    /// <param name="candidates">The blend's best first.</param>
    /// <returns>A row of <see cref="Count"/> a candidate.</returns>
    public static float[] Of(StageSet stages, StageScores scores, History history, Occasion occasion, int[] candidates)
    {
        var (own, rows) = (new float[candidates.Length * Scores], new float[candidates.Length * Count]);
        for (var at = 0; at < own.Length; at++)
        {
            var (title, stage) = (candidates[at / Scores], at % Scores);
            own[at] = stage < StageScores.Stages ? scores.Of((Stage)stage)[title] : scores.Total[title];
        }

        var features = new RankerFeatures(stages, history, occasion, candidates, own);
        for (var at = 0; at < candidates.Length; at++) features.Write(at, at, rows.AsSpan(at * Count, Count));
        return rows;
    }

    /// <summary>Writes the row of the candidate at an index.</summary>
    /// <param name="place">By the blend, 0 for the best.</param>
    public void Write(int at, int place, Span<float> row)
    {
        var title = _candidates[at];
        var scores = _scores.AsSpan(at * Scores, Scores);
        for (var stage = 0; stage < StageScores.Stages; stage++) (row[stage * 2], row[(stage * 2) + 1]) = (scores[stage], scores[stage] - _best[stage]);
        row = row[(StageScores.Stages * 2)..];
        row[0] = scores[^1];
        row[1] = scores[^1] - _best[^1];
        row[2] = place;
        row[3] = _length;
        row[4] = MathF.Log(1 + _stages.Viewers[title]);
        row[5] = _mainstream;
        row[6] = row[4] - _mainstream;
        row[7] = _stages.Moments.Of(title, _occasion.Moment);
        row[8] = _occasion.Moment.Code;
        row[9] = _latest < 0 ? 0 : _stages.Next.Of(_latest, title);
        row[10] = _latest < 0 ? 0 : _stages.Items.Of(_latest, title);
        row[11] = _latest < 0 ? 0 : _stages.Factors.Likeness(_latest, title);
        row[12] = _latest < 0 ? 0 : _stages.Neighbours.Of(_latest, title);
        row[13] = Days(_occasion.Idle);
        row[14] = Days(_occasion.Age is { } age ? _stages.First?.SinceAt(title, age) : null);
    }

    private static float Days(float? days) => days is { } known ? MathF.Log(1 + known) : Unknown;

    /// <summary>Where the blend puts the candidate at an index.</summary>
    public int PlaceOf(int at)
    {
        var (place, own) = (0, _scores[(at * Scores) + Scores - 1]);
        for (var other = 0; other < _candidates.Length; other++)
        {
            var total = _scores[(other * Scores) + Scores - 1];
            if (total > own || (total == own && _candidates[other] < _candidates[at])) place++;
        }

        return place;
    }
}
