using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations;

/// <summary>Because of which watched title others are recommended to one viewer. For one request.</summary>
internal sealed class Reasons(RecommendationModel model, History history)
{
    // Looked at by leaving them out; the linear stages tell beforehand which may be.
    private const int Tried = 5;

    private readonly Known _whole = Known.Of(model, history);
    private readonly Dictionary<int, Known> _without = [];

    /// <summary>The watched title without which the blend's score would fall most; null where it would not fall without any.</summary>
    public (int Title, float Fall)? Of(int title)
    {
        var (whole, best) = (_whole.ScoreOf(title), default((int Title, float Fall)?));
        foreach (var watched in _whole.Strongest(title))
        {
            if (!_without.TryGetValue(watched, out var rest)) _without[watched] = rest = Known.Of(model, history.Without(watched));
            var fall = whole - rest.ScoreOf(title);
            if (fall > 0 && !(fall <= best?.Fall)) best = (watched, fall);
        }

        return best;
    }

    /// <summary>What <see cref="RecommendationModel.Blended"/> gives one title, without reckoning all.</summary>
    public static float ScoreOf(RecommendationModel model, History history, int title) => Known.Of(model, history).ScoreOf(title);

    private sealed record Known(RecommendationModel Model, History History, float Amount, float[] Viewer)
    {
        public static Known Of(RecommendationModel model, History history)
        {
            var latest = history.Last(StageSet.LongestHistory);
            return new(model, latest, history.Amount, model.Stages.Factors.Viewer(latest));
        }

        public float ScoreOf(int title)
        {
            var sum = WeightOf(Stage.Popularity) * Model.Stages.PopularityFor(title, History.Stated, Amount);
            if (History.Length > 0) sum += WeightOf(Stage.Factors) * Model.Stages.Factors.Dot(title, Viewer);
            for (var at = 0; at < History.Length; at++) sum += LinearPart(at, title);
            foreach (var disliked in History.Disliked.Span) sum -= StageSet.Dislike * LikenessPart(disliked, title);
            return sum;
        }

        public IEnumerable<int> Strongest(int title) => Enumerable.Range(History.Wished, History.Length - History.Wished)
            .Select(at => (At: at, Part: LinearPart(at, title))).OrderByDescending(watched => watched.Part).ThenByDescending(watched => watched.At)
            .Take(Tried).Select(watched => History.Titles.Span[watched.At]);

        private float WeightOf(Stage stage) => Model.Blend.WeightOf(stage, Amount);

        private float LikenessPart(int disliked, int title) =>
            (WeightOf(Stage.Items) * Model.Stages.Items.Of(disliked, title)) + (WeightOf(Stage.Content) * Model.Stages.Neighbours.Of(disliked, title));

        private float LinearPart(int at, int title)
        {
            var (stages, watched) = (Model.Stages, History.Titles.Span[at]);
            var (weight, recency) = (History.Weights.Span[at], stages.RecencyAt(History.Length - 1 - at));
            var item = weight * stages.Items.Of(watched, title);
            if (!StageSet.StillCounts(recency)) return WeightOf(Stage.Items) * item;
            return (WeightOf(Stage.Items) * item)
                + (WeightOf(Stage.LatestItems) * recency * item) + (WeightOf(Stage.Next) * weight * recency * stages.Next.Of(watched, title))
                + (WeightOf(Stage.Content) * weight * recency * stages.Neighbours.Of(watched, title) / stages.RecencySum(History.Length));
        }
    }
}
