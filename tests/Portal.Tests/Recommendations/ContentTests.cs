using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Content;
using FlickStream.Shared.Planted;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class ContentTests
{
    private static readonly ContentText[] Texts =
    [
        new("The Café of Dreams", "A baker dreams of Paris.", ["drama"], ["Ana Lima"], ["food"]),
        new("Cafe nights", "Bakers of the night; a baker returns.", ["drama"], ["Ana Lima"], []),
        new("Space wars", "Robots fight over Mars.", ["sci-fi"], ["Bo Chen"], []),
        new("Mars calling", "A robot calls home from Mars.", ["sci-fi"], ["Cy Diaz"], []),
        ContentText.None,
    ];

    [Fact]
    public void Titles_are_near_to_those_that_share_words_people_and_genres()
    {
        var neighbours = ContentNeighbours.Of(ContentFeatures.Of(Texts).Rows);
        Assert.True(neighbours.Of(0, 1) > 0.1, $"shared name, person and genre: {neighbours.Of(0, 1)}");
        Assert.True(neighbours.Of(2, 3) > 0.05, $"shared genre and word: {neighbours.Of(2, 3)}");
        Assert.Equal(0, neighbours.Of(0, 2));
        Assert.Equal(0, neighbours.Of(0, 0));
        Assert.Empty(neighbours.ColumnsOf(4).ToArray());
    }

    // A sentence without spaces was one word, which no other title has.
    [Theory]
    [InlineData("銀河鉄道の夜に少年が旅をする", "少年は銀河鉄道に乗って旅立つ", "料理人が田舎で食堂を開く")]
    [InlineData("一个侦探在上海追查凶手", "上海的侦探寻找凶手", "农村女孩学习跳舞")]
    [InlineData("นักสืบตามหาฆาตกรในกรุงเทพ", "ฆาตกรหนีนักสืบ", "หมูป่า")]
    [InlineData("Ein Mädchen rettet Wölfe", "MADCHEN UND WOLFE", "Kochen am Meer")]
    public void Titles_in_any_script_are_near_to_those_that_share_words(string synopsis, string alike, string other)
    {
        var texts = ((string[])[synopsis, alike, other, "unrelated"]).Select(text => ContentText.None with { Synopsis = text });
        var neighbours = ContentNeighbours.Of(ContentFeatures.Of([.. texts]).Rows);
        Assert.True(neighbours.Of(0, 1) > 0.05, $"{neighbours.Of(0, 1)}");
        Assert.True(neighbours.Of(0, 1) > 4 * neighbours.Of(0, 2), $"{neighbours.Of(0, 1)}, {neighbours.Of(0, 2)}");
    }

    // A twentieth of the titles, as 2,000 are of 40,000.
    [Fact]
    public void What_many_titles_have_orders_those_that_share_rarer_things_and_hardly_any_neighbour_is_missed()
    {
        var features = ContentFeatures.Of(new PlantedData(1500, 25, 5, isUneven: true).Texts).Rows;
        var (whole, limited) = (ContentNeighbours.Of(features, int.MaxValue), ContentNeighbours.Of(features, 75));
        var (sum, kept) = (0.0, 0.0);
        for (var title = 0; title < whole.Rows; title++)
        {
            var columns = whole.ColumnsOf(title);
            for (var at = 0; at < columns.Length; at++)
            {
                var (likeness, found) = (whole.ValuesOf(title)[at], limited.Of(title, columns[at]));
                if (found > 0) Assert.Equal(likeness, found, 1e-5);
                (sum, kept) = (sum + likeness, kept + found);
            }
        }

        Assert.True(kept > 0.95 * sum, $"{kept / sum:P2} of the likeness");
    }

    [Fact]
    public void Titles_that_are_equally_alike_by_what_is_rarer_are_told_apart_by_what_many_have()
    {
        // A tag of 500 titles, a genre of 50 of these and of 500 others; what the rest of the tagged have is each one's own.
        const int Tagged = 500, Both = 50, Titles = 1000;
        (int, float)[] tag = [.. Enumerable.Range(0, Tagged).Select(title => (title, 0.6f))];
        (int, float)[] genre = [.. Enumerable.Range(0, Both).Select(title => (title, 0.8f)), .. Enumerable.Range(Tagged, Titles - Tagged).Select(title => (title, 1f))];
        var own = Enumerable.Range(Both, Tagged - Both).Select(title => new[] { (title, 0.8f) });
        var neighbours = ContentNeighbours.Of(SparseRows.OfColumns([tag, genre, .. own], Titles), mostShared: Tagged);
        Assert.Equal(Enumerable.Range(1, Both - 1), neighbours.ColumnsOf(0).ToArray());
    }

    [Fact]
    public void Each_title_has_its_own_row()
    {
        var features = ContentFeatures.Of([.. Enumerable.Range(0, 50).Select(at => ContentText.None with { Name = $"name{at}" })]).Rows;
        Assert.Equal(50, Enumerable.Range(0, 50).Select(row => Assert.Single(features.ColumnsOf(row).ToArray())).Distinct().Count());
    }

    [Fact]
    public void Each_row_has_length_one_and_nothing_is_not_a_number()
    {
        var features = ContentFeatures.Of(Texts).Rows;
        var lengths = Enumerable.Range(0, 5).Select(row => features.ValuesOf(row).ToArray().Sum(value => value * value)).ToArray();
        Assert.All(lengths[..4], length => Assert.Equal(1, length, 1e-5));
        Assert.Equal(0, lengths[4]);
    }
}
