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

    [Fact]
    public async Task Texts_stand_in_the_order_in_which_they_were_uploaded_whichever_is_offered_first()
    {
        await using var board = new BoardFixture();
        await board.ReadyAsync("title");
        string[] uploaded = ["ffff0000", "00000000", "88888888"];
        foreach (var id in uploaded)
        {
            await board.UploadTextAsync("00:01.000 --> 00:02.000\nHello", textId: id);
            board.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        foreach (var id in uploaded.Order(StringComparer.Ordinal)) await board.Texts.RunAsync(SideText.IdOf("title", id), Stop);

        Assert.Equal(uploaded.Select(id => $"x{id}"), (await board.CurrentAsync()).Text.Select(text => text.Name));
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
