namespace FlickStream.Transcoder.Planning;

/// <summary>
/// Chooses a title's rungs among sizes and qualities by what its own picture costs and shows: each rung is the size that shows most at
/// its rate, rates are spaced evenly, and a rung that would show no more than the next is left out.
/// </summary>
internal static class PerTitleLadder
{
    // Beyond these x264 pays much for nothing seen, or shows blocks that SSIM forgives more than people do.
    private const double Best = 16;
    private const double Worst = 36;

    // A rung is worth making when it shows this much more, dB of SSIM; of two sizes that differ by hardly anything the larger is chosen.
    private const double Notable = 0.25;
    private const double Hardly = 0.05;

    // Of the average: what a scene that is harder than the samples may take. Also how near the cap the largest rung's average may lie.
    private const double Headroom = 1.5;
    private const double NearCap = 1.1;

    // The cellular rung's average, of its cap.
    private const double SmallestShare = 0.75;

    // A title's own ladder may have this many times the fixed one's pixels. Easy titles encode faster than their pixels tell.
    private const double PixelBudget = 1.1;
    private const double EasyPixelBudget = 1.9;
    private const double EasyShare = 0.25;

    // A smaller promise is within the error of the samples: measured, it can turn out to cost some per cent.
    private const double WorthSaving = 0.05;

    private const int FewestSteps = 3;

    // Smaller sides that viewers are entitled to; each must find a rung that is more than half as high.
    private static readonly int[] Classes = [720, 480];

    private static readonly double[] Spacings = [1.7, 1.8, 2.0, 2.3, 2.7, 3.2];

    /// <param name="model">The title's.</param>
    /// <param name="table">The fixed ladder, largest first.</param>
    /// <param name="sizes">All that a rung may be, largest first, each with its usual cap; the table's and others.</param>
    /// <param name="quality">No rung of the largest size is better than this CRF.</param>
    /// <returns>Largest first, then dearest first; the smallest size is always there with its own cap. Null when the fixed ladder is as good.</returns>
    public static IReadOnlyList<Choice>? Choose(ContentModel model, IReadOnlyList<Rung> table, IReadOnlyList<Rung> sizes, double quality)
    {
        var isEasy = model.At(Pixels(table[0]), quality).Rate < table[0].MaxBitsPerSecond * EasyShare;
        var budget = table.Sum(Pixels) * (isEasy ? EasyPixelBudget : PixelBudget);
        List<Choice> ladder = [];
        foreach (var spacing in Spacings)
        {
            ladder = Spaced(model, table, sizes, spacing, quality);
            if (ladder.Sum(c => Pixels(c.Size)) <= budget) break;
        }

        var usual = table.Select(size => Usual(model, size, quality));
        var saving = BjontegaardRate.Between(usual.Select(Shown), ladder.Select(Shown));
        return saving <= -WorthSaving ? Capped(ladder, table) : null;
    }

    private static List<Choice> Spaced(ContentModel model, IReadOnlyList<Rung> table, IReadOnlyList<Rung> sizes, double spacing, double quality)
    {
        var smallest = sizes[^1];
        var lowest = SmallestShare * smallest.MaxBitsPerSecond;
        var most = Math.Min(model.At(Pixels(sizes[0]), quality).Rate, sizes[0].MaxBitsPerSecond / NearCap);
        var steps = Math.Max(FewestSteps, (int)Math.Round(Math.Log(most / lowest) / Math.Log(spacing)));
        // Title cards and the like: the full size at its best costs less than the smallest may.
        List<Choice> ladder = most > lowest ? [] : [Made(model, sizes[0], quality)];
        for (var i = 0; i < steps && most > lowest; i++)
        {
            var rate = most / Math.Pow(most / lowest, (double)i / steps);
            var least = LeastPixels(table, rate);
            var allowed = sizes.Where(s => Pixels(s) >= least && (ladder.Count == 0 || Pixels(s) <= Pixels(ladder[^1].Size)));
            if (BestAt(model, allowed, rate) is not { } choice) break;
            if (ladder.Count == 0 || Shown(ladder[^1]).Quality - Shown(choice).Quality >= Notable) ladder.Add(choice);
        }

        foreach (var height in Classes) AddClass(model, ladder, sizes, height);
        if (ladder.Count > 0 && ladder[^1].Size == smallest && ladder[^1].Rate <= lowest) return ladder;
        var cellular = At(model, smallest, Math.Min(lowest, ladder.Count > 0 ? ladder[^1].Rate / spacing : lowest));
        ladder.RemoveAll(c => c.Size == smallest && c.Quality >= cellular.Quality);
        ladder.Add(cellular);
        return ladder;
    }

