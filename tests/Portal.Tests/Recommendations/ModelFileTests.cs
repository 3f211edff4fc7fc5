using System.Security.Cryptography;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Publishing;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Tests.Recommendations;

[Collection(TrainedOnPlanted.Collection)]
public sealed class ModelFileTests(TrainedOnPlanted planted)
{
    private static readonly Dictionary<string, Func<TitleModel, TitleModel>> Wrong = new()
    {
        ["fewer ids than titles"] = titled => new([.. titled.TitleIds.Skip(1)], titled.Model),
        ["an id twice"] = titled => new([titled.TitleIds[1], .. titled.TitleIds.Skip(1)], titled.Model),
        ["a tree that is a loop"] = titled => Of(titled, new Tree([0], [0], [0], [~0], [1, 2])),
        ["a tree with a way back"] = titled => Of(titled, new Tree([0, 1], [0, 0], [1, 0], [~0, ~1], [1, 2, 3])),
        ["a tree by a feature that there is not"] = titled => Of(titled, new Tree([RankerFeatures.Count], [0], [~0], [~1], [1, 2])),
        ["a tree by a feature before the first"] = titled => Of(titled, new Tree([-1], [0], [~0], [~1], [1, 2])),
        ["a tree with a leaf that there is not"] = titled => Of(titled, new Tree([0], [0], [~0], [~2], [1, 2])),
        ["a tree with a child that there is not"] = titled => Of(titled, new Tree([0], [0], [~0], [1], [1, 2])),
        ["a tree with a side too few"] = titled => Of(titled, new Tree([0, 1], [0, 0], [1, ~0], [~1], [1, 2, 3])),
        ["a tree without a leaf"] = titled => Of(titled, new Tree([], [], [], [], [])),
        ["a leaf that is no number"] = titled => Of(titled, new Tree([0], [0], [~0], [~1], [1, double.NaN])),
        ["a stage less"] = titled => new(titled.TitleIds, titled.Model with { Blend = titled.Model.Blend with { Weights = titled.Model.Blend.Weights[1..] } }),
        ["a weight that is no number"] = titled => new(titled.TitleIds, titled.Model with { Blend = titled.Model.Blend with { Weights = [1, 1, 1, 1, 1, float.NaN] } }),
        ["popularity that does not fall"] = titled => new(titled.TitleIds, titled.Model with { Blend = titled.Model.Blend with { PriorHalf = 0 } }),
        ["weights of more titles"] = titled => Of(titled, items: SparseRows.OfColumns(new (int, float)[]?[titled.TitleIds.Count], titled.TitleIds.Count + 1)),
        ["weights for more titles"] = titled => Of(titled, items: SparseRows.OfColumns(new (int, float)[]?[titled.TitleIds.Count + 1], titled.TitleIds.Count)),
        ["an infinite weight"] = titled => Of(titled, items: SparseRows.OfColumns([[(1, float.PositiveInfinity)], .. new (int, float)[]?[titled.TitleIds.Count - 1]], titled.TitleIds.Count)),
        ["factors of fewer titles"] = titled => Of(titled, factors: titled.Model.Stages.Factors.Values[..^TrainedOnPlanted.Options.Factors]),
        ["popularity of fewer titles"] = titled => Of(titled, popularity: titled.Model.Stages.Popularity[1..]),
        ["first times of fewer titles"] = titled => Of(titled, first: new([1], DateTimeOffset.UnixEpoch)),
        ["a first time that is no number"] = titled => Of(titled, first: new([.. titled.TitleIds.Select(_ => float.NaN)], DateTimeOffset.UnixEpoch)),
        ["popularity below none"] = titled => Of(titled, popularity: [-0.1f, .. titled.Model.Stages.Popularity[1..]]),
        ["factors that are no numbers"] = titled => Of(titled, factors: [.. titled.Model.Stages.Factors.Values[..^1], float.NaN]),
        ["moments of fewer titles"] = titled => Of(titled, moments: titled.Model.Stages.Moments.Values[1..]),
        ["viewers of fewer titles"] = titled => Of(titled, viewers: titled.Model.Stages.Viewers[1..]),
        ["fewer viewers than none"] = titled => Of(titled, viewers: [-1, .. titled.Model.Stages.Viewers[1..]]),
        ["factors that do not fill registers"] = titled => Of(titled, width: 12),
        ["no factors"] = titled => Of(titled, width: 0),
    };

