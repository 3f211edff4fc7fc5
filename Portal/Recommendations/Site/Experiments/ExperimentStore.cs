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

    /// <returns>False where one of this name runs otherwise.</returns>
    public async Task<bool> StartAsync(Experiment experiment)
    {
        var isSame = true;
        while (await _experiments.UpdateAsync(Experiment.Id, Replaced, CancellationToken.None) is null)
            if (await _experiments.InsertAsync(Experiment.Id, experiment, CancellationToken.None) is not null) break;
        _known.Forget();
        return isSame;

        Experiment Replaced(Experiment now)
        {
            isSame = now.Name != experiment.Name || now.Variants.SequenceEqual(experiment.Variants);
            return now.Name == experiment.Name ? now : experiment;
        }
    }

    public async Task EndAsync()
    {
        await _experiments.DeleteAsync(Experiment.Id, null, CancellationToken.None);
        _known.Forget();
    }

    private sealed record Known(Experiment? Experiment);
}
