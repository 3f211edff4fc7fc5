using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Standalone.Tests.Api;

/// <summary>That no privilege is used untold, whoever adds the next route.</summary>
public sealed class AuditedTests(WholeHost host) : IClassFixture<WholeHost>
{
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];

    /// <summary>The bytes of an upload that was told when it began, and what plays: both come many times a second, and neither changes what others have.</summary>
    private static readonly string[] Untold =
        ["PATCH /api/uploads/{id}", "POST /api/uploads/{id}", "POST /api/playback", "DELETE /api/playback", "POST /api/playback/{grantId}/heartbeat",
        "DELETE /api/playback/{grantId}"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void V16_3_3_Every_route_that_changes_something_by_a_privilege_is_told() =>
        Assert.Equal(Untold.Order(), Privileged().Where(route => AuditedBy(route) is null).Order());

    [Fact]
    public async Task V16_3_3_What_is_told_by_its_route_is_told_before_it_is_done()
    {
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var (route, action) in Privileged().Select(route => (route, AuditedBy(route)?.Action)).Where(one => one.Action is not null))
        {
            var before = await EventsAsync(action!);
            using var request = await host.RequestAsync(route, "admin");
            using var answer = await host.Client.SendAsync(request, Ct);
            if (await EventsAsync(action!) != before + 1) wrong.Add($"{route}: {(int)answer.StatusCode}");
            asked++;
        }

        Assert.Empty(wrong);
        Assert.True(asked > 15, $"Only {asked} were asked.");
    }

    [Fact]
    public async Task Who_may_not_do_it_tells_nothing()
    {
        var before = await EventsAsync("job_cancelled");
        foreach (var caller in new[] { "anonymous", "viewer", "studio", "key:ingest" })
            (await host.Client.SendAsync(await host.RequestAsync("POST /api/jobs/{id}/cancel", caller), Ct)).Dispose();
        Assert.Equal(before, await EventsAsync("job_cancelled"));
    }

    /// <summary>Of the document: what changes something and needs a scope.</summary>
    private IEnumerable<string> Privileged() => host.Operations
        .Where(operation => !Safe.Contains(operation.Key.Split(' ')[0]) && operation.Value.TryGetProperty("security", out var security)
            && security.EnumerateArray().SelectMany(one => one.EnumerateObject()).Any(scheme => scheme.Value.GetArrayLength() > 0))
        .Select(operation => operation.Key);

    private AuditedRoute? AuditedBy(string route) => host.Endpoints
        .Single(endpoint => $"/{endpoint.RoutePattern.RawText?.Trim('/')}" == route.Split(' ')[1]
            && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(route.Split(' ')[0]) is true)
        .Metadata.GetMetadata<AuditedRoute>();

    private async Task<int> EventsAsync(string action)
    {
        var events = host.Services.GetRequiredService<IDocuments>().Set(AuditEvent.Schema);
        return await events.QueryAllAsync(new() { Limit = 1000 }, Ct).CountAsync(one => one.Value.Action == action, Ct);
    }
}
