using FlickStream.Platform.Access;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Features;

internal sealed class FeatureStore
{
    private readonly IDocumentSet<FeatureSwitch> _switches;
    private readonly Remembered<IReadOnlyDictionary<string, FeatureSwitch>> _known;

    public FeatureStore(IDocuments documents, TimeProvider time)
    {
        _switches = documents.Set(FeatureSwitch.Schema);
        // As for sessions: what is switched holds at once here and soon in other processes.
        _known = new(ReadAsync, ApiKeys.RevocationDelay, time);
    }

    /// <summary>As of some seconds ago.</summary>
    /// <param name="feature">Which.</param>
    /// <param name="accountId">Of whom; null for somebody who is not signed in.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<bool> IsOnAsync(Feature feature, string? accountId, CancellationToken cancellationToken) =>
        (await _known.GetAsync(cancellationToken)).TryGetValue(feature.Name, out var known) ? known.Rule.IsOnFor(feature.Name, accountId) : feature.IsOnByDefault;

    /// <summary>What was switched, by name; those that nobody switched are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, FeatureSwitch>> ReadAsync(CancellationToken cancellationToken) =>
        (await _switches.QueryAsync(new() { Limit = 1000 }, cancellationToken)).Items.ToDictionary(item => item.Id, item => item.Value, StringComparer.Ordinal);

    /// <summary>Null when it is no longer of that revision.</summary>
    /// <param name="name">Of the feature.</param>
    /// <param name="revision">That was seen, 0 of one that nobody switched; null for any.</param>
    /// <param name="rule">How it shall be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<FeatureSwitch?> PutAsync(string name, long? revision, FeatureRule rule, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await _switches.GetAsync(name, cancellationToken);
            if (revision is not null && revision != (known?.Value.Revision ?? 0)) return null;
            var next = new FeatureSwitch { Rule = rule, Revision = (known?.Value.Revision ?? 0) + 1 };
            var written = known is null
                ? await _switches.InsertAsync(name, next, cancellationToken) : await _switches.ReplaceAsync(name, known.Version, next, cancellationToken);
            if (written is null) continue;
            _known.Forget();
            return next;
        }
    }
}
