using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations;

/// <summary>Because of which watched title others are recommended to one viewer. For one request.</summary>
internal sealed class Reasons
{
    // Looked at by leaving them out; the linear stages tell beforehand which may be.
    private const int Tried = 5;

    private readonly RecommendationModel _model;
    private readonly History _history;

    // One more than a request looks at, as that comes in where another is left out.
    private readonly History _window;
    private readonly Func<int?, float[]> _viewerWithout;
    private readonly Known _whole;
    private readonly Known?[] _without;

    public Reasons(RecommendationModel model, History history)
    {
        (_model, _history, _window) = (model, history, history.Last(StageSet.LongestHistory + 1));
        _viewerWithout = model.Stages.Factors.Viewers(_window);
        (_whole, _without) = (KnownWithout(null), new Known?[_window.Length]);
    }

    /// <summary>The watched title without which the blend's score would fall most; null where it would not fall without any.</summary>
    public (int Title, float Fall)? Of(int title)
    {
        var shares = new Shares(_model, _window, title);
        var (whole, best) = (_whole.ScoreOf(shares), default((int Title, float Fall)?));
        foreach (var place in _whole.Strongest(shares))
        {
            var fall = whole - (_without[place] ??= KnownWithout(place)).ScoreOf(shares);
            if (fall > 0 && !(fall <= best?.Fall)) best = (_window.Titles.Span[place], fall);
        }

        return best;
    }

    /// <summary>What <see cref="RecommendationModel.Blended"/> gives one title, without reckoning all.</summary>
    public static float ScoreOf(RecommendationModel model, History history, int title)
    {
        var reasons = new Reasons(model, history);
        return reasons._whole.ScoreOf(new(model, reasons._window, title));
    }

    private Known KnownWithout(int? place)
    {
        var history = place is { } left ? _history.Without(_window.Titles.Span[left]) : _history;
        var latest = history.Last(StageSet.LongestHistory);
        var first = _window.Length - latest.Length - (place is null ? 0 : 1);
        // Of a long history the earliest title of the window counts only where another is left out.
        return new(_model, latest, history.Amount, _viewerWithout(place ?? (first > 0 ? 0 : default(int?))), first, place);
    }

    // What each place of the window gives one title by each linear stage, before recency: looked up once for all that is left out.
    private readonly struct Shares
    {
        public Shares(RecommendationModel model, History window, int title)
        {
            var stages = model.Stages;
            (Title, Items, Next, Near) = (title, new float[window.Length], new float[window.Length], new float[window.Length]);
            for (var place = 0; place < window.Length; place++)
            {
                var (watched, weight) = (window.Titles.Span[place], window.Weights.Span[place]);
                Items[place] = weight * stages.Items.Of(watched, title);
                // As late as it can be: after it one may be left out.
                if (!StageSet.StillCounts(stages.RecencyAt(Math.Max(0, window.Length - 2 - place)))) continue;
                Next[place] = weight * stages.Next.Of(watched, title);
                Near[place] = weight * stages.Neighbours.Of(watched, title);
            }
        }

        public int Title { get; }

        public float[] Items { get; }

        public float[] Next { get; }

        public float[] Near { get; }
    }

    /// <param name="First">The place in the window with which it begins.</param>
    /// <param name="Left">The place that is left out.</param>
    private sealed record Known(RecommendationModel Model, History History, float Amount, float[] Viewer, int First, int? Left)
    {
        private readonly float _recencySum = Model.Stages.RecencySum(History.Length);

        public float ScoreOf(Shares shares)
        {
            var sum = WeightOf(Stage.Popularity) * Model.Stages.PopularityFor(shares.Title, History.Stated, Amount);
            if (History.Length > 0) sum += WeightOf(Stage.Factors) * Model.Stages.Factors.Dot(shares.Title, Viewer);
            for (var (place, age) = (First, History.Length - 1); age >= 0; place++)
                if (place != Left) sum += LinearPart(shares, place, age--);
            foreach (var disliked in History.Disliked.Span) sum -= StageSet.Dislike * LikenessPart(disliked, shares.Title);
            return sum;
        }

        /// <summary>Places in the window, of the whole history.</summary>
        public IEnumerable<int> Strongest(Shares shares) => Enumerable.Range(History.Wished, History.Length - History.Wished)
            .Select(at => (Place: First + at, Part: LinearPart(shares, First + at, History.Length - 1 - at)))
            .OrderByDescending(watched => watched.Part).ThenByDescending(watched => watched.Place).Take(Tried).Select(watched => watched.Place);

        private float WeightOf(Stage stage) => Model.Blend.WeightOf(stage, Amount);

        private float LikenessPart(int disliked, int title) =>
            (WeightOf(Stage.Items) * Model.Stages.Items.Of(disliked, title)) + (WeightOf(Stage.Content) * Model.Stages.Neighbours.Of(disliked, title));

        private float LinearPart(Shares shares, int place, int age)
        {
            var (item, recency) = (shares.Items[place], Model.Stages.RecencyAt(age));
            if (!StageSet.StillCounts(recency)) return WeightOf(Stage.Items) * item;
            return (WeightOf(Stage.Items) * item) + (WeightOf(Stage.LatestItems) * recency * item) + (WeightOf(Stage.Next) * recency * shares.Next[place])
                + (WeightOf(Stage.Content) * recency * shares.Near[place] / _recencySum);
        }
    }
}
