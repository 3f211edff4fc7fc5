using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>The rate that a variable one becomes keeps the frames of its fastest parts.</summary>
public sealed class MotionRateTests
{
    private static readonly Random Chance = new(1);

    public static TheoryData<string, double[], string> Recordings => new()
    {
        { "30 and 60 in halves", [.. Gaps(60, 300), .. Gaps(30, 300)], "60/1" },
        { "29.97 and 59.94 in halves", [.. Gaps(60000 / 1001.0, 300), .. Gaps(30000 / 1001.0, 300)], "60000/1001" },
        { "a twentieth of the time at 60", [.. Gaps(60, 60), .. Gaps(30, 570)], "60/1" },
        { "24 to 30", [.. Gaps(24, 400), .. Gaps(30, 200)], "30000/1001" },
        { "30 with a trembling clock", Apart(Enumerable.Range(0, 900).Select(i => (i / 30.0) + (0.002 * Tremble()))), "30/1" },
        { "29.97 with a trembling clock", Apart(Enumerable.Range(0, 900).Select(i => (i * 1001 / 30000.0) + (0.002 * Tremble()))), "30000/1001" },
        { "30 that was rounded, with frames lost", Rounded(Gaps(30, 900).Select((gap, i) => i % 7 == 0 ? 3 * gap : gap)), "30/1" },
        { "29.97 that was rounded, with frames lost", Rounded(Gaps(30000 / 1001.0, 900).Select((gap, i) => i % 7 == 0 ? 3 * gap : gap)), "30000/1001" },
        { "23.976 that was rounded, with frames lost", Rounded(Gaps(24000 / 1001.0, 900).Select((gap, i) => i % 7 == 0 ? 3 * gap : gap)), "24000/1001" },
        { "30 with a tenth of the frames lost", [.. Gaps(30, 900).Select((gap, i) => i % 10 == 0 ? 2 * gap : gap)], "30/1" },
        { "25 and 50", [.. Gaps(25, 300), .. Gaps(50, 300)], "50/1" },
        { "24 with pauses", [.. Gaps(24, 300), .. Gaps(1, 20)], "24/1" },
        { "slides", [.. Gaps(0.2, 30)], "24000/1001" },
        { "a few doubled times", [.. Gaps(30, 900), 0, 0, 0], "30/1" },
        { "a screen at up to 144", [.. Gaps(144, 300), .. Gaps(20, 300)], "60/1" },
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Motion_is_kept(string recording, double[] gaps, string rate) =>
        Assert.True(Rational.TryParse(rate) == FrameRates.OfMotion(gaps), $"{recording}: {FrameRates.OfMotion(gaps)}");

    [Fact]
    public void Three_fields_and_two_in_turn_are_film()
    {
        double[] Fields(int count, Func<int, int> lasting) => Rounded(Enumerable.Range(0, count).Select(i => lasting(i) * 1001 / 60000.0));

        Assert.Equal(new Rational(24000, 1001), FrameRates.OfMotion(Fields(100, i => 2 + (i % 2))));
        Assert.Equal(new Rational(30000, 1001), FrameRates.OfMotion(Fields(100, i => i < 90 ? 2 : 3)));
        Assert.Equal(new Rational(60000, 1001), FrameRates.OfMotion(Fields(100, i => 1 + (i % 3))));
    }

    private static IEnumerable<double> Gaps(double rate, int count) => Enumerable.Repeat(1 / rate, count);

    /// <summary>As Matroska keeps times: to a millisecond.</summary>
    private static double[] Rounded(IEnumerable<double> gaps)
    {
        var time = 0.0;
        return Apart(gaps.Select(gap => Math.Round(time += gap, 3)).ToList());
    }

    private static double[] Apart(IEnumerable<double> times) => [.. times.ToList() is var all ? all.Zip(all.Skip(1), (a, b) => b - a) : []];

    // Nearly normal, of variance 1.
    private static double Tremble() => Enumerable.Range(0, 12).Sum(_ => Chance.NextDouble()) - 6;
}
