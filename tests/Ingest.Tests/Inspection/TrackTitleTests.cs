namespace FlickStream.Ingest.Tests.Inspection;

public sealed class TrackTitleTests : InspectionBench
{
    [Theory]
    [InlineData("SoundHandle", null)]
    [InlineData("SoundHandler", null)]
    [InlineData("GoPro AAC", null)]
    [InlineData("Core Media Audio", null)]
    [InlineData("Mainconcept MP4 Sound Media Handler", null)]
    [InlineData("ISO Media file produced by Google Inc. Created on: 01/02/2024.", null)]
    [InlineData("film.mp4#audio:trackID=2", null)]
    [InlineData("Apple Sound", null)]
    [InlineData("Stereo", null)]
    [InlineData("Director's Commentary", "Director's Commentary")]
    [InlineData("Deutsch 5.1", "Deutsch 5.1")]
    [InlineData("David and Sonya on the set", "David and Sonya on the set")]
    public async Task A_handlers_name_is_a_title_where_it_says_something_to_people(string handler, string? title) =>
        Assert.Equal(title, Assert.Single((await AcceptedAsync(await MasterAsync("named.mp4", arguments: ["-metadata:s:a:0", $"handler_name={handler}"]))).Audio).Title);
}
