using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations;

/// <summary>Because of which watched title others are recommended to one viewer. For one request, and one thread at a time.</summary>
internal sealed class Reasons
{
    /// <summary>Titles of a history that are looked at by leaving them out: the linear stages tell beforehand which may be.</summary>
    public const int Tried = 5;

    private readonly RecommendationModel _model;
    private readonly History _history;

    // One more than a request looks at, as that comes in where another is left out.
    private readonly History _window;
    private readonly float _amount;

    // Of the window the first place that the stages of the latest titles may look at: when another is left out after it.
    private readonly int _late;
    private readonly ViewersWithout _viewers;
    private readonly Known _whole;
    private readonly Known?[] _without;
    private readonly Dictionary<int, Shares> _shares;

    /// <param name="titles">All that will be asked about.</param>
    public Reasons(RecommendationModel model, History history, int[] titles)
    {
        (_model, _history, _window, _amount) = (model, history, history.Last(StageSet.LongestHistory + 1), history.Amount);
        _late = _window.Length;
        while (_late > 0 && StageSet.StillCounts(model.Stages.RecencyAt(Math.Max(0, _window.Length - 1 - _late)))) _late--;
        _viewers = model.Stages.Factors.Without(_window);
        (_whole, _without) = (KnownWithout(null), new Known?[_window.Length]);
        _shares = Shares.Of(model.Stages, _window, _late, titles);
    }

    /// <summary>The watched title without which the blend's score would fall most; null where it would not fall without any.</summary>
    public (int Title, float Fall)? Of(int title)
    {
        Span<(int Place, float Fall)> falls = stackalloc (int, float)[Tried];
        return Falls(title, falls) > 0 ? (TitleAt(falls[0].Place), falls[0].Fall) : null;
    }

    /// <summary>Writes the places of those tried without which the blend's score would fall, the greatest fall first, and tells how many.</summary>
    /// <param name="falls">Of <see cref="Tried"/>.</param>
    public int Falls(int title, Span<(int Place, float Fall)> falls)
    {
        var shares = _shares[title];
        var (whole, count) = (ScoreOf(shares, _whole), 0);
        Span<int> places = stackalloc int[Tried];
        foreach (var place in places[..Strongest(shares, places)])
        {
            var fall = whole - ScoreOf(shares, KnownWithout(place));
            if (!(fall > 0)) continue;
            var at = count++;
            for (; at > 0 && fall > falls[at - 1].Fall; at--) falls[at] = falls[at - 1];
            falls[at] = (place, fall);
        }

        return count;
    }

    public int TitleAt(int place) => _window.Titles.Span[place];

    /// <summary>What the stages would give a title without the one at a place, and in the end what the blend makes of it.</summary>
    /// <param name="scores">One a <see cref="Stage"/>, and one more.</param>
    public void WriteWithout(int place, int title, Span<float> scores)
    {
        var (shares, known) = (_shares[title], KnownWithout(place));
        WriteStages(shares, known, scores);
        scores[^1] = Blended(scores, known);
    }

    /// <summary>What <see cref="RecommendationModel.Blended"/> gives one title, without reckoning all.</summary>
    public static float ScoreOf(RecommendationModel model, History history, int title)
    {
        var reasons = new Reasons(model, history, [title]);
        return reasons.ScoreOf(reasons._shares[title], reasons._whole);
    }

    private Known KnownWithout(int place) => _without[place] ??= KnownWithout((int?)place);

    private Known KnownWithout(int? place)
    {
        var left = place is null ? 0 : 1;
        var length = Math.Min(StageSet.LongestHistory, _history.Length - left);
        var first = _window.Length - length - left;
        // Of a long history the earliest title of the window counts only where another is left out.
        var viewer = place is null && first == 0 ? _model.Stages.Factors.Viewer(_window) : _viewers.Of(place ?? 0);
        var (recencies, latest) = (new float[_window.Length - _late], _window.Length - 1);
        for (var age = 0; age < length && StageSet.StillCounts(_model.Stages.RecencyAt(age)); latest--)
            if (latest != place) recencies[latest - _late] = _model.Stages.RecencyAt(age++);
        return new(length, _amount - (place is { } at ? Math.Min(1, _window.Weights.Span[at]) : 0), viewer, recencies, first, place);
    }

    private float ScoreOf(Shares shares, Known known)
    {
        Span<float> scores = stackalloc float[StageScores.Stages];
        WriteStages(shares, known, scores);
        return Blended(scores, known);
    }

    private float Blended(ReadOnlySpan<float> scores, Known known)
    {
        var sum = 0f;
        for (var stage = 0; stage < StageScores.Stages; stage++) sum += _model.Blend.WeightOf((Stage)stage, known.Amount) * scores[stage];
        return sum;
    }

