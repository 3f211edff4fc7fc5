using FlickStream.Ingest.Inspection;
using FlickStream.Tests.Shared;

namespace FlickStream.Ingest.Tests.Inspection;

public sealed class CaptionLanguageTests
{
    private const int Picture = 0x100;

    [Theory]
    [InlineData(188)]
    [InlineData(192)]
    [InlineData(204)]
    public void Languages_are_told_by_the_program_map(int spacing)
    {
        var descriptor = CaptionServices.Descriptor(("eng", false, 0), ("spa", false, 1), ("fre", true, 2), ("und", true, 3));
        var languages = CaptionLanguages.Of(Stream(spacing, (Picture, [0x28, 1, 0, .. descriptor]), (0x101, CaptionServices.Descriptor(("ger", true, 1)))), Picture);
        Assert.Equal("CC1=en CC3=es Service 2=fr", string.Join(' ', languages!.Select(l => $"{l.Key}={l.Value}")));
    }

    [Fact]
    public void Where_none_are_told_there_are_none()
    {
        Assert.Null(CaptionLanguages.Of(Stream(188, (Picture, []), (0x101, CaptionServices.Descriptor(("ger", true, 1)))), Picture));
        Assert.Null(CaptionLanguages.Of([], Picture));
    }

    [Fact]
    public void A_map_that_lies_of_its_lengths_ends()
    {
        var random = new Random(1);
        var stream = Stream(188, (Picture, CaptionServices.Descriptor(("eng", true, 1), ("spa", true, 2))));
        for (var i = 0; i < 5000; i++)
        {
            byte[] broken = [.. stream];
            for (var flips = 0; flips < 4; flips++) broken[random.Next(2 * 188)] = (byte)random.Next(256);
            CaptionLanguages.Of(broken, Picture);
        }
    }

    /// <summary>A table of programmes, a map that is split over two packets, and padding.</summary>
    private static byte[] Stream(int spacing, params (int Pid, byte[] Descriptors)[] tracks)
    {
        byte[] map = [.. Section(2, [0xe1, 0, 0xf0, 3, 0x05, 1, 0, .. tracks.SelectMany(t => (byte[])[0x1b, (byte)(0xe0 | (t.Pid >> 8)), (byte)t.Pid, 0xf0, (byte)t.Descriptors.Length, .. t.Descriptors])])];
        List<byte[]> packets =
        [
            Packet(0, true, [0, .. Section(0, [0, 1, 0xf0, 0])], 188),
            Packet(0x1000, true, [0, .. map[..20]], 188 - 4 - 21),
            Packet(0x1000, false, map[20..], 188),
            .. Enumerable.Range(0, 8).Select(_ => Packet(0x1fff, false, [], 188)),
        ];
        return [.. packets.SelectMany(packet => (byte[])[.. new byte[spacing == 192 ? 4 : 0], .. packet, .. new byte[spacing == 204 ? 16 : 0]])];
    }

    private static byte[] Section(byte table, byte[] body) => [table, 0xb0, (byte)(5 + body.Length + 4), 0, 1, 0xc1, 0, 0, .. body, 0, 0, 0, 0];

    /// <param name="stuffing">Of the adaptation field, bytes; a whole packet: none.</param>
    private static byte[] Packet(int pid, bool begins, byte[] payload, int stuffing)
    {
        byte[] head = [0x47, (byte)((begins ? 0x40 : 0) | (pid >> 8)), (byte)pid, (byte)(stuffing < 188 ? 0x30 : 0x10)];
        byte[] adaptation = stuffing < 188 ? [(byte)(stuffing - 1), 0, .. Enumerable.Repeat((byte)0xff, stuffing - 2)] : [];
        return [.. head, .. adaptation, .. payload, .. Enumerable.Repeat((byte)0xff, 188 - 4 - adaptation.Length - payload.Length)];
    }
}
