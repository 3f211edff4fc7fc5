using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Tests.Board;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class OfferTextTests
{
    private static readonly string TextId = SideText.IdOf("title", "0123abcd");

    private static CancellationToken Stop => BoardFixture.Stop;

    // The title lasts a minute.
    [Theory]
    [InlineData("01:00:05", null, -3600.0)]
    [InlineData("00:00:05", null, 0.0)]
    [InlineData("00:30:05", -1800.0, -1800.0)]
    public async Task Text_on_programme_time_is_offered_and_tells_what_was_added(string at, double? offset, double added)
    {
        await using var board = new BoardFixture();
        await board.ReadyAsync("title");
        await board.UploadTextAsync($"{at}.000 --> {at}.900\nHello", offset);

        await board.Texts.RunAsync(TextId, Stop);

        Assert.Equal("x0123abcd", Assert.Single((await board.CurrentAsync()).Text).Name);
        var text = (await board.Documents.Set(SideText.Schema).GetAsync(TextId, Stop))!.Value;
        Assert.Equal((false, null, added), (text.IsPending, text.Problem, text.Added));
    }

    [Theory]
    [InlineData("00:30:05", null)]
    [InlineData("00:00:05", 60.0)]
    public async Task Text_outside_the_title_is_told_with_where_it_stands(string at, double? offset)
    {
        await using var board = new BoardFixture();
        await board.ReadyAsync("title");
        await board.UploadTextAsync($"{at}.000 --> {at}.900\nHello", offset);

        await board.Texts.RunAsync(TextId, Stop);

        Assert.Empty((await board.CurrentAsync()).Text);
        var text = (await board.Documents.Set(SideText.Schema).GetAsync(TextId, Stop))!.Value;
        Assert.Equal(("text_outside_title", $"Its cues stand from {at} to {at}; the title lasts 00:01:00."), (text.Problem?.Code, text.Problem?.Detail));
    }
}
