using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class CaptionChannelsTests
{
    [Theory]
    // Padding, text mode and extended data services are no captions.
    [InlineData("fc8080 fd8080 fa0000 fc94a2 fd0101", "")]
    [InlineData("fc9420 fc9420", "CC1")]
    [InlineData("fc94a7 fc1c25 fd1529 fd9d20", "CC1 CC2 CC3 CC4")]
    // Not marked as valid.
    [InlineData("f89420", "")]
    [InlineData("ff0222 fe4142", "CEA-708 service 1")]
    // Two blocks in a packet, one of an extended service; then one that is empty, and a packet that never ends.
    [InlineData("ff0441 fe41e1 fe0942 fe0000", "CEA-708 service 2|CEA-708 service 9")]
    [InlineData("ff0120 ff3f22 fe4142", "")]
    // The picture begins within a packet.
    [InlineData("fe02a5 fe4142 ff0222 fe4142", "CEA-708 service 1")]
    public void Channels_are_told_by_their_commands(string triplets, string expected) => Assert.Equal(
        expected.Contains('|', StringComparison.Ordinal) || expected.StartsWith("CEA", StringComparison.Ordinal) ? expected.Split('|') : expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        CaptionChannels.Of(Convert.FromHexString(triplets.Replace(" ", "", StringComparison.Ordinal))));
}
