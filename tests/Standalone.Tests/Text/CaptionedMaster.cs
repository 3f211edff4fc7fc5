using System.Text;
using CliWrap;
using FlickStream.Tests.Shared;

namespace FlickStream.Standalone.Tests.Text;

/// <summary>
/// A master with captions in its picture, as broadcasters deliver them: in every picture an SEI message of ATSC A/53 with one pair of bytes
/// of field 1 and one of field 2, for CC1 and CC3 of CEA-608, and a packet for services 1 and 2 of CEA-708, of which the first says what CC1
/// says and the second is said to be French. Pop-on captions: loaded ahead unseen, shown by one command, erased by another.
/// </summary>
internal static class CaptionedMaster
{
    private const int FramesPerSecond = 24;

    public static async Task<string> MakeAsync(
        string folder,
        int seconds,
        IReadOnlyList<(int From, int To, string Text)> first,
        IReadOnlyList<(int From, int To, string Text)> third,
        IReadOnlyList<(int From, int To, string Text)> service,
        CancellationToken cancellationToken)
    {
        var (bare, captioned, path) = (Path.Combine(folder, "bare.h264"), Path.Combine(folder, "captioned.h264"), Path.Combine(folder, "captioned.ts"));
        await FfmpegAsync(
            ["-f", "lavfi", "-i", $"testsrc2=s=320x180:r={FramesPerSecond}:d={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", bare],
            cancellationToken);
        await File.WriteAllBytesAsync(captioned, WithCaptions(await File.ReadAllBytesAsync(bare, cancellationToken), first, third, service), cancellationToken);
        await FfmpegAsync(
            ["-r", $"{FramesPerSecond}", "-i", captioned, "-f", "lavfi", "-i", $"sine=d={seconds}", "-c:v", "copy", "-c:a", "aac", path], cancellationToken);
        var stream = await File.ReadAllBytesAsync(path, cancellationToken);
        CaptionServices.AddTo(stream, CaptionServices.Descriptor(("fre", true, 2)));
        await File.WriteAllBytesAsync(path, stream, cancellationToken);
        return path;
    }

    private static byte[] WithCaptions(
        byte[] stream,
        IReadOnlyList<(int From, int To, string Text)> first,
        IReadOnlyList<(int From, int To, string Text)> third,
        IReadOnlyList<(int From, int To, string Text)> service)
    {
        List<int> starts = [];
        for (var i = 0; i + 3 < stream.Length; i++)
        {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) starts.Add(i + 3);
        }

        var pictures = starts.Count(at => IsPicture(stream, at));
        var pairs = Pairs(pictures, first, 0x14).Zip(Pairs(pictures, third, 0x15)).ToList();
        using var written = new MemoryStream();
        var frame = 0;
        foreach (var (i, at) in starts.Index())
        {
            if (IsPicture(stream, at))
            {
                // Packets of the two services by turns.
                var (number, captions) = frame % 2 == 0 ? (1, first) : (2, service);
                written.Write(Sei(pairs[frame].First, pairs[frame].Second, Cea708.Packet(frame, number, Codes(captions, frame))));
                frame++;
            }

            written.Write([0, 0, 0, 1]);
            written.Write(stream.AsSpan(at, (i + 1 < starts.Count ? starts[i + 1] - 3 : stream.Length) - at));
        }

        return written.ToArray();
    }

    // The first slice of a picture: first_mb_in_slice is 0, which is a set bit.
    private static bool IsPicture(byte[] stream, int at) => (stream[at] & 31) is 1 or 5 && (stream[at + 1] & 0x80) != 0;

    private static (byte, byte)[] Pairs(int frames, IReadOnlyList<(int From, int To, string Text)> captions, int command)
    {
        var pairs = new (byte, byte)[frames];
        Array.Fill(pairs, ((byte)0x80, (byte)0x80));
        foreach (var (from, to, text) in captions)
        {
            // Resume caption loading, erase the unseen memory, row 15; each command twice, as the standard asks.
            List<(int, int)> load = [(command, 0x20), (command, 0x20), (command, 0x2e), (command, 0x2e), (0x14, 0x70), (0x14, 0x70)];
            load.AddRange(text.PadRight(text.Length + (text.Length % 2), '\0').Chunk(2).Select(pair => ((int)pair[0], (int)pair[1])));
            foreach (var (i, pair) in load.Index()) Put((from * FramesPerSecond) - load.Count + i, pair);
            for (var i = 0; i < 2; i++)
            {
                Put((from * FramesPerSecond) + i, (command, 0x2f));
                Put((to * FramesPerSecond) + i, (command, 0x2c));
            }
        }

        return pairs;

        void Put(int frame, (int First, int Second) pair) => pairs[frame] = (Cea608.Odd(pair.First), Cea608.Odd(pair.Second));
    }

    /// <summary>A picture or two before each is shown, and as late as that when it goes.</summary>
    private static byte[] Codes(IReadOnlyList<(int From, int To, string Text)> captions, int frame)
    {
        foreach (var (from, to, text) in captions)
        {
            if (frame / 2 == (from * FramesPerSecond / 2) - 2) return [.. Cea708.Define(0, isVisible: false), .. Encoding.Latin1.GetBytes(text)];
            if (frame / 2 == from * FramesPerSecond / 2) return [0x89, 0x01];
            if (frame / 2 == to * FramesPerSecond / 2) return [0x8c, 0x01];
        }

        return [];
    }

    private static byte[] Sei((byte First, byte Second) one, (byte First, byte Second) two, byte[] packet)
    {
        byte[] triplets = [0xfc, one.First, one.Second, 0xfd, two.First, two.Second, .. packet];
        byte[] message = [0xb5, 0, 0x31, .. "GA94"u8, 3, (byte)(0xc0 | (triplets.Length / 3)), 0xff, .. triplets, 0xff];
        List<byte> unit = [0, 0, 0, 1, 6];
        var zeros = 0;
        foreach (var value in (byte[])[4, (byte)message.Length, .. message, 0x80])
        {
            if (zeros >= 2 && value <= 3)
            {
                unit.Add(3);
                zeros = 0;
            }

            unit.Add(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }

        return [.. unit];
    }

    private static Task FfmpegAsync(string[] arguments, CancellationToken cancellationToken) =>
        Cli.Wrap("ffmpeg").WithArguments(["-nostdin", "-v", "error", "-y", .. arguments]).ExecuteAsync(cancellationToken);
}
