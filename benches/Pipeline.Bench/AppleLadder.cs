using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Pipeline.Bench;

/// <summary>The H.264 rows of Apple's HLS authoring specification for devices, all of them: several sizes have two rates.</summary>
internal static class AppleLadder
{
    private static readonly (int Height, int Rate)[] Rows =
    [
        (1080, 7_800_000), (1080, 6_000_000), (720, 4_500_000), (720, 3_000_000), (540, 2_000_000),
        (432, 1_100_000), (432, 730_000), (360, 365_000), (234, 145_000),
    ];

    /// <param name="table">A plan of the fixed ladder, for a 16:9 picture.</param>
    public static EncodingPlan Of(EncodingPlan table) => table with
    {
        Rungs =
        [
            .. Rows.Select(row => (Size: table.Rungs.FirstOrDefault(rung => rung.Height == row.Height && rung.Codec == VideoCodec.H264), row.Rate))
                .Where(row => row.Size is not null)
                .Select(row => row.Size! with { Name = $"v{row.Size!.Height}-{row.Rate / 1000}", MaxBitsPerSecond = row.Rate, BufferBits = row.Rate }),
        ],
    };
}
