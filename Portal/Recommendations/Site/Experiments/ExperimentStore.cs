using FlickStream.Platform.Access;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

internal sealed class ExperimentStore
{
    private readonly IDocumentSet<Experiment> _experiments;
    private readonly Remembered<Known> _known;

    public ExperimentStore(IDocuments documents, TimeProvider time)
    {
        _experiments = documents.Set(Experiment.Schema);
        // As for features: what is set holds at once here and soon in other processes.
        _known = new(async stop => new(await ReadAsync(stop)), ApiKeys.RevocationDelay, time);
    }

    /// <summary>As of some seconds ago; null while nothing is compared.</summary>
    public async ValueTask<Experiment?> NowAsync(CancellationToken cancellationToken) => (await _known.GetAsync(cancellationToken)).Experiment;

    public async Task<Experiment?> ReadAsync(CancellationToken cancellationToken) => (await _experiments.GetAsync(Experiment.Id, cancellationToken))?.Value;

    /// <summary>As those run or ran that have one of at most 1000 names. One that ended before they were kept is not among them.</summary>
    public async Task<IReadOnlyDictionary<string, Experiment>> NamedAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var kept = await _experiments.GetManyAsync([.. names.Select(IdOf), Experiment.Id], cancellationToken);
        return kept.Values.Select(found => found.Value).Where(experiment => names.Contains(experiment.Name))
            .DistinctBy(experiment => experiment.Name).ToDictionary(experiment => experiment.Name, StringComparer.Ordinal);
    }

    /// <summary>False where one of this name runs or ran otherwise: figures are found by it.</summary>
    public async Task<bool> MayStartAsync(Experiment experiment, CancellationToken cancellationToken) =>
        !(await NamedAsync([experiment.Name], cancellationToken)).TryGetValue(experiment.Name, out var known) || known.Compares(experiment);

    /// <returns>As <see cref="MayStartAsync"/>.</returns>
    public async Task<bool> StartAsync(Experiment experiment)
    {
        await KeepRunningAsync();
        if (!await KeepAsync(experiment)) return false;
        var isSame = true;
        while (await _experiments.UpdateAsync(Experiment.Id, Replaced, CancellationToken.None) is null)
            if (await _experiments.InsertAsync(Experiment.Id, experiment, CancellationToken.None) is not null) break;
        _known.Forget();
        return isSame;

        Experiment Replaced(Experiment now)
        {
            isSame = now.Name != experiment.Name || now.Compares(experiment);
            return now.Name == experiment.Name ? now : experiment;
        }
    }

    public async Task EndAsync()
    {
        await KeepRunningAsync();
        await _experiments.DeleteAsync(Experiment.Id, null, CancellationToken.None);
        _known.Forget();
    }

    // One may run that began before they were kept.
    private async Task KeepRunningAsync()
    {
        if (await ReadAsync(CancellationToken.None) is { } running) await KeepAsync(running);
    }

    /// <returns>False where one of this name is kept that is another.</returns>
    private async Task<bool> KeepAsync(Experiment experiment)
    {
        var kept = await _experiments.InsertAsync(IdOf(experiment.Name), experiment, CancellationToken.None)
            ?? await _experiments.GetAsync(IdOf(experiment.Name), CancellationToken.None);
        return kept!.Value.Compares(experiment);
    }

    private static string IdOf(string name) => $"named.{name}";

    private sealed record Known(Experiment? Experiment);
}
