using System.Globalization;
using System.Security.Cryptography;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Recommendations.Publishing;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Models as blobs, and the document that says which one holds: the last <see cref="RecommendationOptions.ModelsKept"/> are kept.</summary>
internal sealed class ModelStore(IDocuments documents, IBlobs blobs, IOptions<RecommendationOptions> options)
{
    private const string Folder = "recommendations/", Stamp = "yyyyMMddHHmmss";

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

    /// <param name="model">Of what <paramref name="tried"/> tells.</param>
    /// <param name="after">When one was tried before: false where another node has tried one since, or an administrator holds one.</param>
    /// <exception cref="InvalidDataException">No node could read it.</exception>
    public async Task<bool> PublishAsync(TitleModel model, TriedModel tried, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{Folder}{tried.At.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}-{Guid.NewGuid():n}.model");
        var version = new ModelVersion(key, tried.At, tried.Watched, tried.Judged) { Sha256 = await WriteAsync(model, key, cancellationToken) };
        string[] spare = [];
        var isPublished = await ChangeAsync(now =>
        {
            var next = now.TriedAt == after && now.HeldSince is null ? now.With(tried).Publishing(version, options.Value.ModelsKept) : null;
            spare = next is null ? [key] : [.. now.Versions().Except(next.Versions()).Select(gone => gone.Key)];
            return next;
        });
        foreach (var gone in spare) await blobs.DeleteAsync(gone, CancellationToken.None);
        return isPublished;
    }

    /// <summary>That none came of it; false where another node has tried one since <paramref name="after"/>.</summary>
    public Task<bool> NoteAsync(TriedModel tried, DateTimeOffset after) => ChangeAsync(now => now.TriedAt == after ? now.With(tried) : null);

    /// <summary>As if none had been begun at this moment; what others have tried since stays.</summary>
    public Task<bool> TakeBackAsync(DateTimeOffset begunAt, PublishedModel before) => ChangeAsync(now =>
    {
        var others = now.Tried.Where(tried => !tried.IsBegun || tried.At != begunAt).ToList();
        if (others.Count == now.Tried.Count) return null;
        return now.TriedAt == begunAt ? now with { TriedAt = before.TriedAt, Refused = before.Refused, Tried = others } : now with { Tried = others };
    });

    /// <summary>See <see cref="PublishedModel.GoingTo"/>; false where it is not kept.</summary>
    public Task<bool> GoToAsync(string key, DateTimeOffset at) => ChangeAsync(now => now.GoingTo(key, at));

    /// <summary>The next model is made when it is due.</summary>
    public Task ReleaseAsync() => ChangeAsync(now => now.HeldSince is null ? null : now with { HeldSince = null });

    /// <summary>Removes what a process left behind that ended between a blob and its document. What may still be published stays: it is of a later time than all
    /// that was tried, and of an earlier one <see cref="PublishAsync"/> publishes nothing.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = await FindAsync(cancellationToken);
        var kept = now.Versions().Select(version => version.Key).ToHashSet(StringComparer.Ordinal);
        await foreach (var blob in blobs.ListAsync(Folder, cancellationToken))
            if (!kept.Contains(blob.Key) && TriedAt(blob.Key) is { } at && at.AddSeconds(1) <= now.TriedAt)
                await blobs.DeleteAsync(blob.Key, cancellationToken);
    }

    // To the second; null of what is no model's.
    private static DateTimeOffset? TriedAt(string key) => DateTimeOffset.TryParseExact(
        key[Folder.Length..].Split('-')[0], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

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

    // False where the change is null.
    private async Task<bool> ChangeAsync(Func<PublishedModel, PublishedModel?> change)
    {
        while (true)
        {
            var next = default(PublishedModel);
            if (await _published.UpdateAsync(PublishedModel.Id, now => next = change(now), CancellationToken.None) is not null) return next is not null;
            if (change(new()) is not { } first) return false;
            if (await _published.InsertAsync(PublishedModel.Id, first, CancellationToken.None) is not null) return true;
        }
    }
}
