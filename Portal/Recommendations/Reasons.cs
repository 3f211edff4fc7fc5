using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations;

/// <summary>Because of which watched title others are recommended to one viewer. For one request, and one thread at a time.</summary>
internal sealed class Reasons
{
    // Looked at by leaving them out; the linear stages tell beforehand which may be.
    private const int Tried = 5;

    private readonly RecommendationModel _model;
    private readonly History _history;

    // One more than a request looks at, as that comes in where another is left out.
    private readonly History _window;
    private readonly float _amount;
    private readonly ViewersWithout _viewers;
    private readonly Known _whole;
    private readonly Known?[] _without;
    private readonly Shares _shares;

    public Reasons(RecommendationModel model, History history)
    {
        (_model, _history, _window, _amount) = (model, history, history.Last(StageSet.LongestHistory + 1), history.Amount);
        _viewers = model.Stages.Factors.Without(_window);
        (_whole, _without, _shares) = (KnownWithout(null), new Known?[_window.Length], new(model, _window));
    }

    /// <summary>The watched title without which the blend's score would fall most; null where it would not fall without any.</summary>
    public (int Title, float Fall)? Of(int title)
    {
        _shares.Look(title);
        var (whole, best) = (ScoreOf(_whole), default((int Title, float Fall)?));
        Span<int> places = stackalloc int[Tried];
        foreach (var place in places[..Strongest(places)])
        {
            var fall = whole - ScoreOf(_without[place] ??= KnownWithout(place));
            if (fall > 0 && !(fall <= best?.Fall)) best = (_window.Titles.Span[place], fall);
        }

        return best;
    }

    /// <summary>What <see cref="RecommendationModel.Blended"/> gives one title, without reckoning all.</summary>
    public static float ScoreOf(RecommendationModel model, History history, int title)
    {
        var reasons = new Reasons(model, history);
        reasons._shares.Look(title);
        return reasons.ScoreOf(reasons._whole);
    }

    private Known KnownWithout(int? place)
    {
        var left = place is null ? 0 : 1;
        var length = Math.Min(StageSet.LongestHistory, _history.Length - left);
        var first = _window.Length - length - left;
        // Of a long history the earliest title of the window counts only where another is left out.
        var viewer = place is null && first == 0 ? _model.Stages.Factors.Viewer(_window) : _viewers.Of(place ?? 0);
        return new(length, _amount - (place is { } at ? Math.Min(1, _window.Weights.Span[at]) : 0), viewer, first, place);
    }

    private float ScoreOf(Known known)
    {
        var stages = _model.Stages;
        var sum = _model.Blend.WeightOf(Stage.Popularity, known.Amount) * stages.PopularityFor(_shares.Title, _history.Stated, known.Amount);
        if (known.Length > 0) sum += _shares.Weights.Factors * stages.Factors.Dot(_shares.Title, known.Viewer);
        var items = _shares.AllItems;
        if (known.First > 0) items -= _shares.Items[0];
        if (known.Left is { } left) items -= _shares.Items[left];
        sum += (float)(_shares.Weights.Items * items);
        var recencySum = stages.RecencySum(known.Length);
        for (var (place, age) = (_window.Length - 1, 0); age < known.Length && StageSet.StillCounts(stages.RecencyAt(age)); place--)
            if (place != known.Left) sum += stages.RecencyAt(age++) * _shares.LatePart(place, recencySum);
        return sum - _shares.Against;
    }

    // Writes places in the window, of two that give as much the later first, and tells how many.
    private int Strongest(Span<int> places)
    {
        Span<float> parts = stackalloc float[Tried];
        var latest = _history.Last(StageSet.LongestHistory);
        var (count, recencySum) = (0, _model.Stages.RecencySum(latest.Length));
        for (var place = _whole.First + latest.Wished; place < _window.Length; place++)
        {
            var (part, recency) = (_shares.Weights.Items * _shares.Items[place], _model.Stages.RecencyAt(_window.Length - 1 - place));
            if (StageSet.StillCounts(recency)) part += recency * _shares.LatePart(place, recencySum);
            if (count == Tried && part < parts[^1]) continue;
            var at = count < Tried ? count++ : Tried - 1;
            for (; at > 0 && part >= parts[at - 1]; at--) (parts[at], places[at]) = (parts[at - 1], places[at - 1]);
            (parts[at], places[at]) = (part, place);
        }

        return count;
    }

    /// <param name="First">The place in the window with which it begins.</param>
    /// <param name="Left">The place that is left out.</param>
    private sealed record Known(int Length, float Amount, float[] Viewer, int First, int? Left);

    // What each place of the window gives one title by each linear stage, before recency: looked up once for all that is left out.
    private sealed class Shares(RecommendationModel model, History window)
    {
        private readonly float[] _next = new float[window.Length];
        private readonly float[] _near = new float[window.Length];

        public (float Items, float Latest, float Next, float Factors, float Content) Weights { get; } = (
            model.Blend.WeightOf(Stage.Items, 0), model.Blend.WeightOf(Stage.LatestItems, 0), model.Blend.WeightOf(Stage.Next, 0),
            model.Blend.WeightOf(Stage.Factors, 0), model.Blend.WeightOf(Stage.Content, 0));

        public int Title { get; private set; }

        public float[] Items { get; } = new float[window.Length];

        // So exact that one of them taken away leaves the sum of the others.
        public double AllItems { get; private set; }

        /// <summary>What the disliked titles take away.</summary>
        public float Against { get; private set; }

        public float LatePart(int place, float recencySum) =>
            (Weights.Latest * Items[place]) + (Weights.Next * _next[place]) + (Weights.Content * _near[place] / recencySum);

        public void Look(int title)
        {
            var stages = model.Stages;
            (Title, AllItems, Against) = (title, 0, 0);
            for (var place = 0; place < window.Length; place++)
            {
                var (watched, weight) = (window.Titles.Span[place], window.Weights.Span[place]);
                AllItems += Items[place] = weight * stages.Items.Of(watched, title);
                // As late as it can be: after it one may be left out.
                if (!StageSet.StillCounts(stages.RecencyAt(Math.Max(0, window.Length - 2 - place)))) continue;
                _next[place] = weight * stages.Next.Of(watched, title);
                _near[place] = weight * stages.Neighbours.Of(watched, title);
            }

            foreach (var disliked in window.Disliked.Span)
                Against += StageSet.Dislike * ((Weights.Items * stages.Items.Of(disliked, title)) + (Weights.Content * stages.Neighbours.Of(disliked, title)));
        }
    }
}
