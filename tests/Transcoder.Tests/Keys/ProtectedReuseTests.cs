using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Board;

namespace FlickStream.Transcoder.Tests.Keys;

/// <summary>What another encoding of a protected title takes over of the one before: nothing that is encrypted.</summary>
public sealed class ProtectedReuseTests
{
    private static readonly PlanningOptions Cbcs = new() { Protection = ContentProtection.Cbcs, MaxHeight = 234 };

    [Theory]
    [InlineData(ContentProtection.None, ContentProtection.None, true)]
    [InlineData(ContentProtection.Cbcs, ContentProtection.Cbcs, false)]
    [InlineData(ContentProtection.None, ContentProtection.Cbcs, false)]
    [InlineData(ContentProtection.Cbcs, ContentProtection.None, false)]
    [InlineData(ContentProtection.Aes128, ContentProtection.Cbcs, false)]
    public void A_new_rung_beside_old_ones(ContentProtection before, ContentProtection after, bool takesOver)
    {
        var current = Published(Cbcs with { Protection = before });
        var plan = Plan(Cbcs with { Protection = after, MaxHeight = 360 }).Over(current);
        Assert.Equal(takesOver, plan.Reused.ContainsKey("v234"));
        Assert.Equal(takesOver, plan.Reused.Keys.Any(name => name.StartsWith('a')));
        Assert.True(plan.Makes("v360"));
    }

    [Fact]
    public void What_is_all_the_same_is_not_encoded_again_but_another_period_is()
    {
        var options = Cbcs with { Protection = ContentProtection.Aes128 };
        var current = Published(options);
        Assert.True(Reuse.IsAll(Plan(options).Over(current), current));
        Assert.False(Reuse.IsAll(Plan(options with { KeyPeriod = TimeSpan.FromMinutes(1) }).Over(current), current));
    }

    private static EncodingPlan Plan(PlanningOptions options) => EncodingPlan.For(BoardFixture.Media(), options, "master");

    private static Presentation Published(PlanningOptions options) =>
        Plan(options).ToPresentation("title", DateTimeOffset.UnixEpoch) with { State = PresentationState.Ready, HasPoster = true };
}
