using System.Text;
using System.Text.Json;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Publishing;

/// <summary>A model as bytes: what a node trains and all others read. Its parts in order, arrays as they lie in memory.</summary>
internal static class ModelFile
{
    private const string Form = "flickstream recommendation model 1";

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
    }

    /// <exception cref="InvalidDataException">It is not a model of this form.</exception>
    /// <exception cref="EndOfStreamException">It is not whole.</exception>
    public static TitleModel Read(Stream from)
    {
        using var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadString() is var form && form != Form) throw new InvalidDataException($"A model of the form '{form}' cannot be read.");
        var options = JsonSerializer.Deserialize<TrainingOptions>(reader.ReadString())!;
        var ids = new string[reader.ReadInt32()];
        for (var at = 0; at < ids.Length; at++) ids[at] = reader.ReadString();
        var stages = new StageSet
        {
            Options = options, Items = SparseRows.Read(reader), Next = SparseRows.Read(reader), Neighbours = SparseRows.Read(reader),
            Factors = new(reader.ReadArray<float>(), options), Viewers = reader.ReadArray<int>(), Moments = new(reader.ReadArray<float>()),
        };
        var blend = new Blend(reader.ReadArray<float>(), reader.ReadSingle());
        var trees = new Tree[reader.ReadInt32()];
        for (var at = 0; at < trees.Length; at++) trees[at] = ReadTree(reader);
        return new(ids, new(stages, blend, trees.Length == 0 ? null : new(trees)));
    }

    private static void Write(BinaryWriter to, Tree tree)
    {
        to.WriteArray(tree.Features);
        to.WriteArray(tree.Thresholds);
        to.WriteArray(tree.Lower);
        to.WriteArray(tree.Upper);
        to.WriteArray(tree.Leaves);
    }

    private static Tree ReadTree(BinaryReader from) =>
        new(from.ReadArray<int>(), from.ReadArray<float>(), from.ReadArray<int>(), from.ReadArray<int>(), from.ReadArray<double>());
}
