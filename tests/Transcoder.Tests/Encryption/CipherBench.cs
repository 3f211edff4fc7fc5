using System.Diagnostics;
using FlickStream.Transcoder.Packaging.Encryption;

namespace FlickStream.Transcoder.Tests.Encryption;

public sealed class CipherBench
{
    /// <summary>Run by hand: <c>-explicit only -class '*CipherBench' -showLiveOutput</c>.</summary>
    [Fact(Explicit = true)]
    public void Encryption_is_far_faster_than_encoding()
    {
        var frame = new byte[30_000];
        Random.Shared.NextBytes(frame);
        Report("cbcs 1:9, pictures of 30 kB", Rate(frame.Length, new PatternCipher(TestKeys.Cbcs.Secret, TestKeys.Cbcs.Iv, 10), frame));
        Report("whole sound frames of 340 B", Rate(340, new PatternCipher(TestKeys.Cbcs.Secret, TestKeys.Cbcs.Iv, 1), frame.AsMemory(0, 340)));
        var segment = new byte[4_000_000];
        var whole = new SegmentCipher(TestKeys.Aes128, "v1080");
        var clock = Stopwatch.StartNew();
        var n = 0;
        for (; clock.Elapsed < TimeSpan.FromSeconds(2); n++) whole.Encrypt(segment, n);
        Report("AES-128, segments of 4 MB", n * (double)segment.Length / clock.Elapsed.TotalSeconds);
    }

    private static double Rate(int size, PatternCipher cipher, Memory<byte> data)
    {
        var clock = Stopwatch.StartNew();
        var n = 0L;
        for (; clock.Elapsed < TimeSpan.FromSeconds(2); n++) cipher.Encrypt(data.Span);
        cipher.Dispose();
        return n * size / clock.Elapsed.TotalSeconds;
    }

    private static void Report(string what, double rate) =>
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {rate / 1e6:0} MB/s of media");
}
