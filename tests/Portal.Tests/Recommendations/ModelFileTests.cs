using FlickStream.Portal.Recommendations.Publishing;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Tests.Recommendations;

[Collection(TrainedOnPlanted.Collection)]
public sealed class ModelFileTests(TrainedOnPlanted planted)
{
    [Fact]
    public void A_model_that_was_written_and_read_recommends_the_same()
    {
        var read = ModelFile.Read(Written());
        Assert.Equal("title 7", read.TitleIds[7]);
        Assert.Equal(7, read.PlaceOf("title 7"));
        Assert.Null(read.PlaceOf("another"));
        var scores = new StageScores(planted.Data.Titles);
        foreach (var test in planted.Tests[..20])
            Assert.Equal(planted.Model.Rank(test.Known, test.Moment, scores), read.Model.Rank(test.Known, test.Moment, scores));
    }

    [Fact]
    public void What_is_not_whole_or_of_another_form_is_refused()
    {
        var bytes = Written().ToArray();
        Assert.Throws<EndOfStreamException>(() => ModelFile.Read(new MemoryStream(bytes[..^100])));
        bytes[5] ^= 1;
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream(bytes)));
    }

    private MemoryStream Written()
    {
        var stream = new MemoryStream();
        ModelFile.Write(stream, new([.. Enumerable.Range(0, planted.Data.Titles).Select(at => $"title {at}")], planted.Model));
        stream.Position = 0;
        return stream;
    }
}