    /// <summary>One step smaller than the table's size for a rate at most: the model errs most where a small picture hides what is lost.</summary>
    private static double LeastPixels(IReadOnlyList<Rung> table, double rate)
    {
        var at = table.TakeWhile(size => size.MaxBitsPerSecond > rate * 1.15).Count();
        return Pixels(table[Math.Min(at + 1, table.Count - 1)]);
    }

    /// <summary>Null when no size can be had for so little.</summary>
    private static Choice? BestAt(ContentModel model, IEnumerable<Rung> sizes, double rate)
    {
        var choices = sizes.Select(size => At(model, size, rate)).Where(c => c.Rate <= rate * 1.05).ToList();
        return choices.Count == 0 ? null : choices.First(c => Shown(c).Quality >= choices.Max(best => Shown(best).Quality) - Hardly);
    }

    /// <summary>A viewer held to a class gets the largest size of it, for less than what those above pay.</summary>
    private static void AddClass(ContentModel model, List<Choice> ladder, IReadOnlyList<Rung> sizes, int height)
    {
        bool Holds(Rung size) => Math.Min(size.Width, size.Height) is var shorter && shorter <= height && shorter > height / 2;
        if (ladder.Any(c => Holds(c.Size)) || sizes.FirstOrDefault(Holds) is not { } size) return;
        var above = ladder.TakeWhile(c => Pixels(c.Size) >= Pixels(size)).ToList();
        ladder.Insert(above.Count, At(model, size, above.Count > 0 ? above[^1].Rate / 1.3 : size.MaxBitsPerSecond));
    }

    private static Choice At(ContentModel model, Rung size, double rate) =>
        Made(model, size, Math.Ceiling(2 * model.QualityFor(Pixels(size), rate, Best, Worst)) / 2);

    private static Choice Usual(ContentModel model, Rung size, double quality) =>
        Made(model, size, Math.Max(quality, model.QualityFor(Pixels(size), size.MaxBitsPerSecond, Best, 51)));

    private static Choice Made(ContentModel model, Rung size, double quality)
    {
        var (rate, loss) = model.At(Pixels(size), quality);
        return new Choice(size, quality, rate, loss, size.MaxBitsPerSecond);
    }

    /// <summary>
    /// Caps fall from rung to rung, so that a player's order by declared rate is the order of quality. A size that is there twice has the cap
    /// of the table's next one: else one hard scene would leave nothing of that size to viewers whose lines carry less.
    /// </summary>
    private static List<Choice> Capped(List<Choice> ladder, IReadOnlyList<Rung> table)
    {
        var capped = new List<Choice>();
        foreach (var choice in ladder)
        {
            var usual = capped.Exists(c => c.Size == choice.Size)
                ? table.FirstOrDefault(size => Pixels(size) < Pixels(choice.Size), choice.Size).MaxBitsPerSecond : choice.Cap;
            var cap = capped.Count == 0 ? table[0].MaxBitsPerSecond
                : Math.Min(0.9 * capped[^1].Cap, capped.Count == ladder.Count - 1 ? choice.Cap : Math.Max(usual, Headroom * choice.Rate));
            capped.Add(choice with { Cap = (int)(cap / 1000) * 1000 });
        }

        return capped;
    }

    private static (double Rate, double Quality) Shown(Choice choice) => (choice.Rate, -10 * Math.Log10(choice.Loss));

    private static double Pixels(Rung size) => (double)size.Width * size.Height;

    /// <param name="Size">Which size.</param>
    /// <param name="Quality">CRF.</param>
    /// <param name="Rate">Bits a second expected on average.</param>
    /// <param name="Loss">1 - SSIM expected.</param>
    /// <param name="Cap">Bits a second.</param>
    internal sealed record Choice(Rung Size, double Quality, double Rate, double Loss, int Cap);
}
