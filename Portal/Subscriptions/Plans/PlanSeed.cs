using System.Text.Json;
using FlickStream.Platform.Json;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Plans;

/// <summary>The plans of a new installation, of a file of the administrator's or the one that is built in.</summary>
internal sealed class PlanSeed(IOptions<SubscriptionOptions> options)
{
    /// <exception cref="InvalidDataException">What is wrong with the file.</exception>
    public async Task<IReadOnlyList<Plan>> ReadAsync(CancellationToken cancellationToken)
    {
        var path = options.Value.PlansFile;
        await using var file = path is null ? typeof(PlanSeed).Assembly.GetManifestResourceStream("plans.json")! : File.OpenRead(path);
        var read = await JsonSerializer.DeserializeAsync<Dictionary<string, PlanContent>>(file, PlatformJson.Options, cancellationToken) ?? [];
        return [.. read.Select(plan => New(plan.Key, plan.Value))];
    }

    private static Plan New(string id, PlanContent content) =>
        !PlanRules.IsId(id) ? throw new InvalidDataException($"\"{id}\" is no id of a plan.")
        : PlanRules.Tidy(content, out var problem) is { } tidied ? new Plan { Id = id, Content = tidied, Revision = 1 }
        : throw new InvalidDataException($"The plan {id}: {problem!.Sentence}");
}
