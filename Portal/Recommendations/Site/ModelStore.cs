using System.Security.Cryptography;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Recommendations.Publishing;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Models as blobs, and the document that says which one holds: the last two are kept.</summary>
internal sealed class ModelStore(IDocuments documents, IBlobs blobs)
{
    private readonly IDocumentSet<PublishedModel> _published = documents.Set(PublishedModel.Schema);

    public async Task<PublishedModel> FindAsync(CancellationToken cancellationToken) =>
        (await _published.GetAsync(PublishedModel.Id, cancellationToken))?.Value ?? new();

    /// <summary>Null when the blob is gone, as of a model that has been replaced meanwhile.</summary>
    /// <exception cref="InvalidDataException">It is not what was published.</exception>
    public async Task<TitleModel?> ReadAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        if (await blobs.FindAsync(version.Key, cancellationToken) is not { } blob) return null;
        await using var stream = await blobs.OpenReadAsync(version.Key, cancellationToken: cancellationToken);
        return stream is null ? null : ModelFile.Read(new BufferedStream(stream, 1 << 20), blob.Length, version.Sha256);
    }

    /// <exception cref="InvalidDataException">No node could read it.</exception>
    public async Task PublishAsync(TitleModel model, ModelVersion version, CancellationToken cancellationToken)
    {
        version = version with { Sha256 = await WriteAsync(model, version.Key, cancellationToken) };
        string? spare = null;
        await ChangeAsync(now =>
        {
            spare = now.Previous?.Key;
            return now.With(new TriedModel(version.TrainedAt, version.Watched, version.Judged, null)) with { Current = version, Previous = now.Current };
        });
        if (spare is not null) await blobs.DeleteAsync(spare, CancellationToken.None);
    }

    public Task RefuseAsync(TriedModel tried) => ChangeAsync(now => now.With(tried));

    /// <summary>The one before holds again; false when there is none. Asked twice it goes forward again.</summary>
    public async Task<bool> RollBackAsync()
    {
        var isChanged = false;
        await ChangeAsync(now =>
        {
            isChanged = now.Previous is not null;
            return isChanged ? now with { Current = now.Previous, Previous = now.Current } : now;
        });
        return isChanged;
    }

    // Tells the checksum.
    private async Task<string> WriteAsync(TitleModel model, string key, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), $"flickstream-{Guid.NewGuid():n}.model"), new FileStreamOptions
            { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        ModelFile.Write(file, model);
        file.Position = 0;
        var checksum = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        file.Position = 0;
        ModelFile.Read(file, file.Length, checksum);
        file.Position = 0;
        await blobs.WriteAsync(key, file, cancellationToken);
        return checksum;
    }

    private async Task ChangeAsync(Func<PublishedModel, PublishedModel> change)
    {
        while (await _published.UpdateAsync(PublishedModel.Id, change, CancellationToken.None) is null)
            if (await _published.InsertAsync(PublishedModel.Id, change(new()), CancellationToken.None) is not null) return;
    }
}
