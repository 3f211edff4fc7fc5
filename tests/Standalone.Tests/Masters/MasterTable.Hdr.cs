using System.Buffers.Binary;

namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    // The card at the brightness of BT.2408: its white patch is bent by the mobius curve, what is darker is nearly itself.
    private static readonly Expected ToneMapped = new()
    {
        ColorWithin = 10,
        Probes =
        [
            new(0.15, 0.15, new(188, 35, 34)), new(0.85, 0.15, new(39, 175, 55)), new(0.15, 0.85, new(45, 55, 188)),
            new(0.85, 0.85, new(204, 204, 204)), new(0.5, 0.62, new(126, 126, 126)),
        ],
    };

    private static IEnumerable<Master> Hdr =>
    [
        Hdr10("hdr10", "", ToneMapped),
        Hdr10("hdr10-mastering", Mastering + ":max-cll=1000,400", ToneMapped),
        // A peak at the white of the card leaves nothing to bend.
        Hdr10("hdr10-dim", Mastering + ":max-cll=203,100", ToneMapped with
        {
            Probes = [new(0.85, 0.85, new(230, 230, 230)), new(0.5, 0.62, new(128, 128, 128))],
        }),
        new("hlg", "HLG", "m.mkv", [.. Card.Inputs(), "-vf", Light("arib-std-b67"), .. Ffv1, .. Aac, "m.mkv"]) { Expected = ToneMapped },
        new("hlg-hevc", "HLG", "m.mp4",
            [
                .. Card.Inputs(), "-vf", Light("arib-std-b67"), "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1",
                "-x265-params", "log-level=none:pools=1:qp=10:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc", .. Aac, "m.mp4",
            ]) { Expected = ToneMapped },
        // What older receivers take for BT.2020 of standard range.
        new("hlg-compatible", "HLG", "m.mp4",
            [
                .. Card.Inputs(), "-vf", Light("arib-std-b67"), "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1",
                "-x265-params", "log-level=none:pools=1:qp=10:colorprim=bt2020:transfer=bt2020-10:colormatrix=bt2020nc:atc-sei=18", .. Aac, "m.mp4",
            ]) { Expected = ToneMapped },
        DolbyVision("dolby-vision-8-1", profile: 8, compatibility: 1, ToneMapped),
        DolbyVision("dolby-vision-8-4", profile: 8, compatibility: 4, ToneMapped with { DolbyVision = (8, 4) }, "arib-std-b67"),
        DolbyVision("dolby-vision-7", profile: 7, compatibility: 6, ToneMapped with { DolbyVision = (7, 6) }),
        new("ladders", "Progressive", "m.mp4", Plain(Card.Inputs(seconds: 0.75), "m.mp4"))
        {
            HasAllCodecs = true,
            Expected = new()
            {
                Frames = 18,
                ColorWithin = 10,
                Ladders = [new("hvc1", "SDR", "color_space=bt709", "color_transfer=bt709"), new("av01", "SDR", "color_space=bt709", "color_transfer=bt709")],
            },
        },
        Hdr10("ladders-hdr10-p3", $"{Mastering}:max-cll=1000,400:chromaloc=2", OfLadders("PQ",
            "color_transfer=smpte2084", "color_primaries=bt2020", "color_space=bt2020nc", "chroma_location=topleft", "red_x=34000/50000",
            "max_luminance=10000000/10000", "max_content=1000", "max_average=400"), "smpte432") with { HasAllCodecs = true },
        new("ladders-hlg", "HLG", "m.mkv", [.. Card.Inputs(seconds: 0.75), "-vf", Light("arib-std-b67"), .. Ffv1, .. Aac, "m.mkv"])
        {
            HasAllCodecs = true,
            Expected = OfLadders("HLG", "color_transfer=arib-std-b67", "color_primaries=bt2020", "color_space=bt2020nc"),
        },
        DolbyVision("dolby-vision-5", profile: 5, compatibility: 0, new() { Refusal = "dolby_vision_only" }),
    ];

    private const string Mastering =
        ":hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)";

    /// <summary>Filters that bring what <see cref="Light"/> made back to the card's own colours.</summary>
    public const string FromLight =
        "zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=709:transfer=709:matrix=709:range=limited:npl=203,format=yuv444p10le";

    private static Expected OfLadders(string range, params string[] says) => ToneMapped with
    {
        Frames = 18,
        Ladders = [new("hvc1", range, says), new("av01", "SDR", "color_space=bt709")],
    };

    private static string Light(string transfer, string primaries = "2020") =>
        $"{Card.Bt709("yuv444p")},zscale=transfer=linear:npl=203,format=gbrpf32le,"
            + $"zscale=primaries={primaries}:transfer={transfer}:matrix=2020_ncl:range=limited:npl=203,format=yuv420p10le";

    private static Master Hdr10(string name, string metadata, Expected expected, string primaries = "bt2020", string transfer = "smpte2084") => new(
        name, "HDR10", "m.mp4",
        [
            .. Card.Inputs(seconds: expected.Frames / 24.0), "-vf", Light(transfer, primaries), "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1",
            "-x265-params", $"log-level=none:pools=1:qp=10:colorprim={primaries}:transfer={transfer}:colormatrix=bt2020nc{metadata}", .. Aac, "m.mp4",
        ]) { Expected = expected };

    /// <summary>HDR10 with the box that declares Dolby Vision; what it declares beside the base layer is not there.</summary>
    private static Master DolbyVision(string name, int profile, int compatibility, Expected expected, string transfer = "smpte2084") => Hdr10(name, "", expected, transfer: transfer) with
    {
        Kind = "Dolby Vision",
        Edit = file =>
        {
            // Dolby Vision Streams Within the ISO Base Media File Format 2.4: version, profile, level, flags, compatibility.
            var box = new byte[32];
            BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
            "dvvC"u8.CopyTo(box.AsSpan(4));
            BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(8), (1 << 24) | (profile << 9) | (1 << 3) | 0b101);
            box[12] = (byte)(compatibility << 4);
            var at = file.AsSpan().IndexOf("hvcC"u8) - 4;
            // The index is at the file's end, so nothing that it points at moves.
            foreach (var parent in (string[])["moov", "trak", "mdia", "minf", "stbl", "stsd", "hvc1"])
            {
                var size = file.AsSpan(0, at).LastIndexOf(System.Text.Encoding.ASCII.GetBytes(parent)) - 4;
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(size), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(size)) + box.Length);
            }

            return [.. file[..at], .. box, .. file[at..]];
        },
    };
}
