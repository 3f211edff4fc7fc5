namespace FlickStream.Transcoder.Planning;

/// <summary>
/// How much more one ladder costs than another at equal quality (ITU-T VCEG-M33, with the monotone cubic that later replaced its
/// polynomial): the mean difference of the logarithms of rate over the quality that both reach. Rungs that cost more and show no more
/// than another of their ladder are left out.
/// </summary>
internal static class BjontegaardRate
{
    private const int Intervals = 400;

    /// <param name="reference">Rate and quality (dB) of each rung.</param>
    /// <param name="other">Likewise.</param>
    /// <returns>-0.2 when the other ladder costs a fifth less; null when they have no quality in common or fewer than two rungs.</returns>
    public static double? Between(IEnumerable<(double Rate, double Quality)> reference, IEnumerable<(double Rate, double Quality)> other)
    {
        var (a, b) = (Useful(reference), Useful(other));
        if (a.Count < 2 || b.Count < 2) return null;
        var (low, high) = (Math.Max(a[0].Quality, b[0].Quality), Math.Min(a[^1].Quality, b[^1].Quality));
        if (high <= low) return null;
        var (ofA, ofB) = (new MonotoneCubic(a), new MonotoneCubic(b));
        var sum = 0.0;
        for (var i = 0; i < Intervals; i++)
        {
            var quality = low + ((high - low) * (i + 0.5) / Intervals);
            sum += ofB.At(quality) - ofA.At(quality);
        }

        return Math.Exp(sum / Intervals) - 1;
    }

    private static List<(double Rate, double Quality)> Useful(IEnumerable<(double Rate, double Quality)> rungs)
    {
        var useful = new List<(double Rate, double Quality)>();
        foreach (var rung in rungs.OrderBy(r => r.Rate).ThenByDescending(r => r.Quality))
            if (useful.Count == 0 || rung.Quality > useful[^1].Quality + 1e-6) useful.Add(rung);
        return useful;
    }

    /// <summary>Fritsch and Carlson's: logarithm of rate by quality, with no bump that the points do not have.</summary>
    private sealed class MonotoneCubic
    {
        private readonly double[] _x;
        private readonly double[] _y;
        private readonly double[] _slopes;

        public MonotoneCubic(List<(double Rate, double Quality)> points)
        {
            _x = [.. points.Select(p => p.Quality)];
            _y = [.. points.Select(p => Math.Log(p.Rate))];
            var widths = _x.Zip(_x.Skip(1), (a, b) => b - a).ToArray();
            var chords = _y.Zip(_y.Skip(1), (a, b) => b - a).Zip(widths, (rise, width) => rise / width).ToArray();
            _slopes = new double[_x.Length];
            (_slopes[0], _slopes[^1]) = (chords[0], chords[^1]);
            for (var i = 1; i < chords.Length; i++)
            {
                var (before, after) = ((2 * widths[i]) + widths[i - 1], widths[i] + (2 * widths[i - 1]));
                _slopes[i] = chords[i - 1] * chords[i] <= 0 ? 0 : (before + after) / ((before / chords[i - 1]) + (after / chords[i]));
            }
        }

        public double At(double x)
        {
            var i = 0;
            while (i < _x.Length - 2 && x > _x[i + 1]) i++;
            var width = _x[i + 1] - _x[i];
            var t = (x - _x[i]) / width;
            var (t2, t3) = (t * t, t * t * t);
            return (((2 * t3) - (3 * t2) + 1) * _y[i]) + ((t3 - (2 * t2) + t) * width * _slopes[i])
                + (((3 * t2) - (2 * t3)) * _y[i + 1]) + ((t3 - t2) * width * _slopes[i + 1]);
        }
    }
}
