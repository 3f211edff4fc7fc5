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
        OpenAsync(job.Plan.ToPresentation(job.AssetId, job.CreatedAt), job.Plan.Base, cancellationToken);

    /// <inheritdoc cref="OpenAsync(Job, CancellationToken)"/>
    /// <param name="presentation">Whose.</param>
    /// <param name="takenFrom">The revision whose keys open what it takes over; null where it takes nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OpenTitleKeys?> OpenAsync(Presentation presentation, string? takenFrom, CancellationToken cancellationToken)
    {
        if (presentation.Protection is not { } protection) return null;
        var id = TitleKeys.IdOf(presentation.AssetId, presentation.Revision);
        var title = (await _keys.GetAsync(id, cancellationToken))?.Value
            ?? await MakeAsync(id, presentation, protection.Scheme, takenFrom, cancellationToken);
        return Opened(protection, title);
    }

    /// <summary>Those of an encoding that has them. Null for a title without protection.</summary>
    /// <exception cref="KeysUnavailableException">They are gone.</exception>
    /// <exception cref="ContentKeyLostException">They are there and cannot be opened.</exception>
    public async Task<OpenTitleKeys?> OpenStoredAsync(Presentation presentation, CancellationToken cancellationToken) =>
        presentation.Protection is { } protection
            ? Opened(protection, await StoredAsync(presentation.AssetId, presentation.Revision, cancellationToken)) : null;

    /// <summary>Whether what an encoding has encrypted can be decrypted, or taken over with its keys; true for a title without protection.</summary>
    public async Task<bool> CanOpenAsync(Presentation presentation, CancellationToken cancellationToken)
    {
        try
        {
            using var keys = await OpenStoredAsync(presentation, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is KeysUnavailableException or ContentKeyLostException)
        {
            return false;
        }
    }

    private OpenTitleKeys Opened(PresentationProtection protection, TitleKeys title) =>
        new(protection, title.Revision, [.. title.Keys.Select(key => (key, seal.Open(title, key)))]);

    private async Task<TitleKeys> StoredAsync(string assetId, string revision, CancellationToken cancellationToken) =>
        (await _keys.GetAsync(TitleKeys.IdOf(assetId, revision), cancellationToken))?.Value
        ?? throw new KeysUnavailableException("The keys of the encoding before this one are gone. Ask for the title again: what nobody can decrypt is encoded anew.");

    private async Task<TitleKeys> MakeAsync(
        string id, Presentation presentation, ContentProtection scheme, string? takenFrom, CancellationToken cancellationToken)
    {
        // A licence server knows nothing of whole segments.
        ITitleKeySource from = scheme == ContentProtection.Cbcs ? source : new RandomKeys();
        var kept = await KeptAsync(presentation, takenFrom, !from.IsLicensed, cancellationToken);
        List<WantedKey> wanted = [.. WantedKeys.Of(presentation).Where(key => kept.All(k => k.Use != key.Use))];
        var made = wanted.Count == 0 ? [] : await from.MakeAsync(presentation.AssetId, wanted, cancellationToken);
        var title = new TitleKeys
        {
            AssetId = presentation.AssetId,
            Revision = presentation.Revision,
            Keys = [.. kept, .. made.Select(key => Sealed(presentation, key))],
            IsDelivered = !from.IsLicensed,
            CreatedAt = time.GetUtcNow(),
        };
        foreach (var key in made) CryptographicOperations.ZeroMemory(key.Secret);
        var stored = await _keys.InsertAsync(id, title, cancellationToken) ?? await _keys.GetAsync(id, cancellationToken);
        return stored?.Value ?? throw new InvalidOperationException($"The keys {id} that were just stored are not there.");
    }

    /// <summary>A use of which anything was taken over keeps its key, for what is made beside it too: players have one key of a use.</summary>
    private async Task<IReadOnlyList<TitleKey>> KeptAsync(
        Presentation presentation, string? takenFrom, bool areDelivered, CancellationToken cancellationToken)
    {
        var uses = presentation.Video.Where(video => video.Source?.From is not null).Select(KeyUses.Of)
            .Concat(presentation.Audio.Where(audio => audio.Source?.From is not null).Select(_ => KeyUse.Audio)).ToHashSet();
        if (uses.Count == 0 || takenFrom is null) return [];
        var before = await StoredAsync(presentation.AssetId, takenFrom, cancellationToken);
        if (before.IsDelivered != areDelivered)
            throw new KeysUnavailableException("The keys of the encoding before this one have another source. Ask for a new encoding with new keys.");
        return [.. before.Keys.Where(key => uses.Contains(key.Use)).Select(key => Resealed(before, key, presentation))];
    }

    private TitleKey Resealed(TitleKeys before, TitleKey key, Presentation presentation)
    {
        var secret = seal.Open(before, key);
        var resealed = key with { Sealed = seal.Seal(presentation.AssetId, presentation.Revision, key.Use, key.KeyId, secret) };
        CryptographicOperations.ZeroMemory(secret);
        return resealed;
    }

    private TitleKey Sealed(Presentation presentation, ContentKey key) => new(
        key.Wanted.Use,
        key.Wanted.KeyId,
        key.Iv,
        seal.Seal(presentation.AssetId, presentation.Revision, key.Wanted.Use, key.Wanted.KeyId, key.Secret),
        key.Systems);
}
