using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>The trained parts of all stages. Nothing in it changes, so every request may use it at once.</summary>
internal sealed class StageSet
{
    // The latest that a request looks at: what came before says little, and a request must end in time.
    public const int LongestHistory = 200;

    /// <summary>How much a title that was seen without pleasure counts against what is like it, beside one that was watched whole.</summary>
    public const float Dislike = 0.5f;

    // Those that add to some titles; the others write all.
    private static readonly Stage[] Sparse = [Stage.Items, Stage.LatestItems, Stage.Next, Stage.Content];

    private readonly float[] _recencies = new float[LongestHistory + 1];

    public required TrainingOptions Options
    {
        get;
        init
        {
            field = value;
            for (var age = 0; age < _recencies.Length; age++) _recencies[age] = (float)Math.Pow(value.Recency, age);
        }
    }

    public required SparseRows Items { get; init; }

    public required SparseRows Next { get; init; }

    /// <summary>A row a title, of those it is near to.</summary>
    public required SparseRows Neighbours { get; init; }

    public required FactorModel Factors { get; init; }

    /// <summary>Of each title, in the training data.</summary>
    public required int[] Viewers { get; init; }

    /// <summary>Of each title the share of the most popular one, see <see cref="InteractionTable.Popularity"/>.</summary>
    public required float[] Popularity { get; init; }

    public required MomentAffinity Moments { get; init; }

    /// <summary>Null where no times are known.</summary>
    public FirstWatched? First { get; init; }

    public int Titles => Viewers.Length;

    /// <summary>Of a place in what a request looks at of a history, 0 for the latest.</summary>
    public float RecencyAt(int age) => _recencies[age];

    /// <summary>Of all places of a history.</summary>
    public float RecencySum(int length) => (float)((1 - Math.Pow(Options.Recency, length)) / (1 - Options.Recency));

    /// <summary>Of a title, for a viewer of whom so much is known.</summary>
    public float PopularityFor(int title, StatedTaste? stated, float amount) => Popularity[title] * (stated?.LiftOf(title, amount) ?? 1);

    public static bool StillCounts(float recency) => recency >= 1e-3f;

    public void Score(History history, StageScores scores)
    {
        var amount = history.Amount;
        history = history.Last(LongestHistory);
        foreach (var sparse in Sparse) scores.Of(sparse).Clear();
        var popularity = scores.Of(Stage.Popularity);
        Popularity.CopyTo(popularity);
        if (history.Stated is { } stated)
            for (var title = 0; title < popularity.Length; title++) popularity[title] = PopularityFor(title, stated, amount);
        Factors.Write(scores.Of(Stage.Factors), history);
        var sum = RecencySum(history.Length);
        for (var at = 0; at < history.Length; at++)
        {
            var (title, weight, recency) = (history.Titles.Span[at], history.Weights.Span[at], RecencyAt(history.Length - 1 - at));
            Items.AddTo(scores.Of(Stage.Items), title, weight);
            if (!StillCounts(recency)) continue;
            Items.AddTo(scores.Of(Stage.LatestItems), title, weight * recency);
            Next.AddTo(scores.Of(Stage.Next), title, weight * recency);
            Neighbours.AddTo(scores.Of(Stage.Content), title, weight * recency / sum);
        }

        foreach (var title in history.Disliked.Span)
        {
            Items.AddTo(scores.Of(Stage.Items), title, -Dislike);
            Neighbours.AddTo(scores.Of(Stage.Content), title, -Dislike);
        }
    }
}
