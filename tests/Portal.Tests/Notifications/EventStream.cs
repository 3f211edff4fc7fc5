using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;

namespace FlickStream.Portal.Tests.Notifications;

/// <summary>A page that listens.</summary>
internal sealed class EventStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStream(HttpResponseMessage answer, Stream body) =>
        (_answer, _events) = (answer, SseParser.Create(body).EnumerateAsync(Ct).GetAsyncEnumerator(Ct));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<EventStream> OpenAsync(Person person, string? lastEventId = null)
    {
        var answer = await AskAsync(person, lastEventId);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new(answer, await answer.Content.ReadAsStreamAsync(Ct));
    }

    public static async Task<HttpResponseMessage> AskAsync(Person person, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/notifications/events");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return await person.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    /// <summary>The next event: its type, its id and what it carries. Null at the end.</summary>
    public async Task<(string Type, string? Id, JsonElement Data)?> NextAsync() =>
        await _events.MoveNextAsync().AsTask().WaitAsync(Patience)
            ? (_events.Current.EventType, _events.Current.EventId, JsonElement.Parse(_events.Current.Data)) : null;

    /// <summary>The next one, which must be of this type and tell of so many unread.</summary>
    public async Task<(string? Id, JsonElement Data)> NextAsync(string type, int unread)
    {
        var (told, id, data) = await NextAsync() ?? throw new InvalidOperationException("The stream has ended.");
        Assert.Equal((type, unread), (told, data.GetProperty("unread").GetInt32()));
        return (id, data);
    }

    public void Dispose() => _answer.Dispose();
}
