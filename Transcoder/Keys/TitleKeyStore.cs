using System.Security.Cryptography;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Protection;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Keys;

/// <summary>Opens a title's keys, and has them made when it is the first to ask.</summary>
internal sealed class TitleKeyStore(IDocuments documents, ContentKeySeal seal, ITitleKeySource source, TimeProvider time)
{
    private readonly IDocumentSet<TitleKeys> _keys = documents.Set(TitleKeys.Schema);

    /// <summary>Null for a title without protection.</summary>
    /// <exception cref="KeysUnavailableException">A key server gives none now.</exception>
    /// <exception cref="ContentKeyLostException">They are there and cannot be opened.</exception>
    public Task<OpenTitleKeys?> OpenAsync(Job job, CancellationToken cancellationToken) =>
        OpenAsync(job.Plan.ToPresentation(job.AssetId, job.CreatedAt), cancellationToken);

    /// <inheritdoc cref="OpenAsync(Job, CancellationToken)"/>
    public async Task<OpenTitleKeys?> OpenAsync(Presentation presentation, CancellationToken cancellationToken)
    {
        if (presentation.Protection is not { } protection) return null;
        var id = TitleKeys.IdOf(presentation.AssetId, presentation.Revision);
        var title = (await _keys.GetAsync(id, cancellationToken))?.Value
            ?? await MakeAsync(id, presentation, protection.Scheme, cancellationToken);
        return new OpenTitleKeys(protection, [.. title.Keys.Select(key => (key, seal.Open(title, key)))]);
    }

    private async Task<TitleKeys> MakeAsync(
        string id, Presentation presentation, ContentProtection scheme, CancellationToken cancellationToken)
    {
        // A licence server knows nothing of whole segments.
        ITitleKeySource from = scheme == ContentProtection.Cbcs ? source : new RandomKeys();
        var made = await from.MakeAsync(presentation.AssetId, WantedKeys.Of(presentation), cancellationToken);
        var title = new TitleKeys
        {
            AssetId = presentation.AssetId,
            Revision = presentation.Revision,
            Keys = [.. made.Select(key => Sealed(presentation, key))],
            IsDelivered = !from.IsLicensed,
            CreatedAt = time.GetUtcNow(),
        };
        foreach (var key in made) CryptographicOperations.ZeroMemory(key.Secret);
        var stored = await _keys.InsertAsync(id, title, cancellationToken) ?? await _keys.GetAsync(id, cancellationToken);
        return stored?.Value ?? throw new InvalidOperationException($"The keys {id} that were just stored are not there.");
    }

    private TitleKey Sealed(Presentation presentation, ContentKey key) => new(
        key.Wanted.Use,
        key.Wanted.KeyId,
        key.Iv,
        seal.Seal(presentation.AssetId, presentation.Revision, key.Wanted.Use, key.Wanted.KeyId, key.Secret),
        key.Systems);
}
