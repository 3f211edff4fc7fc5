using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class ColdTitleTests
{
    private const int Titles = 1200, Clusters = 20;

    private static readonly TrainingOptions Options = new() { Factors = 32, FactorEpochs = 8 };

    [Fact]
    public void Titles_that_nobody_has_watched_are_found_more_often_than_by_the_best_content_neighbours()
    {
        var data = new PlantedData(Titles, Clusters, 7, isUneven: true);
        var (rows, moments) = data.Viewers(4000, 40);
        var cold = Enumerable.Range(0, Titles).Where(title => title % 10 == 0).ToHashSet();
        var trial = new ColdTrial(InteractionTable.Of(Titles, rows, moments), data.Texts, cold, Options);
        var content = new[] { trial.Content(10), trial.Content(10, 10), trial.Content(10, 30), trial.Content(10, 100) }.MaxBy(found => found.Average())!;
        var predicted = trial.Predicted(10);
        var ratio = Bootstrap.OfRatio(predicted, content);
        Assert.True(ratio.Low > 1.1, $"R@10 {predicted.Average():F3} beside {content.Average():F3} of content: {ratio}");
    }

    [Fact]
    public void What_tells_of_who_watches_a_title_weighs_more_than_what_tells_little_or_nothing()
    {
        var data = new PlantedData(Titles, Clusters, 8, isUneven: true);
        var (rows, moments) = data.Viewers(2000, 40);
        var table = InteractionTable.Of(Titles, rows, moments);
        var content = ContentFeatures.Of([.. data.Texts.Select(text => text with { Name = "", Synopsis = "" })]);
        var factors = FactorTraining.Train(table, Options);
        var weights = FeatureWeights.Of(content, factors, [.. table.Counts().Select(count => count < 5 ? 0f : 1f)], Options.Factors);

        var keyOf = Enumerable.Range(0, Titles).Select(title => (Features: content.Rows.ColumnsOf(title).ToArray(), data.Texts[title])).ToArray();
        double MeanOf(Func<ContentText, IEnumerable<string>> listOf, string prefix)
        {
            // A feature is of the names that all titles have that have it.
            var names = keyOf.SelectMany(title => title.Features.Select(feature => (feature, Names: listOf(title.Item2))))
                .GroupBy(pair => pair.feature).Where(group => group.Count() > 3)
                .Select(group => (group.Key, Common: group.Select(pair => pair.Names).Aggregate((one, other) => one.Intersect(other)).ToArray()))
                .Where(named => named.Common is [var name] && name.StartsWith(prefix, StringComparison.Ordinal));
            return names.Average(named => weights[named.Key]);
        }

        var (director, key) = (MeanOf(text => text.People, "director"), MeanOf(text => text.Tags, "key "));
        var (genre, keyword) = (MeanOf(text => text.Genres, "genre"), MeanOf(text => text.Tags, "keyword"));
        Assert.True(director > 2 * keyword && key > 2 * keyword && key > 1.2 * genre, $"director {director}, key {key}, genre {genre}, keyword {keyword}");
    }
}
