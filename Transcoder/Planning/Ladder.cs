using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// Picture sizes of a title, ladder by ladder. All rungs run at the title's full frame rate: Apple would have the three smallest at no
/// more than 30 a second, but one grid for all rungs is what lets a player switch at every segment and a chunk be decoded once for all
/// of a ladder, and the caps already bound what a phone must fetch.
/// </summary>
internal static class Ladder
{
    // A rung of the master's own size is worth its cost when it shows at least this much more than the table's next one.
    private static readonly Rational Notable = new(11, 10);

    // Pictures of about so many lines and fewer keep their size.
    private const int Small = 360;

    // A size that the table lacks: from 1080 to 720 is a long way where a title's rungs lie there.
    private const int Between = 900;

    /// <summary>H.264's ladder, then the others; each largest first, never larger than the master; empty only for sound alone. H.264's is the
    /// title's own where it was measured: the samples are encoded by x264. Another goes without the sizes that are too small for its encoder.</summary>
    public static IReadOnlyList<Rung> For(MediaReport media, Rational frameRate, PlanningOptions options) => media.Video is { } video
        ? [.. LadderTable.Of(options, video).SelectMany(table =>
        {
            var rungs = For(video, frameRate, Math.Min(options.MaxHeight, table.MaxHeight), table)
                .FindAll(rung => Math.Min(rung.Width, rung.Height) >= table.MinSide);
            return table.Codec == VideoCodec.H264 ? OfTitle(media, rungs, frameRate, table, options) ?? rungs : rungs;
        })]
        : [];

    /// <summary>Null where the table's rungs are to stay.</summary>
    private static List<Rung>? OfTitle(MediaReport media, List<Rung> usual, Rational frameRate, LadderTable table, PlanningOptions options)
    {
        // What was sampled are the master's own frames, on average so far apart as the whole title's; of interlaced ones one a pair of fields.
        var rate = media.Video is { FrameRate: var sampled } && sampled > 0 ? Min(sampled, frameRate) : frameRate;
        if (!options.PerTitle || usual.Count == 1 || media is not { Complexity: { } complexity, Video.IsTelecined: false }
            || ContentModel.TryOf(complexity, rate, (int)Math.Max(1, (rate * 2).Round())) is not { } model)
        {
            return null;
        }

        var sizes = usual.ToList();
        var (top, next) = (usual[0], usual[1]);
        var scale = new Rational(Between, 1080);
        if (BoxHeight(top.Width, top.Height) > Between && BoxHeight(next.Width, next.Height) < Between)
            sizes.Insert(1, Make(Even(top.Width * scale), Even(top.Height * scale), table.RateAt(Between), frameRate, table));
        if (PerTitleLadder.Choose(model, usual, sizes, options.Quality) is not { } choices) return null;
        var rungs = new List<Rung>();
        foreach (var choice in choices)
        {
            var size = choice.Size;
            var same = rungs.Count(r => r.Width == size.Width && r.Height == size.Height);
            rungs.Add(Make(size.Width, size.Height, choice.Cap, frameRate, table) with
            {
                Name = same == 0 ? size.Name : $"{size.Name}-{same + 1}",
                Quality = choice.Quality,
            });
        }

        return rungs;
    }

    private static List<Rung> For(VideoReport video, Rational frameRate, int maxHeight, LadderTable table)
    {
        // An odd line is dropped before anything is derived, so that 641x361 gives the rungs of 640x360.
        var shown = video.DisplaySize();
        var (width, height) = (WholeEven(shown.Width), WholeEven(shown.Height));
        var box = BoxHeight(width, height);
        var limit = Min(box, maxHeight);
        Rung Scaled(Rational boxHeight, int rate) => Make(Even(width * boxHeight / box), Even(height * boxHeight / box), rate, frameRate, table);

        var steps = table.Rows.Where(row => row.Height <= limit).Reverse().ToList();
        if (steps.Count == 0) return [Scaled(limit, table.Rows[0].Rate)];
        var rungs = new List<Rung>();
        if (limit > Notable * steps[0].Height) rungs.Add(Scaled(limit, table.RateAt(limit)));
        else if (steps[0].Height <= Small)
        {
            // A few lines fewer save nothing and blur every one.
            rungs.Add(Scaled(limit, steps[0].Rate));
            steps.RemoveAt(0);
        }

        foreach (var (stepHeight, rate) in steps)
        {
            var rung = Scaled(stepHeight, rate);
            if (rungs.All(r => r.Name != rung.Name)) rungs.Add(rung);
        }

        return rungs;
    }

    /// <summary>Height of the smallest 16:9 box (9:16 for a portrait picture, then its width) that holds the picture. Wide
    /// pictures are measured by their width, so that a 1920x804 film counts as the 1080 it is called.</summary>
    private static Rational BoxHeight(Rational width, Rational height)
    {
        var (shorter, longer) = width < height ? (width, height) : (height, width);
        var byLength = longer * new Rational(9, 16);
        return byLength > shorter ? byLength : shorter;
    }

    private static Rung Make(int width, int height, int rate, Rational frameRate, LadderTable table)
    {
        var level = table.Codec == VideoCodec.H264 ? H264Level.For(width, height, frameRate, rate, rate) : 0;
        return new Rung($"v{Math.Min(width, height)}{table.Suffix}", width, height, rate, rate, level)
        {
            Codec = table.Codec,
            Range = table.Range,
        };
    }

    private static int Even(Rational side) => Math.Max(2, 2 * (int)(side / 2).Round());

    private static Rational WholeEven(Rational side) => Math.Max(2, 2 * (side / 2).Floor());

    private static Rational Min(Rational a, Rational b) => a < b ? a : b;
}
