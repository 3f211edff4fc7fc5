using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Search.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>What titles are compared by: words of name and synopsis, genres, people and tags.</summary>
/// <param name="Rows">A row of length 1 for each title, by TF-IDF.</param>
/// <param name="FieldOf">Of each feature: words, genres, people or tags.</param>
internal sealed record ContentFeatures(SparseRows Rows, byte[] FieldOf)
{
    private static readonly string[] Parts = [nameof(Row.Prose), nameof(Row.Genres), nameof(Row.People), nameof(Row.Tags)];

    // What stands between the members of a list, as no name contains.
    private const char Between = '\n';

    // A word of every title weighs nothing, and without any the library refuses.
    private const string Everywhere = "everytitle";

    // A shared genre says less than a shared director.
    private const float GenreShare = 0.6f;

    public static ContentFeatures Of(IReadOnlyList<ContentText> titles)
    {
        var machine = new MLContext(seed: 1);
        // Gone through more than once, so that words are not looked for each time.
        Row[] texts = [.. titles.Select(title => new Row(title))];
        var data = machine.Data.LoadFromEnumerable(texts);
        var pipeline = machine.Transforms.Text.TokenizeIntoWords(nameof(Row.Prose), separators: [Between])
            .Append(machine.Transforms.Text.RemoveDefaultStopWords(nameof(Row.Prose)))
            .Append(Bag(machine, nameof(Row.Prose)))
            .Append(machine.Transforms.Text.TokenizeIntoWords(nameof(Row.Genres), separators: [Between])).Append(Bag(machine, nameof(Row.Genres)))
            .Append(machine.Transforms.Text.TokenizeIntoWords(nameof(Row.People), separators: [Between])).Append(Bag(machine, nameof(Row.People)))
            .Append(machine.Transforms.Text.TokenizeIntoWords(nameof(Row.Tags), separators: [Between])).Append(Bag(machine, nameof(Row.Tags)));
        var view = pipeline.Fit(data).Transform(data);
        var parts = Parts.Select(name => Cells(view, name)).ToArray();
        var rows = new (int, float)[titles.Count][];
        for (var title = 0; title < rows.Length; title++)
        {
            var first = 0;
            rows[title] = Joined([.. parts.Select((part, at) =>
                (part.Rows[title], First: (first += part.Width) - part.Width, Share: at == 1 ? GenreShare : 1))]);
        }

        return new(SparseRows.OfColumns(rows, parts.Sum(part => part.Width)).Transposed(),
            [.. parts.SelectMany((part, at) => Enumerable.Repeat((byte)at, part.Width))]);
    }

    /// <summary>The same features, each by its weight wherever it is.</summary>
    /// <param name="weights">Of each feature; those of 0 are left out.</param>
    /// <param name="areWhole">Each row is of length 1.</param>
    public SparseRows Weighted(float[] weights, bool areWhole)
    {
        var rows = new (int, float)[Rows.Rows][];
        Parallel.For(0, rows.Length, title =>
        {
            var cells = new List<(int, float Value)>();
            foreach (var feature in Rows.ColumnsOf(title))
                if (weights[feature] > 0) cells.Add((feature, weights[feature]));
            var whole = areWhole ? Length([.. cells]) : 1;
            rows[title] = [.. cells.Select(cell => (cell.Item1, cell.Value / whole))];
        });
        return SparseRows.OfColumns(rows, Rows.Columns).Transposed();
    }

    // Copied while it is read, as one buffer serves all rows.
    private static (int Width, (int At, float Value)[][] Rows) Cells(IDataView view, string name)
    {
        var width = 0;
        var rows = view.GetColumn<VBuffer<float>>(name).Select(values =>
        {
            width = values.Length;
            return values.Items().Where(cell => cell.Value != 0).Select(cell => (cell.Key, cell.Value)).ToArray();
        }).ToArray();
        return (width, rows);
    }

    private static EstimatorChain<NgramExtractingTransformer> Bag(MLContext machine, string column) => machine.Transforms.Conversion.MapValueToKey(column)
        .Append(machine.Transforms.Text.ProduceNgrams(column, ngramLength: 1, useAllLengths: false, maximumNgramsCount: 200_000,
            weighting: NgramExtractingEstimator.WeightingCriteria.TfIdf));

    private static (int, float)[] Joined(((int At, float Value)[] Cells, int First, float Share)[] parts)
    {
        var cells = parts.SelectMany(part => part.Cells.Select(cell => (part.First + cell.At, cell.Value * part.Share / Length(part.Cells)))).ToArray();
        var whole = Length(cells);
        return Array.ConvertAll(cells, cell => (cell.Item1, cell.Item2 / whole));
    }

    private static float Length((int, float Value)[] cells) => MathF.Sqrt(cells.Sum(cell => cell.Value * cell.Value));

    private sealed class Row(ContentText title)
    {
        // As search finds them: folded, and of scripts without spaces two signs at a time.
        public string Prose { get; } = string.Join(Between, Words.Of(title.Name).Concat(Words.Of(title.Synopsis)).Select(word => word.Text).Prepend(Everywhere));

        public string Genres { get; } = string.Join(Between, title.Genres.Prepend(Everywhere));

        public string People { get; } = string.Join(Between, title.People.Prepend(Everywhere));

        public string Tags { get; } = string.Join(Between, title.Tags.Prepend(Everywhere));
    }
}
