using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>What inspection measured of real samples, rounded.</summary>
internal static class Complexity
{
    /// <summary>White pages with text: a large picture costs little, a small one cannot be read.</summary>
    public static ComplexityReport Slides { get; } = Of(
        [
            (1920, 23, 360_000, 700, 0.9984), (1920, 31, 235_000, 650, 0.9938), (1280, 20, 280_000, 600, 0.9782), (1280, 30, 165_000, 500, 0.9720),
            (640, 24, 118_000, 450, 0.9400), (640, 32, 80_000, 400, 0.9250),
        ],
        [0.9789, 0.9706, 0.9471, 0.9029]);

    /// <summary>Texture under grain: a smaller picture shows more at most rates.</summary>
    public static ComplexityReport Grain { get; } = Of(
        [
            (1920, 23, 955_000, 57_000, 0.9400), (1920, 31, 330_000, 5_200, 0.8250), (1280, 20, 690_000, 48_000, 0.9441), (1280, 30, 215_000, 6_900, 0.8180),
            (640, 24, 160_000, 6_500, 0.7900), (640, 32, 60_000, 1_600, 0.6850),
        ],
        [0.9777, 0.9587, 0.8958, 0.7963]);

    public static ComplexityReport Of((int Width, int Crf, double Key, double Frame, double Ssim)[] points, double[] scaling) => new(
        1920, 1080, 1,
        [.. points.Select(p => new ComplexityPoint(p.Width, p.Width * 9 / 16, p.Crf, p.Key, p.Frame, p.Ssim))],
        [.. new[] { (1280, 720), (960, 540), (640, 360), (416, 234) }.Zip(scaling, (size, ssim) => new ScalingPoint(size.Item1, size.Item2, ssim))]);
}
