using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class ColdTitleTests
{
    private const int Titles = 1200, Clusters = 20, Catalogue = 4000, Viewers = 10_000;

    private static readonly TrainingOptions Options = new() { Factors = 32, FactorEpochs = 8 };

    /// <summary>The draw of <c>./bench recommend --generate 1000000x4000 --cold-titles</c>; of others, which the documentation tells, the confidence reaches below.</summary>
    [Fact]
    public void Titles_that_nobody_has_watched_are_found_more_often_than_by_the_best_content_neighbours()
    {
        var data = new PlantedData(Catalogue, Catalogue / 60, 1, isUneven: true);
        var (rows, moments) = data.Viewers(Viewers, 100);
        var (table, _) = HoldOut.Of(InteractionTable.Of(Catalogue, rows, moments), HiddenPart.Latest, Viewers, 2);
        var random = new Random(4712);
        var cold = Enumerable.Range(0, Catalogue).Where(_ => random.Next(10) == 0).ToHashSet();
        var trial = new ColdTrial(table, data.Texts, cold, new());
        var content = new[] { trial.Content(20), trial.Content(20, 10), trial.Content(20, 30), trial.Content(20, 100) }.MaxBy(found => found.Average())!;
        var predicted = trial.Predicted(20);
        var (ratio, whole) = (Bootstrap.OfRatio(predicted, content), trial.Planted(20, data));
        Assert.True(ratio.Low > 1.5 && predicted.Average() > 0.85 * whole.Average(), $"R@20 {predicted.Average():F3} beside {content.Average():F3} of content and {whole.Average():F3} of what was planted: {ratio}");
    }

    [Fact]
    public void What_content_tells_of_how_many_watch_a_title_is_learned()
    {
        var data = new PlantedData(Titles, Clusters, 9, isUneven: true);
        var (rows, moments) = data.Viewers(4000, 40);
        var viewers = InteractionTable.Of(Titles, rows, moments).Counts();
        var shown = viewers.Select((count, title) => title % 10 == 0 ? 0 : count).ToArray();
        var fame = Fame.Of(ContentFeatures.Of(data.Texts), shown, [.. shown.Select(count => count < 5 ? 0f : 1f)]);
        var cold = Enumerable.Range(0, Titles).Where(title => title % 10 == 0).ToArray();
        var (known, mean) = (cold.Select(title => Math.Log(1 + viewers[title])).ToArray(), cold.Average(title => Math.Log(1 + viewers[title])));
        var (off, expected) = (0.0, cold.Average(fame.Of));
        for (var at = 0; at < cold.Length; at++) off += Math.Pow(known[at] - mean - (fame.Of(cold[at]) - expected), 2);
        var told = 1 - (off / known.Sum(one => (one - mean) * (one - mean)));
        Assert.True(told > 0.15, $"{told:P0} of the spread");
        Assert.Equal(Math.Log(viewers[1]) - Math.Log(viewers[2]), fame.Of(1) - fame.Of(2), 1e-4);
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