    public static TheoryData<string> WrongModels => [.. Wrong.Keys];

    private TitleModel Titled => new([.. Enumerable.Range(0, planted.Data.Titles).Select(at => $"title {at}")], planted.Model);

    [Fact]
    public void A_model_that_was_written_and_read_recommends_the_same()
    {
        var written = Written(Titled);
        foreach (var checksum in new[] { ChecksumOf(written), null })
        {
            var read = Read(written, checksum);
            Assert.Equal("title 7", read.TitleIds[7]);
            Assert.Equal(7, read.PlaceOf("title 7"));
            Assert.Null(read.PlaceOf("another"));
            Assert.NotNull(read.Model.Ranker);
            var scores = new StageScores(planted.Data.Titles);
            foreach (var test in planted.Tests[..20])
                Assert.Equal(planted.Model.Rank(test.Known, test.Occasion, scores), read.Model.Rank(test.Known, test.Occasion, scores));
        }
    }

    // As models are that were published before they told since when titles are watched, and before they told what is popular.
    [Fact]
    public void A_model_of_a_form_before_is_read_and_knows_less()
    {
        float[] popular = [.. planted.Model.Stages.Popularity.Select((share, title) => title == 3 ? 1 : share / 2)];
        var first = new FirstWatched([.. popular.Select((_, title) => title == 5 ? FirstWatched.Never : title)], new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var written = Written(Of(Titled, popularity: popular, first: first));
        var read = Read(written, null).Model.Stages;
        Assert.Equal(popular, read.Popularity);
        Assert.Equal(first.Ages, read.First!.Ages);
        Assert.Equal(first.Latest, read.First.Latest);

        var undated = OfForm(2, written[..^(sizeof(bool) + sizeof(int) + (popular.Length * sizeof(float)) + sizeof(long))]);
        read = Read(undated, null).Model.Stages;
        Assert.Equal(popular, read.Popularity);
        Assert.Null(read.First);

        var unpopular = OfForm(1, undated[..^((popular.Length + 1) * sizeof(float))]);
        Assert.Equal(planted.Model.Stages.Popularity, Read(unpopular, null).Model.Stages.Popularity);
        Assert.Throws<InvalidDataException>(() => Read([.. written[..^1]], null));

        static byte[] OfForm(int form, byte[] bytes)
        {
            bytes[bytes.AsSpan().IndexOf("model 3"u8) is var at && at >= 0 ? at + "model ".Length : bytes.AsSpan().IndexOf("model 2"u8) + "model ".Length] = (byte)('0' + form);
            return bytes;
        }
    }

    [Fact]
    public void What_is_not_whole_is_longer_or_of_another_form_is_refused()
    {
        var bytes = Written(Titled);
        foreach (var length in new[] { 0, 10, 200, bytes.Length / 3, bytes.Length - 1 }) Assert.Throws<InvalidDataException>(() => Read(bytes[..length], null));
        Assert.Throws<InvalidDataException>(() => Read([.. bytes, 0], null));
        bytes[5] ^= 1;
        Assert.Throws<InvalidDataException>(() => Read(bytes, null));
    }

    [Fact]
    public void Of_what_has_its_checksum_no_bit_may_be_another()
    {
        var (bytes, random) = (Written(Titled), new Random(1));
        var checksum = ChecksumOf(bytes);
        var places = Enumerable.Range(0, 100).Concat(Enumerable.Range(0, 300).Select(_ => random.Next(bytes.Length))).Append(bytes.Length - 1);
        foreach (var place in places)
        {
            var bit = (byte)(1 << random.Next(8));
            bytes[place] ^= bit;
            Assert.Throws<InvalidDataException>(() => Read(bytes, checksum));
            bytes[place] ^= bit;
        }

        Assert.NotNull(Read(bytes, checksum));
    }

    // As models are that were published before there were checksums.
    [Fact]
    public void Without_a_checksum_whatever_is_read_can_be_used()
    {
        var (bytes, random, refused) = (Written(Titled), new Random(2), 0);
        for (var times = 0; times < 400; times++)
        {
            var (place, bit) = (times < 100 ? 35 + times : random.Next(bytes.Length), (byte)(1 << random.Next(8)));
            bytes[place] ^= bit;
            try
            {
                var read = Read(bytes, null);
                foreach (var test in planted.Tests[..3]) Assert.NotEmpty(read.Model.Rank(test.Known, test.Occasion, new(read.TitleIds.Count)));
            }
            catch (InvalidDataException)
            {
                refused++;
            }

            bytes[place] ^= bit;
        }

        Assert.InRange(refused, 20, 399);
    }

    [Theory]
    [MemberData(nameof(WrongModels))]
    public void What_would_lead_outside_or_nowhere_is_refused_though_its_checksum_is_right(string wrong)
    {
        var bytes = Written(Wrong[wrong](Titled));
        Assert.Throws<InvalidDataException>(() => Read(bytes, ChecksumOf(bytes)));
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 2 }, new[] { 0, 2 }, 2, true)]
    [InlineData(new[] { 0, 1, 2, 2 }, new[] { 0, 3 }, 2, false)]
    [InlineData(new[] { 0, 1, 2, 2 }, new[] { 0, -1 }, 2, false)]
    [InlineData(new[] { 0, 2, 2, 2 }, new[] { 1, 0 }, 2, false)]
    [InlineData(new[] { 0, 2, 2, 2 }, new[] { 1, 1 }, 2, false)]
    [InlineData(new[] { 0, 2, 1, 2 }, new[] { 0, 1 }, 2, false)]
    [InlineData(new[] { 0, 9, 1, 2 }, new[] { 0, 1 }, 2, false)]
    [InlineData(new[] { 1, 1, 1, 2 }, new[] { 0, 1 }, 2, false)]
    [InlineData(new[] { 0, 1, 1, 1 }, new[] { 0, 1 }, 2, false)]
    [InlineData(new[] { 0, 1, 2 }, new[] { 0, 1 }, 2, false)]
    [InlineData(new[] { 0, 1, 2, 2 }, new[] { 0, 1 }, 1, false)]
    public void Cells_of_a_matrix_lie_in_it_and_in_order(int[] starts, int[] columns, int values, bool isWellFormed)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(3);
        writer.WriteArray(starts);
        writer.WriteArray(columns);
        writer.WriteArray(new float[values]);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        if (isWellFormed) Assert.Equal(2, SparseRows.Read(reader, 3).Count);
        else Assert.Throws<InvalidDataException>(() => SparseRows.Read(reader, 3));
    }

    private static TitleModel Of(TitleModel titled, Tree tree) => new(titled.TitleIds, titled.Model with { Ranker = new([tree]) });

    private static TitleModel Of(
        TitleModel titled, SparseRows? items = null, float[]? factors = null, float[]? moments = null, int[]? viewers = null, int? width = null, float[]? popularity = null,
        FirstWatched? first = null)
    {
        var (stages, options) = (titled.Model.Stages, titled.Model.Stages.Options);
        return new(titled.TitleIds, titled.Model with
        {
            Stages = new()
            {
                Options = options with { Factors = width ?? options.Factors }, Items = items ?? stages.Items, Next = stages.Next, Neighbours = stages.Neighbours,
                Factors = factors is null ? stages.Factors : new(factors, options), Viewers = viewers ?? stages.Viewers,
                Popularity = popularity ?? stages.Popularity,
                Moments = moments is null ? stages.Moments : new(moments), First = first,
            },
        });
    }

    private static TitleModel Read(byte[] bytes, string? checksum) => ModelFile.Read(new MemoryStream(bytes), bytes.Length, checksum);

    private static string ChecksumOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Written(TitleModel titled)
    {
        var stream = new MemoryStream();
        ModelFile.Write(stream, titled);
        return stream.ToArray();
    }
}
