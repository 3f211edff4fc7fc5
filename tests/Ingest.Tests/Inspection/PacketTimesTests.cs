using FlickStream.Ingest.Inspection;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>What the packets of a track tell of its clock.</summary>
public sealed class PacketTimesTests
{
    [Fact]
    public void Pictures_that_are_stored_before_a_pause_and_shown_behind_it_are_no_jump()
    {
        Assert.False(Of("1.9,1.8,0.03,__", "2.0,1.83,0.03,__", "32.1,1.87,0.03,__", "1.93,1.9,0.03,__", "1.97,1.93,0.03,__", "32.13,32.1,0.03,__").GoesBack);
        // The first have no time of decoding in Matroska.
        Assert.False(Of("0,N/A,N/A,K_", "30,N/A,N/A,__", "10,N/A,N/A,__").GoesBack);
    }

    [Fact]
    public void A_clock_that_begins_again_is_a_jump_by_either_order()
    {
        Assert.True(Of("8,8,1,K_", "9,9,1,__", "0,0,1,K_").GoesBack);
        Assert.True(Of([.. Enumerable.Range(0, 50).Concat(Enumerable.Range(0, 50)).Select(i => $"{i},N/A,1,K_")]).GoesBack);
    }

    [Fact]
    public void The_picture_that_is_shown_last_says_how_long_it_stays()
    {
        Assert.Equal(10, Of("0,0,0.04,K_", "0.12,0.04,10,__", "0.04,0.08,0.04,__", "0.08,0.12,7,__").LastStays);
        Assert.Equal(10.12, PacketScan.Of(4, [0, 0.12, 0.04, 0.08], lastStays: 10)!.End, 0.001);
        Assert.Equal(0.16, PacketScan.Of(4, [0, 0.12, 0.04, 0.08], lastStays: 0)!.End, 0.001);
    }

    [Fact]
    public void The_longest_way_between_keyframes_counts_the_last_and_those_that_share_a_time()
    {
        Assert.Equal(9, Of("0,0,1,K_", "4,4,1,K_", "6,6,1,__", "13,13,1,__").LongestGop);
        // Of a programme stream's pictures only some have times: the second keyframe is somewhere behind 5.
        var shared = Of("0,0,1,K_", "5,5,1,__", "N/A,N/A,1,K_", "9,9,1,__", "20,20,1,__");
        Assert.Equal(15, shared.LongestGop);
        Assert.Equal((double[])[0, 5], shared.Keyframes);
    }

    [Fact]
    public void A_keyframe_may_be_stored_long_before_it_is_shown() =>
        Assert.Equal(30.4, Of("0.2,0,N/A,K_", "32.4,2,N/A,K_", "99,2.2,N/A,__").LongestDelay, 0.001);

    private static PacketTimes Of(params string[] lines)
    {
        var times = new PacketTimes();
        foreach (var line in lines) times.Add(line);
        return times;
    }
}
