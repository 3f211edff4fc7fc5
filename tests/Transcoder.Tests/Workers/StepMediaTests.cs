using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class StepMediaTests
{
    private const string Full = "Error writing trailer of v360.mp4: No space left on device\nError closing file v360.mp4: No space left on device";

    // What ffmpeg 5.1 says and answers when the bytes it held back until the end find no room on the disk.
    [Theory]
    [InlineData(0, MediaEnd.Exited, Full, "storage_full")]
    [InlineData(1, MediaEnd.Exited, Full, "storage_full")]
    [InlineData(0, MediaEnd.Exited, "", null)]
    [InlineData(0, MediaEnd.Exited, "Last message repeated 2 times", null)]
    [InlineData(1, MediaEnd.Exited, "Invalid data found when processing input", "encode_failed")]
    [InlineData(137, MediaEnd.Stalled, "", "encode_stalled")]
    [InlineData(137, MediaEnd.TimedOut, "", "encode_too_slow")]
    [InlineData(137, MediaEnd.Outgrown, "", "encode_outgrown")]
    public void A_run_is_judged_by_its_end_and_its_words(int exitCode, MediaEnd end, string words, string? code)
    {
        var fault = StepMedia.FaultOf(new MediaOutcome(exitCode, end, "", words, "ffmpeg"));
        Assert.Equal(code, fault?.Problem.Code);
        if (fault is not null) Assert.Equal(code == "storage_full" ? FaultCause.Surroundings : FaultCause.Attempt, fault.Cause);
    }

    [Fact]
    public void What_only_reads_a_master_has_hours_at_most_where_encoding_it_may_take_weeks() =>
        Assert.Equal(TimeSpan.FromSeconds(120 + 400), StepMedia.ReadingLimit(TimeSpan.FromMinutes(2), 4_000_000_000));

    /// <summary>A keyframe many minutes before a chunk ended it as stalled, whatever was tried.</summary>
    [Theory]
    [InlineData("mpegts", 600.0, 600.0, 5, 0)]
    [InlineData("mpegts", 600.0, 600.0, 300, (300 - 24) * 20)]
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", 0.1, 600.0, 1000, (1.1 + 600 - 24) * 20)]
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", null, null, 1000, 0)]
    [InlineData("mpegts", 1.0, 1.0, 1000, 0)]
    public void Decoding_from_a_keyframe_that_is_far_away_has_its_time(string container, double? lead, double? gop, double at, double seconds)
    {
        var media = Planning.Media.Of(container: container, seconds: 1200);
        var plan = EncodingPlan.For(media with { Video = media.Video! with { LeadSeconds = lead, GopSeconds = gop } }, new PlanningOptions());
        Assert.Equal(TimeSpan.FromSeconds(seconds), StepMedia.LeadLimit(plan, at));
    }
}
