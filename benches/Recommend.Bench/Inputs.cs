using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Bench;

namespace FlickStream.Recommend.Bench;

/// <summary>What is trained on and measured.</summary>
/// <param name="Catalogue">How many titles a model is drawn of that is not trained; null where one is trained on <paramref name="Data"/>.</param>
/// <param name="Content">Of how many titles only the content is learned; null as before.</param>
internal sealed record Inputs(Arguments Given, TrainingOptions Options, int Requests, int? Catalogue, int? Content, DataSet? Data)
{
    // A request has a history of up to 200 titles and ranks 100 others.
    private const int SmallestCatalogue = 1000;

    private static readonly string[] Flags = ["cold-viewers", "cold-titles", "no-blas"];

    private static readonly string[] Values =
    [
        "train", "test", "items", "protocol", "generate", "catalogue", "content", "viewers", "requests", "factors", "epochs", "head", "item-lambda", "next-lambda", "factor-lambda",
        "unwatched", "cases", "trees", "seed",
    ];

    /// <summary>Null where it cannot be read, which was said.</summary>
    public static Inputs? Read(string[] words, TextWriter errors)
    {
        try
        {
            var given = Arguments.Of(words, Values, Flags);
            var (options, requests) = (OptionsOf(given), given.Number("requests", 2000, least: 1));
            if (given.Has("catalogue")) return new(given, options, requests, given.Number("catalogue", SmallestCatalogue, least: SmallestCatalogue), null, null);
            if (given.Has("content")) return new(given, options, requests, null, given.Number("content", SmallestCatalogue, least: SmallestCatalogue), null);
            int? viewers = given.Has("viewers") ? given.Number("viewers", 1, least: 1) : null;
            var data = given.Text("generate") is { } size ? MadeUp.Of(size, viewers, options.Seed)
                : given.Text("train") is { } train && given.Text("test") is { } test ? DataFiles.Read(train, test, given.Text("items"), given.Text("protocol") ?? "next")
                : throw new ArgumentException("Name --train FILE and --test FILE, or --generate INTERACTIONSxTITLES, or --catalogue TITLES, or --content TITLES.");
            return new(given, options, requests, null, null, data);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(fault.Message);
            return null;
        }
    }

    private static TrainingOptions OptionsOf(Arguments given)
    {
        var usual = new TrainingOptions();
        var options = usual with
        {
            Factors = given.Number("factors", usual.Factors), FactorEpochs = given.Number("epochs", usual.FactorEpochs), HeadTitles = given.Number("head", usual.HeadTitles),
            ItemRegularization = given.Number("item-lambda", usual.ItemRegularization), NextRegularization = given.Number("next-lambda", usual.NextRegularization),
            UnwatchedWeight = given.Number("unwatched", usual.UnwatchedWeight), FactorRegularization = given.Number("factor-lambda", usual.FactorRegularization),
            RankerTrees = given.Number("trees", usual.RankerTrees), Cases = given.Number("cases", usual.Cases), Seed = given.Number("seed", usual.Seed),
        };
        return options.Faults() is { Count: > 0 } faults ? throw new ArgumentException(string.Join(Environment.NewLine, faults)) : options;
    }
}
