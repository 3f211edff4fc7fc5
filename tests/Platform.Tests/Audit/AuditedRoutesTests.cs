using System.Net;
using System.Net.Http.Headers;
using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Tests.Audit;

public sealed class AuditedRoutesTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.Path)]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.AddPlatform(PlatformHosting.Standalone);
        _app = builder.Build();
        _app.UsePlatform();
        _app.MapPost("/silent", Results<NoContent, ProblemHttpResult> () => TypedResults.NoContent()).RequireAuthorization(Scopes.Admin).TellsAudit();
        _app.MapPost("/refusing", Results<NoContent, ProblemHttpResult> () => AccessProblems.Forbidden.ToResult()).RequireAuthorization(Scopes.Admin).TellsAudit();
        _app.MapPost("/telling", Telling).RequireAuthorization(Scopes.Admin).TellsAudit();
        _app.MapPost("/things/{id}/parts/{part}", () => TypedResults.NotFound()).RequireAuthorization(Scopes.Admin).Audited("thing_done", "thing");
        await _app.StartAsync(Ct);
        var key = await _app.Services.GetRequiredService<ApiKeys>().CreateAsync("a key", [Scopes.Admin], Ct);
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);

        static async Task<Results<NoContent, ProblemHttpResult>> Telling(AuditTrail audit, HttpContext http)
        {
            await audit.AddAsync(http, "told", "it", "");
            return TypedResults.NoContent();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/silent", HttpStatusCode.InternalServerError, "")]
    [InlineData("/refusing", HttpStatusCode.Forbidden, "")]
    [InlineData("/telling", HttpStatusCode.NoContent, "told it ")]
    [InlineData("/things/7/parts/left", HttpStatusCode.NotFound, "thing_done thing:7 left")]
    public async Task A_handler_that_promised_to_tell_fails_when_it_did_something_untold(string path, HttpStatusCode status, string told)
    {
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), null, Ct);
        Assert.Equal(status, answer.StatusCode);
        var events = await _app.Services.GetRequiredService<IDocuments>().Set(AuditEvent.Schema).QueryAsync(new(), Ct);
        Assert.Equal(told, string.Join(' ', events.Items.Select(one => $"{one.Value.Action} {one.Value.Subject} {one.Value.Detail}")));
    }
}
