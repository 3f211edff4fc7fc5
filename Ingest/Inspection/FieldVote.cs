namespace FlickStream.Ingest.Inspection;

/// <summary>Decides from what was counted. Pure.</summary>
internal static class FieldVote
{
    // Fine synthetic detail makes idet take moving whole frames for fields of either order; real fields are of one.
    private const int MarkedOdds = 5;
    private const int UnmarkedOdds = 20;

    // Mean absolute difference, of 100, of a coded picture in which nothing moves.
    private const double Noise = 0.05;

    /// <param name="isMarked">The master says that it is made of fields: then less speaks for it.</param>
    /// <param name="isPulldownRate">30000/1001, the only rate at which 3:2 pulldown occurs.</param>
    public static (FieldKind Kind, bool IsBottomFirst) Of(IReadOnlyList<Stretch> stretches, bool isMarked, bool isPulldownRate)
    {
        var frames = stretches.Sum(s => s.Frames);
        var (top, bottom) = (stretches.Sum(s => s.TopFirst), stretches.Sum(s => s.BottomFirst));
        var (winner, others) = (Math.Max(top, bottom), Math.Min(top, bottom) + stretches.Sum(s => s.Progressive));
        var isBottomFirst = bottom > top;
        if (isPulldownRate && IsTelecined(stretches)) return (FieldKind.Telecined, isBottomFirst);

        var least = isMarked ? frames / 10 : frames * 7 / 10;
        if (winner > least && winner >= (isMarked ? MarkedOdds : UnmarkedOdds) * others) return (FieldKind.Interlaced, isBottomFirst);

        // Where nothing moves, fields and frames look alike and the master's word is all there is.
        return (isMarked && stretches.Sum(s => s.Moving) < frames / 10 ? FieldKind.Interlaced : FieldKind.Progressive, isBottomFirst);
    }

    /// <summary>
    /// A second opinion, because idet takes some patterns for fields: between the two fields of a whole frame there is only the
    /// difference of their lines, and the motion comes between one frame and the next. Fields of different times move at every step;
    /// a coder's noise makes the steps between frames up to 1.12 times the others (measured).
    /// </summary>
    /// <param name="stretches">Differences from each field to the next, the first of each stretch to nothing.</param>
    public static bool AreWhole(IReadOnlyList<IReadOnlyList<double>> stretches, bool isMarked)
    {
        var pairs = stretches.SelectMany(steps => steps.Skip(1).Chunk(2).Where(pair => pair.Length == 2)).ToList();
        var (within, between) = (pairs.Sum(pair => pair[0]), pairs.Sum(pair => pair[1]));
        return pairs.Count(pair => pair[1] > pair[0]) >= pairs.Count * 9 / 10
            && between > (isMarked ? 1.5 : 1.3) * within && between - within > Noise * pairs.Count;
    }

    // Of five frames one repeats its top field and one its bottom field. A stretch of real fields beside film keeps all as fields: to
    // take one frame of five from it would make it jump.
    private static bool IsTelecined(IReadOnlyList<Stretch> stretches)
    {
        bool Repeats(Stretch s) => s.RepeatedTop * 8 >= s.Frames && s.RepeatedBottom * 8 >= s.Frames;
        return stretches.Any(Repeats) && !stretches.Any(s => !Repeats(s) && Math.Max(s.TopFirst, s.BottomFirst) > s.Frames / 2);
    }
}
