using System.Text;
using System.Text.Json;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Publishing;

/// <summary>A model as bytes: what a node trains and all others read. Its parts in order, arrays as they lie in memory.</summary>
internal static class ModelFile
{
    private const string Form = "flickstream recommendation model 3";

    // It did not tell since when titles are watched.
    private const string Undated = "flickstream recommendation model 2";

    // Nor what is popular, so that all viewers of a title count, whenever they watched it.
    private const string Unpopular = "flickstream recommendation model 1";

    // Five lengths and a leaf.
    private const int FewestBytesOfTree = (5 * sizeof(int)) + sizeof(double);

    public static void Write(Stream to, TitleModel titled)
    {
        var (model, stages) = (titled.Model, titled.Model.Stages);
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        writer.Write(Form);
        writer.Write(JsonSerializer.Serialize(stages.Options));
        writer.Write(titled.TitleIds.Count);
        foreach (var id in titled.TitleIds) writer.Write(id);
        stages.Items.Write(writer);
        stages.Next.Write(writer);
        stages.Neighbours.Write(writer);
        writer.WriteArray(stages.Factors.Values);
        writer.WriteArray(stages.Viewers);
        writer.WriteArray(stages.Moments.Values);
        writer.WriteArray(model.Blend.Weights);
        writer.Write(model.Blend.PriorHalf);
        writer.Write(model.Ranker?.Trees.Length ?? 0);
        foreach (var tree in model.Ranker?.Trees ?? []) Write(writer, tree);
        writer.WriteArray(stages.Popularity);
        writer.Write(stages.First is not null);
        if (stages.First is not { } first) return;
        writer.WriteArray(first.Ages);
        writer.Write(first.Latest.UtcTicks);
    }

    /// <param name="length">Of all of it, in bytes.</param>
    /// <param name="checksum">SHA-256 of all of it, in lower-case hexadecimal digits; null where it is not known.</param>
    /// <exception cref="InvalidDataException">It is not whole, not what was written, or not a model of this form.</exception>
    public static TitleModel Read(Stream from, long length, string? checksum)
    {
        using var counted = new CountedStream(from, length);
        using var reader = new BinaryReader(counted, Encoding.UTF8, leaveOpen: true);
        try
        {
            var model = Read(reader);
            if (counted.Position != length) throw new InvalidDataException($"After the model there are {length - counted.Position} bytes.");
            return checksum is null || counted.Checksum() == checksum ? model : throw new InvalidDataException("Its checksum is another.");
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or JsonException)
        {
            throw new InvalidDataException($"It is not whole: {fault.Message}", fault);
        }
    }

    private static TitleModel Read(BinaryReader from)
    {
        var form = from.ReadText();
        if (form is not (Form or Undated or Unpopular)) throw new InvalidDataException($"A model of the form '{form}' cannot be read.");
        if (JsonSerializer.Deserialize<TrainingOptions>(from.ReadText()) is not { } options) throw new InvalidDataException("There are no options.");
        if (options.Faults() is [var fault, ..]) throw new InvalidDataException(fault);
        var ids = new string[from.ReadCount(1)];
        for (var at = 0; at < ids.Length; at++) ids[at] = from.ReadText();
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Length) throw new InvalidDataException("A title is there twice.");
        var (items, next, neighbours) = (SparseRows.Read(from, ids.Length), SparseRows.Read(from, ids.Length), SparseRows.Read(from, ids.Length));
        var (factors, viewers) = (from.ReadNumbers((long)ids.Length * options.Factors), from.ReadArray<int>(ids.Length));
        var moments = from.ReadNumbers((long)ids.Length * Moment.Count);
        if (viewers.AsSpan().ContainsAnyExceptInRange(0, int.MaxValue)) throw new InvalidDataException("A title has less than no viewers.");
        var blend = new Blend(from.ReadNumbers(StageScores.Stages), from.ReadSingle());
        if (!(float.IsFinite(blend.PriorHalf) && blend.PriorHalf > 0)) throw new InvalidDataException("The weight of popularity does not fall.");
        var trees = new Tree[from.ReadCount(FewestBytesOfTree)];
        for (var at = 0; at < trees.Length; at++) trees[at] = ReadTree(from);
        var popularity = form == Unpopular ? InteractionTable.PopularityOf(viewers) : from.ReadNumbers(ids.Length);
        if (popularity.AsSpan().ContainsAnyExceptInRange(0, 1)) throw new InvalidDataException("A title is less popular than none, or more than the most popular.");
        var stages = new StageSet
        {
            Options = options, Items = items, Next = next, Neighbours = neighbours, Factors = new(factors, options), Viewers = viewers, Popularity = popularity,
            Moments = new(moments), First = form == Form && from.ReadBoolean() ? ReadFirst(from, ids.Length) : null,
        };
        return new(ids, new(stages, blend, trees.Length == 0 ? null : new(trees)));
    }

    private static FirstWatched ReadFirst(BinaryReader from, int titles)
    {
        var (ages, latest) = (from.ReadNumbers(titles), from.ReadInt64());
        return latest >= DateTimeOffset.MinValue.Ticks && latest <= DateTimeOffset.MaxValue.Ticks ? new(ages, new(latest, TimeSpan.Zero))
            : throw new InvalidDataException("Its latest time is none.");
    }

    private static void Write(BinaryWriter to, Tree tree)
    {
        to.WriteArray(tree.Features);
        to.WriteArray(tree.Thresholds);
        to.WriteArray(tree.Lower);
        to.WriteArray(tree.Upper);
        to.WriteArray(tree.Leaves);
    }

    private static Tree ReadTree(BinaryReader from)
    {
        var tree = new Tree(from.ReadArray<int>(), from.ReadArray<float>(), from.ReadArray<int>(), from.ReadArray<int>(), from.ReadArray<double>());
        return tree.IsOf(RankerFeatures.Count) ? tree : throw new InvalidDataException("A tree has a loop, or leads nowhere.");
    }
}
