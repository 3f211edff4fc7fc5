using FlickStream.Portal.Recommendations.Interactions;

namespace FlickStream.Portal.Recommendations.Training;

internal enum HiddenPart
{
    /// <summary>What was chosen last: as a page is used. A series of which an episode was watched since was chosen before.</summary>
    Latest,

    /// <summary>A fifth, whenever it was watched: as most results are published.</summary>
    Fifth,
}

/// <summary>A viewer of whom some titles are hidden.</summary>
/// <param name="Occasion">When the first of the hidden was chosen.</param>
internal sealed record Case(History Known, int[] Hidden, Occasion Occasion)
{
    private static readonly int[] ShortHistories = [1, 2, 3, 5, 10];

    /// <summary>Which titles may have been there to choose; null for all, as where no times are known.</summary>
    public Func<int, bool>? Choice(FirstWatched? first) => first is not null && Occasion.Age is { } age ? title => first.WasThere(title, age) : null;

    /// <summary>The same, and every second of them once more with a short history. The ranker would otherwise learn from those alone of whom something could
    /// be hidden, and order by that for viewers who have just come.</summary>
    public static IReadOnlyList<Case> WithShortened(IReadOnlyList<Case> cases) =>
        [.. cases, .. cases.Where((_, at) => at % 2 == 1).Select((@case, at) => @case.Shortened(at)).Where(shortened => !shortened.Known.Past.IsEmpty)];

    /// <summary>As if no more were known than the latest 1 to 10 titles, one length after the other. What came before does not come again.</summary>
    public Case Shortened(int at) => OfLatest(ShortHistories[at % ShortHistories.Length]);

    /// <summary>As if no more were known than the latest titles.</summary>
    public Case OfLatest(int known)
    {
        var latest = Known.Last(known);
        return this with { Known = latest with { Past = Known.Seen[..^Math.Min(latest.Length, Known.Seen.Length)] } };
    }
}

/// <summary>Takes titles away from some viewers, so that later stages learn from labels that the earlier ones did not see.</summary>
internal static class HoldOut
{
    /// <summary>Titles watched: of a shorter history too little would be left.</summary>
    public const int ShortestHistory = 5;

    /// <summary>Of how many viewers something can be hidden.</summary>
    public static int Count(InteractionTable table) => Enumerable.Range(0, table.Viewers).Count(viewer => IsLongEnough(table, viewer));

    /// <param name="most">Viewers of whom something is hidden.</param>
    public static (InteractionTable Shown, Case[] Cases) Of(InteractionTable table, HiddenPart part, int most, int seed)
    {
        var random = new Random(seed);
        var chosen = Enumerable.Range(0, table.Viewers).Where(viewer => IsLongEnough(table, viewer)).ToArray();
        random.Shuffle(chosen);
        var (rows, moments, cases) = (new History[table.Viewers], new Moment[table.Viewers][], new List<Case>());
        var ages = new float[table.Viewers][];
        for (var viewer = 0; viewer < rows.Length; viewer++)
        {
            (rows[viewer], moments[viewer]) = (table.Of(viewer), table.MomentsOf(viewer).ToArray());
            ages[viewer] = table.AgesOf(viewer).ToArray();
        }

        foreach (var viewer in chosen[..Math.Min(most, chosen.Length)])
        {
            var (history, when, age) = (rows[viewer], moments[viewer], ages[viewer]);
            var hide = Hidden(part, table.WishedOf(viewer), history.Length, table.NewestOf(viewer), random);
            var keep = Enumerable.Range(0, history.Length).Except(hide).ToArray();
            rows[viewer] = new(Array.ConvertAll(keep, at => history.Titles.Span[at]), Array.ConvertAll(keep, at => history.Weights.Span[at])) { Wished = history.Wished };
            moments[viewer] = Array.ConvertAll(keep, at => when[at]);
            var occasion = new Occasion(when[hide[0]]);
            if (table.IsDated)
            {
                ages[viewer] = Array.ConvertAll(keep, at => age[at]);
                occasion = occasion with { Age = part == HiddenPart.Latest ? table.ChosenAgeOf(viewer) : age[hide[0]], LastAge = ages[viewer][history.Wished..].Min() };
            }

            cases.Add(new(rows[viewer], Array.ConvertAll(hide, at => history.Titles.Span[at]), occasion));
        }

        return (InteractionTable.Of(table.Titles, rows, moments, dating: table.DatingOf(ages)), [.. cases]);
    }

    private static bool IsLongEnough(InteractionTable table, int viewer) => table.TitlesOf(viewer).Length - table.WishedOf(viewer) >= ShortestHistory;

    // Of what was watched alone: what is wished for may come all the same.
    private static int[] Hidden(HiddenPart part, int wished, int length, int newest, Random random)
    {
        if (part == HiddenPart.Latest) return [newest];
        var places = Enumerable.Range(wished, length - wished).ToArray();
        random.Shuffle(places);
        var hidden = places[..Math.Max(1, places.Length / 5)];
        Array.Sort(hidden);
        return hidden;
    }
}
