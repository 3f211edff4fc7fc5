using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Board;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Keys;

/// <summary>What another encoding of a protected title takes over of the one before, and what of it is encrypted anew.</summary>
public sealed class ProtectedReuseTests
{
    private static readonly PlanningOptions Cbcs = new() { Protection = ContentProtection.Cbcs, MaxHeight = 234 };

    [Theory]
    [InlineData(ContentProtection.None, ContentProtection.None, true)]
    [InlineData(ContentProtection.Cbcs, ContentProtection.Cbcs, true)]
    [InlineData(ContentProtection.Aes128, ContentProtection.Aes128, true)]
    [InlineData(ContentProtection.None, ContentProtection.Cbcs, false)]
    [InlineData(ContentProtection.Cbcs, ContentProtection.None, false)]
    [InlineData(ContentProtection.Aes128, ContentProtection.Cbcs, false)]
    public void A_new_rung_beside_old_ones_is_encoded_alone(ContentProtection before, ContentProtection after, bool isAsItIs)
    {
        var current = Published(Cbcs with { Protection = before });
        var plan = Plan(Cbcs with { Protection = after, MaxHeight = 360 }).Over(current);
        string[] old = ["a1-128k", "a1-40k", "v234"];
        Assert.All(old, part => Assert.Equal((isAsItIs, !isAsItIs, false), (plan.Reused.ContainsKey(part), plan.Reprotected.ContainsKey(part), plan.Makes(part))));
        Assert.True(plan.Makes("v360"));
        Assert.Contains(Recipes.Sprites, plan.Reused);
        var steps = plan.Steps().ToList();
        Assert.All(steps.Where(s => s.Kind is StepKind.Video or StepKind.Audio), s => Assert.Equal(["v360"], s.Renditions));
        Assert.Equal(isAsItIs ? [] : old, steps.Where(s => s.Kind == StepKind.Protect).SelectMany(s => s.Renditions).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_all_the_same_is_let_alone_but_for_new_keys_another_period_and_another_source_of_keys()
    {
        var options = Cbcs with { Protection = ContentProtection.Aes128 };
        var current = Published(options);
        Assert.True(Reuse.IsAll(Plan(options).Over(current), current));
        AssertOnlyProtects(Plan(options).Over(current, newKeys: true), current);
        AssertOnlyProtects(Plan(options with { KeyPeriod = TimeSpan.FromMinutes(1) }).Over(current), current);
        AssertOnlyProtects(EncodingPlan.For(BoardFixture.Media(), Cbcs, "master", hasKeyServer: true).Over(Published(Cbcs)), Published(Cbcs));

        // Whole segments are never a key server's.
        Assert.True(Reuse.IsAll(EncodingPlan.For(BoardFixture.Media(), options, "master", hasKeyServer: true).Over(current), current));
        var clear = Published(Cbcs with { Protection = ContentProtection.None });
        Assert.True(Reuse.IsAll(Plan(Cbcs with { Protection = ContentProtection.None }).Over(clear, newKeys: true), clear));
    }

    [Fact]
    public void Text_is_taken_over_with_what_was_told_of_it_and_made_again_where_it_is_cut_otherwise()
    {
        TextReport[] tracks = [new(2, "subrip", "en", null, 0, false, false, false), new(0, TextReport.CaptionsInPicture, null, "CC1", 0, false, true, false)];
        EncodingPlan PlanOf(params TextReport[] text) => EncodingPlan.For(BoardFixture.Media() with { Text = text }, Cbcs, "master");
        string[] names = ["t1", "t2-s2", "x1"];
        var current = PlanOf(tracks).ToPresentation("title", DateTimeOffset.UnixEpoch) with
        {
            State = PresentationState.Ready,
            HasPoster = true,
            Text = [.. names.Select(name => new TextRendition(name, null, name, TextRole.Sdh, false, 1, 1) { From = name == "t1" ? "earlier" : null })],
            Notices = [ProblemReport.Of(TextProblems.CaptionsLeftOut, "Service 9."), ProblemReport.Of(TextProblems.TooMany)],
        };

        var plan = PlanOf(tracks).Over(current, newKeys: true);
        AssertOnlyProtects(plan, current);
        var next = plan.ToPresentation("title", DateTimeOffset.UnixEpoch, current);
        Assert.Equal(["earlier/t1/", $"{current.Revision}/t2-s2/"], next.Text.Select(text => next.PartOf(text) is var part ? $"{part.Revision}/{part.Name}" : ""));
        Assert.Equal(["captions_left_out"], next.Notices.Select(notice => notice.Code));
        Assert.Equal(plan.Wish, plan.Afresh(hasKeyServer: false).Revision);

        var other = PlanOf(tracks[0]).Over(current);
        Assert.Equal([StepKind.Text, StepKind.Publish], other.Steps().Select(step => step.Kind));
        Assert.Empty(other.ToPresentation("title", DateTimeOffset.UnixEpoch, current).Text);

        // A track that could not be taken out is tried again whenever it is asked for.
        var lacking = current with { Notices = [ProblemReport.Of(TextProblems.NotExtracted)] };
        var healing = PlanOf(tracks).Over(lacking);
        Assert.True(Reuse.IsAll(PlanOf(tracks).Over(current), current));
        Assert.False(Reuse.IsAll(healing, lacking));
        Assert.Equal([StepKind.Text, StepKind.Captions, StepKind.Publish], healing.Steps().Select(step => step.Kind));
        Assert.Empty(healing.ToPresentation("title", DateTimeOffset.UnixEpoch, lacking).Notices);
    }

    private static void AssertOnlyProtects(EncodingPlan plan, Presentation current)
    {
        Assert.False(Reuse.IsAll(plan, current));
        Assert.Equal([StepKind.Protect, StepKind.Publish], plan.Steps().Select(step => step.Kind).Distinct());
        Assert.NotEqual(current.Revision, plan.Revision);
    }

    private static EncodingPlan Plan(PlanningOptions options) => EncodingPlan.For(BoardFixture.Media(), options, "master");

    private static Presentation Published(PlanningOptions options) =>
        Plan(options).ToPresentation("title", DateTimeOffset.UnixEpoch) with { State = PresentationState.Ready, HasPoster = true };
}
