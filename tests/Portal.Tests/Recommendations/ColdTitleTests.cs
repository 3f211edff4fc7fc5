using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Tests.Recommendations;

[Collection(TrainedOnPlanted.Collection)]
public sealed class ColdTitleTests(TrainedOnPlanted planted)
{
    [Fact]
    public void Titles_that_nobody_has_watched_are_found_by_what_their_content_says_of_their_factors()
    {
        var cold = Enumerable.Range(0, planted.Data.Titles).Where(title => title % 5 == 0).ToHashSet();
        var rows = Enumerable.Range(0, planted.Table.Viewers).Select(planted.Table.Of).ToArray();
        var shown = rows.Select(row => History.Of([.. row.Titles.ToArray().Where(title => !cold.Contains(title))])).ToArray();
        var table = InteractionTable.Of(planted.Data.Titles, shown);
        var features = ContentFeatures.Of(planted.Data.Texts);
        var neighbours = ContentNeighbours.Of(features);
        var values = FactorTraining.Train(table, TrainedOnPlanted.Options);
        ColdFactors.Fill(values, table.Counts(), features, TrainedOnPlanted.Options);
        var factors = new FactorModel(values, TrainedOnPlanted.Options);
        var tests = Enumerable.Range(0, rows.Length).Where(viewer => shown[viewer].Length > 0 && shown[viewer].Length < rows[viewer].Length).Take(1000).ToArray();

        double[] Found(Action<History, float[]> score) => [.. tests.Select(viewer =>
        {
            var scores = new float[planted.Data.Titles];
            score(shown[viewer], scores);
            for (var title = 0; title < scores.Length; title++)
                if (!cold.Contains(title)) scores[title] = float.NegativeInfinity;
            int[] hidden = [.. rows[viewer].Titles.ToArray().Where(cold.Contains)];
            return RankMeasures.Recall(Selection.Top(scores, 10, new float[scores.Length]), hidden, 10);
        })];
        var predicted = Found((history, scores) => factors.AddTo(scores, history));
        var near = Found((history, scores) =>
        {
            foreach (var title in history.Titles.Span) neighbours.AddTo(scores, title, 1);
        });
        var difference = Bootstrap.OfDifference(predicted, near);
        Assert.True(difference.Low > 0, $"R@10 {predicted.Average():F3} beside {near.Average():F3} of content neighbours: {difference}");
    }
}
