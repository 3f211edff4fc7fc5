using FlickStream.Platform.Blobs.S3;

namespace FlickStream.Platform.Tests.Blobs;

public sealed class PartSizesTests
{
    private const int Usual = 8 << 20;
    private const long LargestPart = 5L << 30;
    private const long LargestBlob = 5L << 40;

    [Theory]
    [InlineData(1L << 30, true)]
    [InlineData(100L << 30, true)]
    [InlineData(1L << 40, true)]
    [InlineData(LargestBlob, true)]
    [InlineData(1L << 30, false)]
    [InlineData(1L << 40, false)]
    [InlineData(LargestBlob, false)]
    public void A_blob_of_any_length_fits_into_the_parts(long length, bool isKnown)
    {
        var (parts, bytes) = (0, 0L);
        while (bytes < length)
        {
            var part = Math.Min(PartSizes.Target(parts, bytes, isKnown ? length : null, (int)PartSizes.Smallest), length - bytes);
            Assert.InRange(part, 1, LargestPart);
            (parts, bytes) = (parts + 1, bytes + part);
        }

        Assert.InRange(parts, 1, PartSizes.MaxParts);
    }

    [Fact]
    public void Parts_are_no_larger_than_a_known_length_needs()
    {
        Assert.Equal(Usual, PartSizes.Target(0, 0, 50L << 30, Usual));
        Assert.InRange(PartSizes.Target(0, 0, 1L << 40, Usual), 104 << 20, 106 << 20);
    }
}
