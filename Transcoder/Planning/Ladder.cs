using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// Picture sizes and rates by the H.264 table of Apple's HLS authoring specification. All rungs run at the title's full frame
/// rate: Apple would have the three smallest at no more than 30 a second, but one grid for all rungs is what lets a player
/// switch at every segment and a chunk be decoded once for all of them, and the caps already bound what a phone must fetch.
/// </summary>
internal static class Ladder
{
    // Heights of 16:9 boxes. Where Apple lists two rates for a size this is the higher: quality-driven encoding spends less
    // when the picture is easy. The smallest must stay under 146 kb/s over any segment, so that with its 40 kb/s sound the
    // variant fits a cellular 192 kb/s: a full buffer can add BufferBits to a segment of 6 s, hence 120 and not 145.
    private static readonly (int Height, int Rate)[] Table =
        [(234, 120_000), (360, 365_000), (432, 1_100_000), (540, 2_000_000), (720, 4_500_000), (1080, 7_800_000)];

    // A rung of the master's own size is worth its cost when it shows at least this much more than the table's next one.
    private static readonly Rational Notable = new(11, 10);

    // A size that the table lacks: from 1080 to 720 is a long way where a title's rungs lie there.
    private const int Between = 900;

    /// <summary>Largest first; never empty, never larger than the master.</summary>
    public static IReadOnlyList<Rung> For(MediaReport media, Rational frameRate, PlanningOptions options)
    {
        var table = OfTable(media, frameRate, options);
        var gopFrames = (int)Math.Max(1, (frameRate * 2).Round());
        return options.PerTitle && table.Count > 1 && media.Complexity is { } complexity
            && ContentModel.TryOf(complexity, frameRate, gopFrames) is { } model
            ? OfTitle(model, table, frameRate, options) ?? table : table;
    }

    private static List<Rung>? OfTitle(ContentModel model, List<Rung> table, Rational frameRate, PlanningOptions options)
    {
        var sizes = table.ToList();
        var (top, next) = (table[0], table[1]);
        var scale = new Rational(Between, 1080);
        if (BoxHeight(top.Width, top.Height) > Between && Even(top.Width * scale) > next.Width && BoxHeight(next.Width, next.Height) < Between)
            sizes.Insert(1, Scaled(top.Width, top.Height, scale, RateAt(Between), frameRate));
        if (PerTitleLadder.Choose(model, table, sizes, options.Quality) is not { } choices) return null;
        var rungs = new List<Rung>();
        foreach (var choice in choices)
        {
            var (width, height) = (choice.Size.Width, choice.Size.Height);
            var same = rungs.Count(r => r.Width == width && r.Height == height);
            rungs.Add(Make(width, height, choice.Cap, frameRate) with
            {
                Name = same == 0 ? choice.Size.Name : $"{choice.Size.Name}-{same + 1}",
                Quality = choice.Quality,
            });
        }

        return rungs;
    }

    private static List<Rung> OfTable(MediaReport media, Rational frameRate, PlanningOptions options)
    {
        // An odd line is dropped before anything is derived, so that 641x361 gives the rungs of 640x360.
        var shown = DisplaySize(media.Video);
        var (width, height) = (WholeEven(shown.Width), WholeEven(shown.Height));
        var box = BoxHeight(width, height);
        var limit = Min(box, options.MaxHeight);

        var rungs = new List<Rung>();
        var steps = Table.Where(row => row.Height <= limit).Reverse().ToList();
        if (steps.Count == 0) return [Make(Even(width), Even(height), Table[0].Rate, frameRate)];
        if (limit > Notable * steps[0].Height) rungs.Add(Scaled(width, height, limit / box, RateAt(limit), frameRate));
        foreach (var (stepHeight, rate) in steps)
        {
            var rung = Scaled(width, height, new Rational(stepHeight, 1) / box, rate, frameRate);
            if (rungs.All(r => r.Name != rung.Name)) rungs.Add(rung);
        }

        return rungs;
    }

    /// <summary>What a player shows: pixels made square, then turned.</summary>
    public static (Rational Width, Rational Height) DisplaySize(VideoReport video)
    {
        // An aspect beyond 10:1 is a damaged header, not a picture.
        var aspect = video.SampleAspect;
        if (aspect < new Rational(1, 10) || aspect > 10) aspect = 1;
        Rational width = aspect * video.Width;
        return video.Rotation is 90 or 270 ? (video.Height, width) : (width, video.Height);
    }

    /// <summary>Height of the smallest 16:9 box (9:16 for a portrait picture, then its width) that holds the picture. Wide
    /// pictures are measured by their width, so that a 1920x804 film counts as the 1080 it is called.</summary>
    private static Rational BoxHeight(Rational width, Rational height)
    {
        var (shorter, longer) = width < height ? (width, height) : (height, width);
        var byLength = longer * new Rational(9, 16);
        return byLength > shorter ? byLength : shorter;
    }

    private static Rung Scaled(Rational width, Rational height, Rational scale, int rate, Rational frameRate) =>
        Make(Even(width * scale), Even(height * scale), rate, frameRate);

    private static Rung Make(int width, int height, int rate, Rational frameRate) => new(
        $"v{Math.Min(width, height)}", width, height, rate, rate, H264Level.For(width, height, frameRate, rate, rate));

    private static int Even(Rational side) => Math.Max(2, 2 * (int)(side / 2).Round());

    private static Rational WholeEven(Rational side) => Math.Max(2, 2 * (side / 2).Floor());

    /// <summary>Between two rows of the table, in proportion to the number of pixels.</summary>
    private static int RateAt(Rational height)
    {
        var upper = Array.FindIndex(Table, row => row.Height >= height);
        var (low, high) = (Table[upper - 1], Table[upper]);
        double Pixels(double h) => h * h;
        var part = (Pixels(height.Value) - Pixels(low.Height)) / (Pixels(high.Height) - Pixels(low.Height));
        return (int)Math.Round((low.Rate + (part * (high.Rate - low.Rate))) / 1000) * 1000;
    }

    private static Rational Min(Rational a, Rational b) => a < b ? a : b;
}
