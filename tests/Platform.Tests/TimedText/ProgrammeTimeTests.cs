using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Tests.TimedText;

public sealed class ProgrammeTimeTests
{
    [Theory]
    // On the title's own time, also where the master says another.
    [InlineData(5, 590, 600, null, 0)]
    [InlineData(5, 590, 600, 3600, 0)]
    // Some cues are too late: it was made for a longer cut.
    [InlineData(5, 900, 600, null, 0)]
    [InlineData(3605, 4190, 600, null, -3600)]
    [InlineData(36_005, 36_590, 600, null, -36_000)]
    [InlineData(43_205, 43_790, 600, null, -43_200)]
    // Three hours from one o'clock on, of which most would seem to lie within.
    [InlineData(3605, 14_300, 10_800, null, -3600)]
    // A first word after more than an hour.
    [InlineData(39_700, 45_000, 10_800, null, -36_000)]
    [InlineData(3605, 4190, 600, 3590, -3590)]
    // Two hours, of which the first word is after one.
    [InlineData(4000, 7100, 7200, null, 0)]
    [InlineData(3605, 4190, 600, 36_000, -3600)]
    [InlineData(2000, 2600, 600, null, null)]
    [InlineData(2000, 2600, 600, 1800, -1800)]
    public void What_runs_on_a_programmes_time_is_brought_to_the_titles(int first, int last, int length, int? timecode, int? expected)
    {
        Cue[] cues = [new(first * 1000, (first * 1000) + 500, "first"), new((last * 1000) - 500, last * 1000, "last")];

        Assert.Equal(expected * 1000L, ProgrammeTime.ShiftOf(cues, length * 1000, timecode * 1000L));
    }

    [Fact]
    public void It_is_told_where_the_cues_stand() => Assert.Equal(
        "Its cues stand from 00:33:20 to 01:10:00; the title lasts 00:10:00.", ProgrammeTime.Detail([new(2_000_000, 4_200_000, "x")], 600_000));
}
