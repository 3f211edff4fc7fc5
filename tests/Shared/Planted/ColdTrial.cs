using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Shared.Planted;

/// <summary>Some titles as if nobody had watched them yet, ranked among themselves for those who did, by what the others that they watched say.</summary>
internal sealed class ColdTrial
{
    // Of what a viewer watches: that which all watch, and the least of any cluster.
    private const double Anywhere = 0.25, LeastLiked = 0.003;

    private readonly HashSet<int> _cold;
    private readonly SparseRows _plain;
    private readonly SparseRows _learned;
    private readonly FactorModel _factors;

    public ColdTrial(InteractionTable table, IReadOnlyList<ContentText> texts, HashSet<int> cold, TrainingOptions options)
    {
        var rows = Enumerable.Range(0, table.Viewers).Select(viewer => Halved(table.Of(viewer), cold)).ToArray();
        var shown = InteractionTable.Of(table.Titles, Array.ConvertAll(rows, row => row.Known));
        var content = ContentFeatures.Of(texts);
        var factors = FactorTraining.Train(shown, options);
        (_cold, _plain, _learned) = (cold, content.Rows, LearnedContent.Of(content, factors, shown.Counts(), options));
        (_factors, Tests) = (new(factors, options), [.. rows.Where(row => row.Hidden.Length > 0 && row.Known.Length > 0)]);
    }

    public Case[] Tests { get; }

    /// <summary>By factors that content predicts, as the product does.</summary>
    public double[] Predicted(int most) => Recall(most, (test, scores) => _factors.Write(scores, test.Known));

    /// <summary>By content that is weighted by what it tells.</summary>
    public double[] Learned(int most) => Recall(most, (test, scores) => AddCosines(_learned, test.Known, scores));

    /// <summary>The baseline: by the cosine of TF-IDF with each title that was watched.</summary>
    public double[] Content(int most) => Recall(most, (test, scores) => AddCosines(_plain, test.Known, scores));

    /// <summary>The same with those watched titles alone that are among the nearest of the title.</summary>
    /// <param name="nearest">Of each title that nobody has watched, among the others.</param>
    public double[] Content(int most, int nearest)
    {
        var (byFeature, byCold) = (_plain.Transposed(), new (int, float)[]?[_plain.Rows]);
        foreach (var title in _cold)
        {
            var cosines = new float[_plain.Rows];
            foreach (var (feature, value) in _plain.ColumnsOf(title).ToArray().Zip(_plain.ValuesOf(title).ToArray())) byFeature.AddTo(cosines, feature, value);
            foreach (var other in _cold) cosines[other] = float.NegativeInfinity;
            byCold[title] = [.. Selection.Top(cosines, nearest).Select(near => (near, cosines[near]))];
        }

        var rows = SparseRows.OfColumns(byCold, _plain.Rows);
        return Recall(most, (test, scores) =>
        {
            foreach (var title in test.Known.Titles.Span) rows.AddTo(scores, title, 1);
        });
    }

    /// <summary>By what is planted and never told: the clusters, and by how much more a title is watched for its content. About what can be reached.</summary>
    public double[] Planted(int most, PlantedData data)
    {
        var draws = Enumerable.Range(0, data.Titles).Select(data.DrawOf).ToArray();
        var ofCluster = new double[data.Clusters];
        for (var title = 0; title < draws.Length; title++) ofCluster[data.ClusterOf(title)] += draws[title];
        var all = draws.Sum();
        return Recall(most, (test, scores) =>
        {
            var (own, anywhere) = (new double[data.Clusters], Anywhere * test.Known.Length);
            foreach (var title in test.Known.Titles.Span) own[data.ClusterOf(title)]++;
            for (var title = 0; title < scores.Length; title++)
            {
                var cluster = data.ClusterOf(title);
                var liked = Math.Max(LeastLiked * test.Known.Length, own[cluster] - (anywhere * ofCluster[cluster] / all));
                scores[title] = (float)(draws[title] * ((anywhere / all) + (liked / ofCluster[cluster])));
            }
        });
    }

    private static void AddCosines(SparseRows features, History known, float[] scores)
    {
        var profile = new float[features.Columns];
        foreach (var title in known.Titles.Span) features.AddTo(profile, title, 1);
        for (var title = 0; title < scores.Length; title++) scores[title] += features.Dot(title, profile);
    }

    private static Case Halved(History row, HashSet<int> cold) => new(
        History.Of([.. row.Titles.ToArray().Where(title => !cold.Contains(title))]), [.. row.Titles.ToArray().Where(cold.Contains)], default);

    private double[] Recall(int most, Action<Case, float[]> score)
    {
        var found = new double[Tests.Length];
        Parallel.For(0, found.Length, () => new float[_plain.Rows], (at, _, scores) =>
        {
            Array.Clear(scores);
            score(Tests[at], scores);
            for (var title = 0; title < scores.Length; title++)
                if (!_cold.Contains(title)) scores[title] = float.NegativeInfinity;
            found[at] = RankMeasures.Recall(Selection.Top(scores, most), Tests[at].Hidden, most);
            return scores;
        }, _ => { });
        return found;
    }
}
