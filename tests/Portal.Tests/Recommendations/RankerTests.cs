using FlickStream.Portal.Recommendations.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class RankerTests
{
    [Fact]
    public void Our_reading_of_the_trees_gives_what_the_library_gives()
    {
        var (random, machine) = (new Random(1), new MLContext(1));
        var rows = Enumerable.Range(0, 2000).Select(at =>
        {
            float[] features = [random.NextSingle(), random.NextSingle(), random.Next(3)];
            return new Row { Group = (uint)(at / 20) + 1, Features = features, Label = features[0] + (features[1] * features[2]) > 1.2 ? 1 : 0 };
        }).ToArray();
        var data = machine.Data.LoadFromEnumerable(rows);
        var trained = machine.Ranking.Trainers.LightGbm(rowGroupColumnName: nameof(Row.Group), numberOfLeaves: 15, minimumExampleCountPerLeaf: 10, numberOfIterations: 20).Fit(data);
        var theirs = trained.Transform(data).GetColumn<float>("Score").ToArray();
        var ours = RankerTraining.Read(trained.Model);
        Assert.Equal(20, ours.Trees.Length);
        Assert.True(theirs.Distinct().Count() > 100);
        for (var at = 0; at < rows.Length; at++) Assert.Equal(theirs[at], ours.Of(rows[at].Features), 1e-5);
    }

    private sealed class Row
    {
        [KeyType(1000)]
        public uint Group { get; set; }

        public float Label { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
