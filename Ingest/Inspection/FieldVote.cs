namespace FlickStream.Ingest.Inspection;

/// <summary>Decides from what was counted. Pure.</summary>
internal static class FieldVote
{
    // Fine synthetic detail makes idet take moving whole frames for fields of either order; real fields are of one.
    private const int MarkedOdds = 5;
    private const int UnmarkedOdds = 20;

    // Mean absolute difference, of 100, of a coded picture in which nothing moves.
    private const double Noise = 0.05;

    /// <summary>What one stretch is made of; null where too little moves to tell fields from frames.</summary>
    /// <param name="stretch">What was counted.</param>
    /// <param name="isMarked">The master says that it is made of fields: then less speaks for it.</param>
    /// <param name="isPulldownRate">30000/1001, the only rate at which 3:2 pulldown occurs.</param>
    public static FieldKind? Of(Stretch stretch, bool isMarked, bool isPulldownRate)
    {
        // Of five frames one repeats its top field and one its bottom field.
        if (isPulldownRate && stretch.RepeatedTop * 8 >= stretch.Frames && stretch.RepeatedBottom * 8 >= stretch.Frames && stretch.Frames > 0)
            return FieldKind.Telecined;

        var (winner, loser) = (Math.Max(stretch.TopFirst, stretch.BottomFirst), Math.Min(stretch.TopFirst, stretch.BottomFirst));
        var least = isMarked ? stretch.Frames / 10 : stretch.Frames * 7 / 10;
        if (winner > least && winner >= (isMarked ? MarkedOdds : UnmarkedOdds) * (loser + stretch.Progressive)) return FieldKind.Interlaced;
        if (stretch.Moving < Math.Max(1, stretch.Frames / 10)) return null;

        // Slow film under pulldown repeats no field for sure; of video nearly every frame is whole.
        return isPulldownRate && stretch.Progressive * 10 < stretch.Frames * 8 ? null : FieldKind.Progressive;
    }

    /// <summary>
    /// What a title is taken for. One stretch of fields makes all of it fields: whole frames lose little by it, and fields that are taken
    /// for frames are combed. So does video beside film: to take one frame of five from it would make it jump.
    /// </summary>
    /// <param name="kinds">Of its stretches.</param>
    /// <param name="isMarked">Where no stretch tells, the master's word is all there is.</param>
    public static FieldKind Of(IReadOnlyCollection<FieldKind?> kinds, bool isMarked)
    {
        var isFilm = kinds.Contains(FieldKind.Telecined);
        if (kinds.Contains(FieldKind.Interlaced) || (isFilm && kinds.Contains(FieldKind.Progressive))) return FieldKind.Interlaced;
        if (isFilm) return FieldKind.Telecined;
        return isMarked && kinds.All(kind => kind is null) ? FieldKind.Interlaced : FieldKind.Progressive;
    }

    /// <summary>The order of fields in the stretches that have any.</summary>
    public static bool IsBottomFirst(IEnumerable<Stretch> stretches) => stretches.Sum(s => s.BottomFirst - s.TopFirst) > 0;

    /// <summary>
    /// A second opinion, because idet takes some patterns for fields: between the two fields of a whole frame there is only the
    /// difference of their lines, and the motion comes between one frame and the next. Fields of different times move at every step;
    /// a coder's noise makes the steps between frames up to 1.12 times the others (measured).
    /// </summary>
    /// <param name="steps">Differences from each field of a stretch to the next, the first to nothing.</param>
    /// <param name="isMarked">As above.</param>
    public static bool AreWhole(IReadOnlyList<double> steps, bool isMarked)
    {
        var pairs = steps.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToList();
        var (within, between) = (pairs.Sum(pair => pair[0]), pairs.Sum(pair => pair[1]));
        return pairs.Count(pair => pair[1] > pair[0]) >= pairs.Count * 9 / 10
            && between > (isMarked ? 1.5 : 1.3) * within && between - within > Noise * pairs.Count;
    }

    /// <summary>
    /// Whether a stretch of 60000/1001 whole frames repeats each of a film's three times and two in turn: of every five frames the same two
    /// differ from the one before, and by more than a coder's noise makes the others differ (up to half as much was measured at a coarse
    /// quantiser). Null where too little moves to tell.
    /// </summary>
    /// <param name="steps">Differences from each frame to the next, the first to nothing.</param>
    public static FieldKind? OfSteps(IReadOnlyList<double> steps)
    {
        var fives = steps.Skip(1).Chunk(5).Where(five => five.Length == 5).ToList();
        if (fives.Count == 0 || fives.Average(five => five.Max()) < Noise) return null;
        return Enumerable.Range(0, 5).Any(phase => IsFilm(fives, phase)) ? FieldKind.Telecined : FieldKind.Progressive;
    }

    private static bool IsFilm(List<double[]> fives, int phase)
    {
        bool IsNew(int place) => place == phase || place == (phase + 2) % 5;
        var sides = fives.ConvertAll(five => (New: five.Where((_, i) => IsNew(i)).ToList(), Repeated: five.Where((_, i) => !IsNew(i)).ToList()));
        return sides.Count(side => side.New.Min() > side.Repeated.Max()) >= sides.Count * 9 / 10
            && sides.Average(side => side.New.Average()) > 2 * sides.Average(side => side.Repeated.Average());
    }

    /// <summary>Frames are taken away only where nothing speaks against it and most stretches for it: what is not film would jump.</summary>
    public static FieldKind OfRepeats(IReadOnlyCollection<FieldKind?> kinds) =>
        !kinds.Contains(FieldKind.Progressive) && 2 * kinds.Count(kind => kind == FieldKind.Telecined) > kinds.Count ? FieldKind.Telecined : FieldKind.Progressive;
}
