using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class BjontegaardRateTests
{
    private static readonly (double Rate, double Quality)[] Ladder = [(7800, 18), (4500, 16), (2000, 13), (365, 9), (120, 7)];

    [Fact]
    public void A_ladder_costs_as_much_as_itself() => Assert.Equal(0, BjontegaardRate.Between(Ladder, Ladder)!.Value, 6);

    [Theory]
    [InlineData(0.5, -0.5)]
    [InlineData(1.25, 0.25)]
    public void A_share_of_every_rate_is_that_share(double share, double expected) =>
        Assert.Equal(expected, BjontegaardRate.Between(Ladder, Ladder.Select(r => (r.Rate * share, r.Quality)))!.Value, 6);

    [Fact]
    public void A_rung_that_shows_less_for_more_changes_nothing() =>
        Assert.Equal(0, BjontegaardRate.Between(Ladder, [.. Ladder, (3000, 12)])!.Value, 6);

    [Fact]
    public void Ladders_without_a_quality_in_common_cannot_be_compared()
    {
        Assert.Null(BjontegaardRate.Between(Ladder, Ladder.Select(r => (r.Rate, r.Quality + 20))));
        Assert.Null(BjontegaardRate.Between(Ladder, [(1000, 10)]));
    }
}
