using System.Text.Json;
using FlickStream.Platform.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Health;

/// <summary>What <c>/health/ready</c> says: which dependency is missing, by name. The fault itself is in the log: anybody may ask here,
/// and exceptions name hosts.</summary>
/// <param name="Status">The worst of all checks.</param>
/// <param name="Checks">Each dependency's status by its name.</param>
internal sealed record HealthAnswer(HealthStatus Status, SortedDictionary<string, HealthStatus> Checks)
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status);
        var answer = new HealthAnswer(report.Status, new(checks, StringComparer.Ordinal));
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, PlatformJson.Options, context.RequestAborted);
    }
}
