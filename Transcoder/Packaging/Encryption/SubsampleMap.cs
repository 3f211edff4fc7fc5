namespace FlickStream.Transcoder.Packaging.Encryption;

/// <param name="Clear">Bytes that stay as they are.</param>
/// <param name="Protected">Bytes after them that the pattern runs over.</param>
internal readonly record struct Subsample(int Clear, int Protected);

/// <summary>Finds the subsamples of a picture: NAL lengths, headers and all that is no slice in the clear.</summary>
internal static class SubsampleMap
{
    // A clear run's length has 16 bits.
    private const int LongestClear = ushort.MaxValue;

    public static Subsample[] Of(ReadOnlySpan<byte> sample, int lengthSize, ISliceHeader headers)
    {
        var map = new List<Subsample>();
        var clear = 0;
        while (!sample.IsEmpty)
        {
            var length = 0;
            foreach (var part in sample[..lengthSize]) length = (length << 8) | part;
            var nal = sample.Slice(lengthSize, length);
            var head = headers.ClearBytes(nal);
            clear += lengthSize + head;
            if (head < length)
            {
                Add(map, clear, length - head);
                clear = 0;
            }

            sample = sample[(lengthSize + length)..];
        }

        if (clear > 0) Add(map, clear, 0);
        return [.. map];
    }

    private static void Add(List<Subsample> map, int clear, int secret)
    {
        for (; clear > LongestClear; clear -= LongestClear) map.Add(new Subsample(LongestClear, 0));
        map.Add(new Subsample(clear, secret));
    }
}
