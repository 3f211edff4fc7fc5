using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// What a title costs and shows at any size and quality, from the few that were measured. What is lost is 1 - SSIM at the largest size:
/// what scaling loses, by size alone, and what encoding adds to it, each interpolated on its own since they follow different curves.
/// </summary>
internal sealed class ContentModel
{
    // 50 dB: nothing is seen of it.
    private const double Least = 1e-5;

    private readonly double _pixels;
    private readonly Curve[] _sizes;
    private readonly (double Step, double Loss)[] _scaling;

    private ContentModel(double pixels, Curve[] sizes, (double Step, double Loss)[] scaling) =>
        (_pixels, _sizes, _scaling) = (pixels, sizes, scaling);

    /// <summary>Null when the figures do not make sense: a rate that does not fall as quality does.</summary>
    /// <param name="frameRate">Different frames a second: those that a grid repeats cost nothing.</param>
    /// <param name="gopFrames">Different frames a GOP.</param>
    public static ContentModel? TryOf(ComplexityReport report, Rational frameRate, int gopFrames)
    {
        var pixels = (double)report.Width * report.Height;
        var scaling = report.Scaling.Select(s => (Step: StepOf(pixels, (double)s.Width * s.Height), Loss: Math.Clamp(1 - s.Ssim, Least, 1)))
            .Where(s => s.Step > 1e-3).OrderBy(s => s.Step).DistinctBy(s => s.Step).ToArray();
        if (scaling.Length < 2) return null;
        var sizes = report.Points.GroupBy(p => (double)p.Width * p.Height).OrderBy(g => g.Key)
            .Select(g => Curve.TryOf(g.Key, ScalingLoss(scaling, StepOf(pixels, g.Key)), [.. g.OrderBy(p => p.Crf)], frameRate.Value, gopFrames))
            .ToArray();
        return sizes.Length >= 2 && sizes.All(s => s is not null) ? new ContentModel(pixels, sizes!, scaling) : null;
    }

    /// <param name="pixels">Of the rung's picture.</param>
    /// <param name="quality">CRF.</param>
    /// <returns>Bits a second on average without a cap, and 1 - SSIM.</returns>
    public (double Rate, double Loss) At(double pixels, double quality)
    {
        var upper = Array.FindIndex(_sizes, s => s.Pixels >= pixels);
        upper = upper < 0 ? _sizes.Length - 1 : Math.Max(upper, 1);
        var (low, high) = (_sizes[upper - 1], _sizes[upper]);
        var ((lowRate, lowLoss), (highRate, highLoss)) = (low.At(quality), high.At(quality));
        var (x0, x1, x) = (Math.Log(low.Pixels), Math.Log(high.Pixels), Math.Log(pixels));
        var loss = Math.Exp(Line(x0, lowLoss, x1, highLoss, x)) + ScalingLoss(_scaling, StepOf(_pixels, pixels));
        return (Math.Exp(Line(x0, lowRate, x1, highRate, x)), Math.Min(loss, 0.99));
    }

    /// <summary>The quality at which a size costs a rate; beyond the range where it cannot.</summary>
    public double QualityFor(double pixels, double rate, double best, double worst)
    {
        for (var i = 0; i < 30; i++)
        {
            var middle = (best + worst) / 2;
            if (At(pixels, middle).Rate > rate) best = middle;
            else worst = middle;
        }

        return worst;
    }

    private static double Line(double x0, double y0, double x1, double y1, double x) => y0 + ((y1 - y0) * (x - x0) / (x1 - x0));

    // 0 at the largest size; the loss is a power of it between the sizes measured.
    private static double StepOf(double largest, double pixels) => Math.Sqrt(largest / pixels) - 1;

    private static double ScalingLoss((double Step, double Loss)[] scaling, double step)
    {
        if (step <= 1e-3) return 0;
        var upper = Array.FindIndex(scaling, s => s.Step >= step);
        upper = upper < 0 ? scaling.Length - 1 : Math.Max(upper, 1);
        var (low, high) = (scaling[upper - 1], scaling[upper]);
        return Math.Min(1, Math.Exp(Line(Math.Log(low.Step), Math.Log(low.Loss), Math.Log(high.Step), Math.Log(high.Loss), Math.Log(step))));
    }

    /// <summary>One size: logarithms of rate and loss, in straight lines between the qualities measured and on beyond them.</summary>
    private sealed record Curve(double Pixels, IReadOnlyList<(double Crf, double Rate, double Loss)> Points)
    {
        public static Curve? TryOf(double pixels, double scalingLoss, IReadOnlyList<ComplexityPoint> points, double frameRate, int gopFrames)
        {
            double Rate(ComplexityPoint p) => frameRate * (p.KeyBits + ((gopFrames - 1) * p.FrameBits)) / gopFrames;
            var curve = points.Select(p => (p.Crf, Rate: Math.Log(Rate(p)), Loss: Math.Log(Math.Max(1 - p.Ssim - scalingLoss, Least)))).ToList();
            return curve.Count >= 2 && curve.Zip(curve.Skip(1)).All(pair =>
                pair.First.Crf < pair.Second.Crf && pair.First.Rate > pair.Second.Rate && pair.First.Loss <= pair.Second.Loss
                && double.IsFinite(pair.Second.Rate))
                ? new Curve(pixels, curve) : null;
        }

        public (double Rate, double Loss) At(double crf)
        {
            var i = 0;
            while (i < Points.Count - 2 && crf > Points[i + 1].Crf) i++;
            var (a, b) = (Points[i], Points[i + 1]);
            return (Line(a.Crf, a.Rate, b.Crf, b.Rate, crf), Math.Min(0, Line(a.Crf, a.Loss, b.Crf, b.Loss, crf)));
        }
    }
}