    private void WriteStages(Shares shares, Known known, Span<float> scores)
    {
        var stages = _model.Stages;
        var items = shares.AllItems;
        if (known.First > 0) items -= shares.Items[0];
        if (known.Left is { } left) items -= shares.Items[left];
        var near = TensorPrimitives.Dot<float>(known.Recencies, shares.Near);
        scores[(int)Stage.Items] = (float)items - shares.AgainstItems;
        scores[(int)Stage.LatestItems] = TensorPrimitives.Dot<float>(known.Recencies, shares.Items.AsSpan(_late));
        scores[(int)Stage.Next] = TensorPrimitives.Dot<float>(known.Recencies, shares.Next);
        scores[(int)Stage.Factors] = known.Length > 0 ? stages.Factors.Dot(shares.Title, known.Viewer) : 0;
        scores[(int)Stage.Content] = (known.Length > 0 ? near / stages.RecencySum(known.Length) : 0) - shares.AgainstContent;
        scores[(int)Stage.Popularity] = stages.PopularityFor(shares.Title, _history.Stated, known.Amount);
    }

    // Writes places in the window, of two that give as much the later first, and tells how many.
    private int Strongest(Shares shares, Span<int> places)
    {
        Span<float> parts = stackalloc float[Tried];
        var latest = _history.Last(StageSet.LongestHistory);
        var (count, recencySum) = (0, _model.Stages.RecencySum(latest.Length));
        float WeightOf(Stage stage) => _model.Blend.WeightOf(stage, 0);
        var (items, late, next, near) = (WeightOf(Stage.Items), WeightOf(Stage.LatestItems), WeightOf(Stage.Next), WeightOf(Stage.Content) / recencySum);
        for (var place = _whole.First + latest.Wished; place < _window.Length; place++)
        {
            var (part, recency) = (items * shares.Items[place], _model.Stages.RecencyAt(_window.Length - 1 - place));
            if (StageSet.StillCounts(recency))
                part += recency * ((late * shares.Items[place]) + (next * shares.Next[place - _late]) + (near * shares.Near[place - _late]));
            if (count == Tried && part < parts[^1]) continue;
            var at = count < Tried ? count++ : Tried - 1;
            for (; at > 0 && part >= parts[at - 1]; at--) (parts[at], places[at]) = (parts[at - 1], places[at - 1]);
            (parts[at], places[at]) = (part, place);
        }

        return count;
    }

    /// <param name="Recencies">Of the late places of the window, 0 of what does not count.</param>
    /// <param name="First">The place in the window with which it begins.</param>
    /// <param name="Left">The place that is left out.</param>
    private sealed record Known(int Length, float Amount, float[] Viewer, float[] Recencies, int First, int? Left);

    // What each place of the window gives one title by each linear stage, before recency: looked up once for all that is left out.
    private sealed class Shares
    {
        private Shares(int title, int places, int late) => (Title, Items, Next, Near) = (title, new float[places], new float[places - late], new float[places - late]);

        /// <summary>A pass over the weights of each watched title finds those of all titles: looking each of them up took as long as ranking.</summary>
        public static Dictionary<int, Shares> Of(StageSet stages, History window, int late, int[] titles)
        {
            var (sorted, values) = (titles.Order().ToArray(), new float[titles.Length]);
            Shares[] all = [.. sorted.Select(title => new Shares(title, window.Length, late))];
            void Look(SparseRows weights, int watched, Action<Shares, float> write)
            {
                weights.Of(watched, sorted, values);
                for (var at = 0; at < all.Length; at++) write(all[at], values[at]);
            }

            for (var place = 0; place < window.Length; place++)
            {
                var (at, watched, weight) = (place, window.Titles.Span[place], window.Weights.Span[place]);
                Look(stages.Items, watched, (shares, value) => shares.AllItems += shares.Items[at] = weight * value);
                if (place < late) continue;
                Look(stages.Next, watched, (shares, value) => shares.Next[at - late] = weight * value);
                Look(stages.Neighbours, watched, (shares, value) => shares.Near[at - late] = weight * value);
            }

            foreach (var disliked in window.Disliked.Span)
            {
                Look(stages.Items, disliked, (shares, value) => shares.AgainstItems += StageSet.Dislike * value);
                Look(stages.Neighbours, disliked, (shares, value) => shares.AgainstContent += StageSet.Dislike * value);
            }

            return all.ToDictionary(shares => shares.Title);
        }

        public int Title { get; }

        public float[] Items { get; }

        /// <summary>Of the late places alone, as is <see cref="Near"/>.</summary>
        public float[] Next { get; }

        public float[] Near { get; }

        // So exact that one of them taken away leaves the sum of the others.
        public double AllItems { get; private set; }

        /// <summary>What the disliked titles take away.</summary>
        public float AgainstItems { get; private set; }

        public float AgainstContent { get; private set; }
    }
}
